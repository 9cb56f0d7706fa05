"""What has to be found through the API after a take-over, subject by subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.adoption import integrations, messages, people, stored_files
from tests.adoption.wire import Adopted


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that the tables hold; ``check`` answers the differences, ``endpoint`` is the shape it asks."""

    name: str
    endpoint: str
    check: Callable[[Adopted], list[str]]


SUBJECTS = (
    Subject("teams", "/api/v4/teams", people.teams),
    Subject("team members", "/api/v4/teams/{}/members", people.team_members),
    Subject("users", "/api/v4/users", people.users),
    Subject("channels", "/api/v4/channels/{}", messages.channels),
    Subject("channel members", "/api/v4/channels/{}/members", messages.channel_members),
    Subject("own channel members", "/api/v4/users/{}/channel_members", messages.own_channel_members),
    Subject("posts", "/api/v4/channels/{}/posts", messages.posts),
    Subject("threads", "/api/v4/users/{}/teams/{}/threads/{}", messages.threads),
    Subject("replies", "/api/v4/posts/{}/thread", messages.replies),
    Subject("reactions", "/api/v4/posts/{}/reactions", messages.reactions),
    Subject("preferences", "/api/v4/users/{}/preferences", people.preferences),
    Subject("file infos", "/api/v4/files/{}/info", stored_files.file_infos),
    Subject("files", "/api/v4/files/{}", stored_files.files),
    Subject("emoji", "/api/v4/emoji", messages.emoji),
    Subject("emoji pictures", "/api/v4/emoji/{}/image", stored_files.emoji_pictures),
    Subject("profile pictures", "/api/v4/users/{}/image", stored_files.profile_pictures),
    Subject("roles", "/api/v4/roles", people.roles),
    Subject("personal tokens", "/api/v4/users/tokens", people.personal_tokens),
    Subject("incoming hooks", "/api/v4/hooks/incoming", integrations.incoming_hooks),
    Subject("outgoing hooks", "/api/v4/hooks/outgoing", integrations.outgoing_hooks),
    Subject("commands", "/api/v4/commands", integrations.commands),
    Subject("bots", "/api/v4/bots", integrations.bots),
    Subject("statuses", "/api/v4/users/{}/status", people.statuses),
    Subject("sidebar", "/api/v4/users/{}/teams/{}/channels/categories", people.sidebar),
)

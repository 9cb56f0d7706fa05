"""What has to be found through the API after a take-over, subject by subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.adoption import integrations, messages, people, stored_files
from tests.adoption.wire import Adopted


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that the tables hold; ``check`` answers where the API differs from them."""

    name: str
    check: Callable[[Adopted], list[str]]


SUBJECTS = (
    Subject("teams", people.teams),
    Subject("team members", people.team_members),
    Subject("users", people.users),
    Subject("channels", messages.channels),
    Subject("channel members", messages.channel_members),
    Subject("own channel members", messages.own_channel_members),
    Subject("posts", messages.posts),
    Subject("threads", messages.threads),
    Subject("replies", messages.replies),
    Subject("reactions", messages.reactions),
    Subject("preferences", people.preferences),
    Subject("file infos", stored_files.file_infos),
    Subject("files", stored_files.files),
    Subject("emoji", messages.emoji),
    Subject("emoji pictures", stored_files.emoji_pictures),
    Subject("profile pictures", stored_files.profile_pictures),
    Subject("roles", people.roles),
    Subject("personal tokens", people.personal_tokens),
    Subject("incoming hooks", integrations.incoming_hooks),
    Subject("outgoing hooks", integrations.outgoing_hooks),
    Subject("commands", integrations.commands),
    Subject("bots", integrations.bots),
    Subject("statuses", people.statuses),
    Subject("sidebar", people.sidebar),
)

"""What follows from the text of a post: its hashtags and the channels that it names (semantics §8.2)."""

from __future__ import annotations

import re
from typing import Any

from mattermost_site.actor import Actor
from messaging.models import Channel, Post
from teams.models import Team, TeamMember

HASHTAGS_LIMIT = 1000  # code points of all hashtags of a post
CHANNEL_MENTIONS = "channel_mentions"
_LETTER = r"[^\W\d_]"
_HASHTAG = re.compile(rf"#{_LETTER}(?:{_LETTER}|[0-9._-])*(?:{_LETTER}|[0-9])")
_CHANNEL = re.compile(r"(?<!\w)~([a-z0-9][a-z0-9_-]*)")


def derive(actor: Actor, post: Post, channel: Channel) -> None:
    """Set hashtags and the prop ``channel_mentions`` from the message, in code as well as outside of it."""
    post.hashtags = hashtags_in(post.message)
    props = {key: value for key, value in post.props.items() if key != CHANNEL_MENTIONS}
    if named := named_channels(actor, post.message, channel, props):
        props[CHANNEL_MENTIONS] = named
    post.props = props


def hashtags_in(message: str) -> str:
    """The hashtags of a text, joined by blanks; what is beyond the limit is left out, whole tags only."""
    if "#" not in message:
        return ""
    words = (_bare(word) for word in message.split() if "#" in word)
    text = "".join(f" {tag}" for tag in words if _HASHTAG.fullmatch(tag))
    if len(text) > HASHTAGS_LIMIT:
        text = text[: text.rindex(" ", 0, HASHTAGS_LIMIT - 1)]
    return text.strip()


def _bare(word: str) -> str:
    """A word without the punctuation around it, and with one sign instead of several."""
    start, end = 0, len(word)
    while start < end and not (_counts(word[start]) or word[start] == "#"):
        start += 1
    while end > start and not _counts(word[end - 1]):
        end -= 1
    rest = word[start:end]
    return f"#{rest.lstrip('#')}" if rest.startswith("#") else rest


def _counts(character: str) -> bool:
    return character.isalpha() or character in "0123456789"


def named_channels(actor: Actor, message: str, channel: Channel, props: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The public channels of the team that a text names with ``~name``, by name.

    A direct or group channel has no team: there the prop ``current_team_id`` chooses one,
    else all teams of the author count.
    """
    names = set(_CHANNEL.findall(message)) if "~" in message else set()
    if not names:
        return {}
    found = Channel.objects.filter(name__in=names, type="O", delete_at=0)
    if team_id := channel.team_id or props.get("current_team_id"):
        found = found.filter(team_id=str(team_id))
    else:
        own = TeamMember.objects.filter(user_id=actor.user_id, delete_at=0)
        found = found.filter(team_id__in=own.values("team_id"))
    channels = list(found.order_by("name", "create_at"))
    team_names = dict(Team.objects.filter(id__in={one.team_id for one in channels}).values_list("id", "name"))
    return {
        one.name: {"display_name": one.display_name, "team_name": team_names.get(one.team_id, "")} for one in channels
    }

"""What the members of a channel want to hear of beyond their own names, kept in memory for each channel.

A post in a channel of ten thousand must not read ten thousand members. Nearly all of them
have the default settings and listen for nothing but ``@name``, which is looked up by the
words of the post. The few others (keywords, first names, every post, every thread) are read
once for a channel and kept. What is kept names candidates only: whoever is hit is looked up
among the members, so that one who has left does no harm, and only those who begin to wish
for something make a channel be read anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection

from mattermost_site.caches import Cache
from messaging.mentions.matching import Keywords, keywords_of
from messaging.models import ChannelMember

_channels: Cache[str, Wishes] = Cache("channel_wishes", size=2000)

_SQL = """
    SELECT u.id, u.username, u.firstname, u.notifyprops, m.notifyprops
    FROM channelmembers m JOIN users u ON u.id = m.userid
    WHERE m.channelid = %s AND u.deleteat = 0 AND (
        u.notifyprops ->> 'mention_keys' <> '' OR u.notifyprops ->> 'first_name' = 'true'
        OR u.notifyprops ->> 'desktop' = 'all' OR m.notifyprops ->> 'desktop' = 'all'
        OR m.notifyprops ->> 'channel_auto_follow_threads' = 'on'
    )
"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Candidates: who listens for which words, who is told of every post on the desktop, who follows every thread."""

    keywords: Keywords
    every_post: frozenset[str]
    every_thread: tuple[str, ...]


def wishes_of(channel_id: str) -> Wishes:
    """What members of a channel wish for; one statement now and then."""
    return _channels.get_or_load(channel_id, _load)


def forget_channel(channel_id: str) -> None:
    """Have every process read a channel anew: settings of a member changed, or somebody with wishes came."""
    _channels.invalidate(channel_id)


def forget_user(user_id: str) -> None:
    """Have every process read the channels of a user anew: names, notification settings or the account changed."""
    _channels.invalidate(*ChannelMember.objects.filter(user_id=user_id).values_list("channel_id", flat=True))


def has_wishes(notify_props: Mapping[str, Any]) -> bool:
    """Whether an account's settings wish for more than the default, so that its coming is news to a channel."""
    return (
        bool(notify_props.get("mention_keys"))
        or notify_props.get("first_name") == "true"
        or notify_props.get("desktop") == "all"
    )


def words_wished_for(username: str, first_name: str, notify_props: Mapping[str, Any]) -> Iterator[str]:
    """The words that an account listens for; ``@name`` among its keys is left out, for it counts anyway."""
    for key in str(notify_props.get("mention_keys") or "").split(","):
        word = key.strip().lower()
        if word and word != f"@{username}":
            yield word
    if notify_props.get("first_name") == "true" and first_name:
        yield first_name


def desktop_level(user_props: Mapping[str, Any], member_props: Mapping[str, Any]) -> str:
    """``all``, ``mention`` or ``none``: what a member is told of on the desktop."""
    own = member_props.get("desktop") or "default"
    return str(own if own != "default" else user_props.get("desktop") or "mention")


def _load(channel_id: str) -> Wishes:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [channel_id])
        rows = cursor.fetchall()
    people = [(row[0], row[1], row[2] or "", _object(row[3]), _object(row[4])) for row in rows]
    return Wishes(
        keywords=keywords_of(_pairs(people)),
        every_post=frozenset(row[0] for row in people if desktop_level(row[3], row[4]) == "all"),
        every_thread=tuple(row[0] for row in people if row[4].get("channel_auto_follow_threads") == "on"),
    )


def _pairs(people: Iterable[tuple[str, str, str, dict[str, Any], Any]]) -> Iterator[tuple[str, str]]:
    for user_id, username, first_name, props, _ in people:
        for word in words_wished_for(username, first_name, props):
            yield word, user_id


def _object(value: Any) -> dict[str, Any]:
    loaded = orjson.loads(value) if isinstance(value, str | bytes) and value else value
    return loaded if isinstance(loaded, dict) else {}

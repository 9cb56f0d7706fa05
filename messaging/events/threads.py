"""Events about threads, each for one follower (websocket.md §9)."""

from __future__ import annotations

from typing import Any

from mattermost_site.realtime.events import Audience, Event
from messaging.events.encoding import text_of


def thread_updated(
    thread: dict[str, Any], *, user_id: str, team_id: str, previous: tuple[int, int] | None = (0, 0)
) -> Event:
    """A thread has other replies; ``thread`` as this follower sees it, with participants in full.

    ``previous`` are the unread mentions and replies there were, None when a reply was marked unread.
    """
    data: dict[str, Any] = {"thread": text_of(thread)}
    if previous is not None:
        data |= {"previous_unread_mentions": previous[0], "previous_unread_replies": previous[1]}
    return Event("thread_updated", data, Audience(user_id=user_id, team_id=team_id))


def thread_follow_changed(thread_id: str, *, user_id: str, team_id: str, following: bool, reply_count: int) -> Event:
    """The user follows a thread, or no longer does."""
    data = {"thread_id": thread_id, "state": following, "reply_count": reply_count}
    return Event("thread_follow_changed", data, Audience(user_id=user_id, team_id=team_id))


def thread_read_changed(
    thread: dict[str, Any], *, user_id: str, team_id: str, time: int, previous: tuple[int, int]
) -> Event:
    """The user has seen a thread up to ``time`` (ms); ``previous`` unread mentions and replies."""
    data = {
        "thread_id": thread["id"],
        "channel_id": thread["post"]["channel_id"],
        "timestamp": time,
        "unread_mentions": thread["unread_mentions"],
        "unread_replies": thread["unread_replies"],
        "previous_unread_mentions": previous[0],
        "previous_unread_replies": previous[1],
    }
    return Event("thread_read_changed", data, Audience(user_id=user_id, team_id=team_id))


def all_threads_read(user_id: str, team_id: str) -> Event:
    """The user has read all threads of a team."""
    return Event("thread_read_changed", {}, Audience(user_id=user_id, team_id=team_id))

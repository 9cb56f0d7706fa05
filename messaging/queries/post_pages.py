"""Pages of a channel's posts (semantics §8.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mattermost_site import clock
from mattermost_site.api.responses import etag_of
from messaging.queries.post_rows import COUNTED, PLAIN, THREADED, Params, WirePost, fetch, marks, run

SINCE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a client reads posts: whose threads are told of, and whether replies stand by themselves.

    ``collapsed`` shows root posts with the state of their threads; without it replies are
    posts like others and bring their thread along, unless ``skip_threads``.
    """

    user_id: str
    collapsed: bool = False
    extended: bool = False
    skip_threads: bool = False
    include_deleted: bool = False


@dataclass(slots=True)
class PostList:
    """Posts by id; ``order`` names those that were asked for, the others come along with them."""

    order: list[str] = field(default_factory=list)
    posts: dict[str, WirePost] = field(default_factory=dict)
    next_post_id: str = ""
    prev_post_id: str = ""
    has_next: bool | None = None

    def add(self, posts: list[WirePost]) -> None:
        """Posts that come along; those that are here stay as they are."""
        for post in posts:
            self.posts.setdefault(post["id"], post)

    def json(self) -> dict[str, Any]:
        """The wire shape; thread reads also tell whether there is more."""
        out: dict[str, Any] = {
            "order": self.order,
            "posts": self.posts,
            "next_post_id": self.next_post_id,
            "prev_post_id": self.prev_post_id,
        }
        if self.has_next is not None:
            out["has_next"] = self.has_next
        out["first_inaccessible_post_time"] = 0
        return out

    def etag(self) -> str:
        """Of threads and pinned posts: the first id and the newest change (semantics §3.2)."""
        newest = max(self.posts.values(), key=lambda post: int(post["update_at"]), default=None)
        first = self.order[0] if self.order else "0"
        return etag_of(first, newest["id"] if newest else "0", newest["update_at"] if newest else 0)


def list_of(posts: list[WirePost]) -> PostList:
    """A list of just these posts, in this order."""
    return PostList([post["id"] for post in posts], {post["id"]: post for post in posts})


def channel_etag(channel_id: str, *, collapsed: bool) -> str:
    """The entity tag of a channel's pages: when a post last changed, of root posts only if ``collapsed``."""
    roots = " AND rootid = ''" if collapsed else ""
    # Not MAX(): with the index on channel and time, this reads one entry on both databases.
    sql = f"SELECT updateat FROM posts WHERE channelid = %s{roots} ORDER BY updateat DESC LIMIT 1"  # noqa: S608 - a constant
    rows = run(sql, [channel_id])
    return etag_of(rows[0][0] if rows else clock.now())


def base(reading: Reading, *, counted: bool) -> tuple[str, list[object]]:
    """What a statement for this reading begins with, and its first parameters."""
    if reading.collapsed:
        return THREADED, [reading.user_id]
    return (COUNTED if counted else PLAIN), []


def conditions(reading: Reading) -> str:
    """Which posts of a channel count."""
    return "p.channelid = %s" + _alive(reading) + (" AND p.rootid = ''" if reading.collapsed else "")


def _alive(reading: Reading) -> str:
    return "" if reading.include_deleted else " AND p.deleteat = 0"


def latest(channel_id: str, reading: Reading, *, page: int, per_page: int) -> PostList:
    """A page counted from the newest post. Replies are counted only if threads do not come along."""
    begin, params = base(reading, counted=reading.skip_threads)
    sql = f"{begin} WHERE {conditions(reading)} ORDER BY p.createat DESC, p.id DESC LIMIT %s OFFSET %s"
    skipped = page * per_page
    rows = fetch(sql, [*params, channel_id, per_page + 2, max(skipped - 1, 0)])
    newer, shown, older = _window(rows, skipped, per_page)
    found = list_of(shown)
    found.next_post_id, found.prev_post_id = newer, older
    if not reading.collapsed:
        roots = {post["root_id"] for post in shown if post["root_id"]}
        found.add(_along(reading, roots, counted=reading.skip_threads, channel_id=channel_id))
    return found


def _window(rows: list[WirePost], skipped: int, per_page: int) -> tuple[str, list[WirePost], str]:
    """The page among rows that were read with one more on either side, and the ids of those two."""
    before = rows[0]["id"] if skipped and rows else ""
    rest = rows[1:] if skipped else rows
    shown = rest[:per_page]
    if not shown:
        return "", [], ""
    return before, shown, rest[per_page]["id"] if len(rest) > per_page else ""


def around(channel_id: str, reading: Reading, post_id: str, *, older: bool, page: int, per_page: int) -> PostList:
    """A page of what is ``older`` than a post, or newer; none when there is no such post."""
    begin, params = base(reading, counted=True)
    sign, way = ("<", "DESC") if older else (">", "ASC")
    created = "(SELECT createat FROM posts WHERE id = %s)"
    sql = f"""{begin} WHERE {conditions(reading)} AND p.createat {sign}= {created}
        AND (p.createat {sign} {created} OR p.id {sign} %s)
        ORDER BY p.createat {way}, p.id {way} LIMIT %s OFFSET %s"""
    skipped = page * per_page
    rows = fetch(sql, [*params, channel_id, post_id, post_id, post_id, per_page + 2, max(skipped - 1, 0)])
    near, shown, far = _window(rows, skipped, per_page)
    found = list_of(shown if older else shown[::-1])
    near = near if page else post_id
    found.next_post_id, found.prev_post_id = (near, far) if older else (far, near)
    if not reading.collapsed:
        found.add(come_along(channel_id, reading, shown))
    return found


def come_along(channel_id: str, reading: Reading, posts: list[WirePost]) -> list[WirePost]:
    """The roots of counted posts and, unless threads are skipped, all their threads."""
    if reading.skip_threads:
        roots = {post["root_id"] for post in posts if post["root_id"]}
    else:
        roots = {post["root_id"] or post["id"] for post in posts if post["reply_count"] or post["root_id"]}
    return _along(reading, roots, counted=True, channel_id=channel_id)


def _along(reading: Reading, roots: set[str], *, counted: bool, channel_id: str) -> list[WirePost]:
    if not roots:
        return []
    ids = sorted(roots)
    which, params = f"p.id IN ({marks(ids)})", [*ids]
    if not reading.skip_threads:
        which, params = f"({which} OR p.rootid IN ({marks(ids)}))", [*ids, *ids]
    begin = COUNTED if counted else PLAIN
    # Through the threads' own index: with the channel's, a long channel would be read from its beginning.
    return fetch(f"{begin} WHERE {which} AND p.channelid = %s AND p.deleteat = 0", [*params, channel_id])


def since(channel_id: str, reading: Reading, time: int) -> PostList:
    """What changed after a time (ms), newest first, also deleted posts and earlier versions; at most 1000."""
    begin, params = base(reading, counted=reading.skip_threads)
    roots = " AND p.rootid = ''" if reading.collapsed else ""
    sql = f"""{begin} WHERE p.channelid = %s AND p.updateat > %s{roots}
        ORDER BY p.createat DESC, p.id DESC LIMIT {SINCE_LIMIT}"""
    found = list_of(fetch(sql, [*params, channel_id, time]))
    if not reading.collapsed:
        missing = {post["root_id"] for post in found.posts.values()} - found.posts.keys() - {""}
        only_roots = Reading(reading.user_id, skip_threads=True)
        found.add(_along(only_roots, missing, counted=reading.skip_threads, channel_id=channel_id))
    return found


def last_viewed_at(user_id: str, channel_id: str) -> int | None:
    """When a member last viewed the channel, in ms; None for who is no member."""
    rows = run("SELECT lastviewedat FROM channelmembers WHERE channelid = %s AND userid = %s", [channel_id, user_id])
    return (rows[0][0] or 0) if rows else None


def around_unread(channel_id: str, reading: Reading, viewed_at: int, *, before: int, after: int) -> PostList | None:
    """Up to ``before`` seen posts, the first unread one and ``after`` − 1 that follow; None if all is read."""
    begin, first = base(reading, counted=True)
    where = conditions(reading)
    sql = f"""SELECT * FROM ({begin} WHERE {where} AND p.createat > %s
            ORDER BY p.createat, p.id LIMIT %s) AS unread
        UNION ALL SELECT * FROM ({begin} WHERE {where} AND p.createat <= %s
            ORDER BY p.createat DESC, p.id DESC LIMIT %s) AS seen"""  # noqa: S608 - columns and placeholders of ours
    params: Params = [*first, channel_id, viewed_at, after + 1, *first, channel_id, viewed_at, before + 1]
    rows = fetch(sql, params)
    return _unread_list(channel_id, reading, rows, viewed_at, before=before, after=after)


def _unread_list(
    channel_id: str, reading: Reading, rows: list[WirePost], viewed_at: int, *, before: int, after: int
) -> PostList | None:
    unread = sorted((post for post in rows if post["create_at"] > viewed_at), key=_age)
    seen = sorted((post for post in rows if post["create_at"] <= viewed_at), key=_age, reverse=True)
    if not unread:
        return None
    shown = [*reversed(unread[:after]), *seen[:before]]
    found = list_of(shown)
    found.next_post_id = unread[after]["id"] if len(unread) > after else ""
    found.prev_post_id = seen[before]["id"] if len(seen) > before else ""
    found.has_next = None if reading.skip_threads else False
    if not reading.collapsed:
        # The first unread one brings its thread along, or nothing.
        around_it = [post for post in shown if post is not unread[0]] if reading.skip_threads else shown
        found.add(come_along(channel_id, reading, around_it))
    elif unread[0]["reply_count"] and not reading.skip_threads:
        found.add(fetch(f"{PLAIN} WHERE p.rootid = %s AND p.deleteat = 0", [unread[0]["id"]]))
    return found


def _age(post: WirePost) -> tuple[int, str]:
    return post["create_at"], post["id"]

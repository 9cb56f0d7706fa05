"""Reading one thread, whole or in steps (semantics §8.1)."""

from __future__ import annotations

from dataclasses import dataclass

from messaging.queries.post_pages import PostList, Reading, list_of
from messaging.queries.post_rows import COUNTED, PLAIN, THREADED, WirePost, fetch
from messaging.queries.posts import NoSuchPost, post_or_404


@dataclass(frozen=True, slots=True)
class Step:
    """Which part of a thread is asked for.

    ``per_page`` 0 is all of it. ``direction`` is ``down``, ``up`` or ``""`` (no order is promised).
    What is read begins after the post ``from_post`` of ``from_create_at`` (ms; without the post after
    the time alone), or with ``updates_only`` after the change of ``from_update_at``.
    """

    per_page: int = 0
    direction: str = ""
    from_post: str = ""
    from_create_at: int = 0
    from_update_at: int = 0
    updates_only: bool = False


def thread(post_id: str, reading: Reading, step: Step) -> PostList:
    """The thread of a post: first the post itself, then what was asked for; NoSuchPost when there is none."""
    asked = _asked(post_id, reading)
    found = list_of([asked])
    if reading.skip_threads:
        return found
    root_id = asked["root_id"] or asked["id"]
    posts = _replies(root_id, reading, step, with_root=not reading.collapsed or bool(asked["root_id"]))
    found.has_next = bool(step.per_page) and len(posts) > step.per_page
    if found.has_next:
        del posts[step.per_page :]
    found.add(posts)
    found.order += [post["id"] for post in posts if post["id"] != asked["id"]]
    return found


def _asked(post_id: str, reading: Reading) -> WirePost:
    if not reading.collapsed:
        return post_or_404(post_id)
    rows = fetch(f"{THREADED} WHERE p.id = %s AND p.deleteat = 0", [reading.user_id, post_id])
    if not rows:
        raise NoSuchPost
    return rows[0]


def _replies(root_id: str, reading: Reading, step: Step, *, with_root: bool) -> list[WirePost]:
    """The root counts as part of a page, unless its thread is collapsed and it was asked for itself."""
    where, params = "p.rootid = %s", [root_id]
    if with_root:
        where, params = "(p.id = %s OR p.rootid = %s)", [root_id, root_id]
    begin = PLAIN if reading.collapsed else COUNTED
    more, values = _cursor(step)
    limit = f" LIMIT {step.per_page + 1}" if step.per_page else ""
    return fetch(f"{begin} WHERE {where} AND p.deleteat = 0{more}{_order(step)}{limit}", [*params, *values])


def _cursor(step: Step) -> tuple[str, list[object]]:
    sign = "<" if step.direction == "up" else ">"
    column, time = ("p.updateat", step.from_update_at) if step.updates_only else ("p.createat", step.from_create_at)
    if not time:
        return "", []
    if not step.from_post:
        return f" AND {column} {sign} %s", [time]
    return f" AND ({column} {sign} %s OR ({column} = %s AND p.id {sign} %s))", [time, time, step.from_post]


def _order(step: Step) -> str:
    way = "DESC" if step.direction == "up" else "ASC"
    column = "p.updateat" if step.updates_only else "p.createat"
    return f" ORDER BY {column} {way}, p.id {way}"

"""Channels, posts and what hangs on them, as the tables have them."""

from __future__ import annotations

from itertools import chain

from tests.adoption.wire import ALIVE, PAGE, Adopted, Row, differences


def channels(server: Adopted) -> list[str]:
    """Every channel, private and direct ones included, with its counters."""
    rows = server.rows("channels")
    return differences((server.get(f"/channels/{row['id']}") for row in rows), rows)


def channel_members(server: Adopted) -> list[str]:
    """Every membership of every channel, with its counters; when others looked at a channel is not told."""
    ids = [row["id"] for row in server.rows("channels")]
    answers = chain.from_iterable(server.pages(f"/channels/{id_}/members") for id_ in ids)
    hidden = ["lastviewedat", "lastupdateat"]
    rows = server.rows("channelmembers")
    return differences(answers, rows, key="channelid userid", hidden=hidden, roles="explicit_roles")


def own_channel_members(server: Adopted) -> list[str]:
    """When the admin last looked at each channel."""
    me = server.get("/users/me")["id"]
    answers = server.pages(f"/users/{me}/channel_members")
    rows = server.rows(f"channelmembers WHERE userid = '{me}'")
    return differences(answers, rows, key="channelid userid", roles="explicit_roles")


def posts(server: Adopted) -> list[str]:
    """Every post of every channel, page by page; of deleted ones and versions before an edit all but the text."""
    answers: dict[str, Row] = {}
    for channel in server.rows("channels"):
        answers |= _posts_of(server, channel["id"])
    rows = [row | ({"message": ""} if row["deleteat"] else {}) for row in server.rows("posts")]
    return differences(answers.values(), rows, hidden=["filenames"])


def _posts_of(server: Adopted, channel_id: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for number in range(1000):
        page = server.get(f"/channels/{channel_id}/posts", page=number, per_page=7, include_deleted="true")
        found |= page["posts"]
        if len(page["order"]) < 7:
            break
    return found


def threads(server: Adopted) -> list[str]:
    """Each followed thread as its follower sees it: its counters, and what of it was read."""
    query = "threads JOIN threadmemberships USING (postid) WHERE following AND threaddeleteat IS NULL"
    rows = server.rows(query)
    team_of = {row["userid"]: row["teamid"] for row in server.rows("teammembers WHERE deleteat = 0")}
    answers = []
    for row in rows:
        team_id = row["threadteamid"] or team_of[row["userid"]]
        path = f"/users/{row['userid']}/teams/{team_id}/threads/{row['postid']}"
        answers.append(server.get(path) | {"userid": row["userid"]})
    names = {"postid": "id", "lastviewed": "last_viewed_at"}
    shown = ["postid", "userid", "replycount", "lastreplyat", "lastviewed", "unreadmentions"]
    wanted = [{column: row[column] for column in shown} for row in rows]
    out = differences(answers, wanted, key="postid userid", **names)
    people = {row["postid"]: set(row["participants"]) for row in rows}
    seen = {answer["id"]: {person["id"] for person in answer["participants"]} for answer in answers}
    return out + [f"{id_}: {seen[id_]} took part, not {people[id_]}" for id_ in people if seen[id_] != people[id_]]


def replies(server: Adopted) -> list[str]:
    """Each thread from its root, whole."""
    out = []
    for root in server.rows("threads WHERE threaddeleteat IS NULL"):
        answers = server.get(f"/posts/{root['postid']}/thread", direction="down", perPage=PAGE)["posts"]
        rows = server.rows(f"posts {ALIVE} AND '{root['postid']}' IN (id, rootid)")
        out += differences(answers.values(), rows, hidden=["filenames"])
    return out


def reactions(server: Adopted) -> list[str]:
    """Each reaction that was not taken back."""
    rows = server.rows("reactions WHERE coalesce(deleteat, 0) = 0")
    answers = chain.from_iterable(server.get(f"/posts/{id_}/reactions") for id_ in {row["postid"] for row in rows})
    return differences(answers, rows, key="userid postid emojiname")


def emoji(server: Adopted) -> list[str]:
    """Every custom emoji."""
    return differences(server.pages("/emoji"), server.rows(f"emoji {ALIVE}"))

"""The threads that a user follows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from messaging.actions.direct import open_direct
from messaging.models import Channel, Thread, ThreadMembership
from teams.models import Team
from tests.messaging.writer import BAD_BODY, NO_RIGHT, SOME_ID, Writer, make_channel, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


@pytest.fixture
def roots(writer: Writer, bob: User) -> list[str]:
    """Three posts of alice that bob answered, the one with the oldest reply first; the last answer names alice."""
    made = [writer.say(f"root {number}") for number in range(3)]
    for number, root in enumerate(made):
        Writer(bob, writer.channel).say("@alice look" if number == 2 else "reply", root)
        Thread.objects.filter(post_id=root).update(last_reply_at=1_700_000_000_000 + number)
    return made


def ask(reader: Writer, team: Team, query: str = "", user: str = "me") -> dict[str, object]:
    found: dict[str, object] = read(reader.get(f"/users/{user}/teams/{team.id}/threads{query}"))
    return found


def ids(found: dict[str, object]) -> list[str]:
    return [thread["id"] for thread in found["threads"]]  # type: ignore[attr-defined]


def test_it_lists_the_latest_reply_first(writer: Writer, team: Team, roots: list[str]) -> None:
    assert ids(ask(writer, team)) == roots[::-1]


def test_it_tells_totals(writer: Writer, team: Team, roots: list[str]) -> None:
    found = ask(writer, team, "?totalsOnly=true")
    assert (found["total"], found["total_unread_threads"], found["total_unread_mentions"]) == (3, 3, 1)
    assert found["threads"] is None


def test_it_shows_the_root_as_it_is_in_a_thread(writer: Writer, team: Team, roots: list[str], bob: User) -> None:
    thread = ask(writer, team)["threads"][0]  # type: ignore[index]
    assert (thread["post"]["id"], thread["reply_count"], thread["unread_replies"]) == (roots[2], 1, 1)
    assert ([one["id"] for one in thread["participants"]], "metadata" in thread["post"]) == ([bob.id], False)


def test_it_pages_by_thread(writer: Writer, team: Team, roots: list[str]) -> None:
    assert ids(ask(writer, team, f"?before={roots[2]}&per_page=1")) == [roots[1]]
    assert ids(ask(writer, team, f"?after={roots[0]}&per_page=1")) == [roots[1]]


def test_unread_only_counts_unread_ones(writer: Writer, team: Team, roots: list[str]) -> None:
    writer.put(f"/users/me/teams/{team.id}/threads/{roots[0]}/read/{1_900_000_000_000}")
    found = ask(writer, team, "?unread=true")
    assert (found["total"], ids(found)) == (2, [roots[2], roots[1]])


def test_it_leaves_deleted_threads_out_unless_asked(writer: Writer, team: Team, roots: list[str]) -> None:
    writer.delete(f"/posts/{roots[0]}")
    assert roots[0] not in ids(ask(writer, team))
    assert roots[0] in ids(ask(writer, team, "?deleted=true"))


def test_it_leaves_threads_out_that_are_not_followed(writer: Writer, team: Team, roots: list[str]) -> None:
    ThreadMembership.objects.filter(post_id=roots[0], user_id=writer.me.id).update(following=False)
    assert ids(ask(writer, team)) == [roots[2], roots[1]]


def test_direct_threads_are_in_every_team(writer: Writer, team: Team, bob: User) -> None:
    direct = open_direct(user_id=writer.me.id, other_id=bob.id)
    root = Writer(writer.me, direct).say("between us")
    Writer(bob, direct).say("yes", root)
    assert ids(ask(writer, team)) == [root]
    assert ids(ask(writer, team, "?excludeDirect=true")) == []


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("totalsOnly=true&threadsOnly=true", "api.getThreadsForUser.bad_only_params"),
        (f"before={SOME_ID}&after={SOME_ID}", "api.getThreadsForUser.bad_params"),
        ("since=-1", BAD_BODY),
        ("since=noon", BAD_BODY),
    ],
)
def test_it_refuses_nonsense(writer: Writer, team: Team, query: str, error: str) -> None:
    assert refusal(writer.get(f"/users/me/teams/{team.id}/threads?{query}")) == (400, error)


def test_it_is_for_oneself_and_admins(writer: Writer, team: Team, roots: list[str], bob: User, admin: User) -> None:
    path = f"/users/{writer.me.id}/teams/{team.id}/threads"
    assert refusal(Writer(bob, writer.channel).get(path)) == (403, NO_RIGHT)
    assert ids(ask(Writer(admin, writer.channel), team, user=writer.me.id)) == roots[::-1]


def test_it_is_for_members_of_the_team(writer: Writer, team: Team, charlie: User) -> None:
    answer = Writer(charlie, writer.channel).get(f"/users/me/teams/{team.id}/threads")
    assert refusal(answer) == (403, NO_RIGHT)


@pytest.mark.usefixtures("serving")
def test_it_takes_as_many_statements_for_many_threads_as_for_one(writer: Writer, team: Team, roots: list[str]) -> None:
    counts = []
    for query in ("?per_page=1&extended=true", "?per_page=9&extended=true"):
        ask(writer, team, query)
        with CaptureQueriesContext(connection) as statements:
            ask(writer, team, query)
        counts.append(len(statements))
    assert counts == [5, 5]

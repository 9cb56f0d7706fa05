"""Whose posts, where and when: what narrows a search, and what nobody finds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mattermost_site import clock, config
from messaging.actions.direct import open_direct, open_group
from messaging.models import Channel, Post
from teams.models import Team
from tests.cast import ApiClient
from tests.messaging.searching import NOON, found, store
from tests.messaging.writer import SOME_ID, make_channel, read, refusal


@pytest.fixture
def client(team: Team, alice: User, bob: User, charlie: User) -> ApiClient:
    """alice; words of alice and bob in a public, a private, a direct, a group channel and alice's notes."""
    places = {
        "talk": make_channel(team, alice, bob),
        "secret": make_channel(team, alice, bob, name="secret", type="P"),
        "direct": open_direct(user_id=alice.id, other_id=bob.id),
        "group": open_group(user_ids=[alice.id, bob.id, charlie.id]),
    }
    for number, (place, channel) in enumerate(places.items()):
        texts = {name: f"lantern {name} {place}" for name in ("alice", "bob")}
        for author, text in zip((alice, bob), texts.values(), strict=True):
            store(channel, author, {"": text}, start=NOON + number * 10_000 + (author is bob) * 1000)
    store(open_direct(user_id=alice.id, other_id=alice.id), alice, {"": "lantern alice notes"}, start=NOON + 60_000)
    return ApiClient(alice)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("lantern from:bob", "bob group, bob direct, bob secret, bob talk"),
        ("from:@BOB in:talk", "bob talk"),
        ("from:bob -talk -group -direct", "bob secret"),
        ("lantern from: bob in: secret", "bob secret"),
        ("lantern from:bob from:alice in:talk", "bob talk, alice talk"),
        ("lantern -from:bob in:talk", "alice talk"),
        ("lantern from:nobody-here", ""),
        ("lantern in:~talk", "bob talk, alice talk"),
        ("lantern channel:talk", "bob talk, alice talk"),
        ("lantern in:talk in:secret from:alice", "alice secret, alice talk"),
        ("lantern -in:talk -in:@bob -in:secret from:alice", "alice notes, alice group"),
        ("lantern in:@bob", "bob direct, alice direct"),
        ("lantern in:@alice", "alice notes"),
        ("lantern in:@alice,bob,@charlie", "bob group, alice group"),
        ("lantern in:@alice,bob,unknown", ""),
        ("lantern in:nowhere", ""),
        ("lantern in:town-square", ""),
        ("ext:png from:bob talk", "bob talk"),
    ],
)
def test_it_narrows_by_author_and_place(client: ApiClient, team: Team, terms: str, expected: str) -> None:
    texts = [f"lantern {text}" for text in expected.split(", ") if text]
    assert found(client, terms, team=team.id) == texts


def test_it_takes_the_id_of_a_channel(client: ApiClient, team: Team) -> None:
    talk = Channel.objects.get(name="talk")
    assert found(client, f"alice in:{talk.id}", team=team.id) == ["lantern alice talk"]


DAYS = {"eve": -24, "midnight": -12, "noon": 0, "late": 11, "next": 12, "after": 24}
"""Hours from noon of 2018-03-01, UTC."""


@pytest.fixture
def days(client: ApiClient, alice: User) -> ApiClient:
    """Words around a day."""
    for name, hours in DAYS.items():
        store(Channel.objects.get(name="talk"), alice, {"": f"harbour {name}"}, start=NOON + hours * clock.HOUR)
    return client


@pytest.mark.parametrize(
    ("terms", "offset", "expected"),
    [
        ("harbour on:2018-03-01", 0, "late noon midnight"),
        ("harbour on: 2018-3-1", 0, "late noon midnight"),
        ("harbour before:2018-03-01", 0, "eve"),
        ("harbour after:2018-03-01", 0, "after next"),
        ("harbour -on:2018-03-01", 0, "after next eve"),
        ("harbour -before:2018-03-01", 0, "after next late noon midnight"),
        ("harbour -after:2018-03-01", 0, "late noon midnight eve"),
        ("harbour on:2018-03-01", 3600, "noon midnight"),
        ("harbour on:2018-03-01", -3600, "next late noon"),
        ("harbour after:2018-02-28 before:2018-03-02", 0, "late noon midnight"),
        ("harbour on:2018-02-30", 0, ""),
        ("harbour before:yesterday", 0, ""),
        ("harbour -on:never", 0, "after next late noon midnight eve"),
        ("harbour on:2018-03-01", 2**62, "eve"),
        ("on:2018-03-01 -noon -lantern", 0, "late midnight"),
    ],
)
def test_it_narrows_by_day(days: ApiClient, team: Team, terms: str, offset: int, expected: str) -> None:
    texts = [f"harbour {name}" for name in expected.split()]
    assert found(days, terms, team=team.id, time_zone_offset=offset) == texts


def test_it_keeps_to_the_channels_that_one_is_in(client: ApiClient, team: Team, charlie: User, admin: User) -> None:
    assert found(ApiClient(charlie), "lantern") == ["lantern bob group", "lantern alice group"]
    assert found(ApiClient(admin), "lantern", team=team.id) == []


def test_it_keeps_to_the_team_and_direct_channels(client: ApiClient, team: Team, alice: User) -> None:
    elsewhere = ApiClient(alice).post("/teams", {"name": "other", "display_name": "Other", "type": "O"})
    other = Team.objects.get(id=read(elsewhere)["id"])
    store(make_channel(other, alice, name="far"), alice, {"": "lantern alice far"}, start=NOON + 90_000)
    here, all_teams = found(client, "lantern alice", team=team.id), found(client, "lantern alice")
    assert all_teams == ["lantern alice far", *here]
    assert "lantern alice direct" in found(client, "lantern alice", team=other.id)


def test_it_leaves_out_archived_channels_unless_asked(client: ApiClient, team: Team) -> None:
    Channel.objects.filter(name="talk").update(delete_at=clock.now())
    assert found(client, "alice in:talk", team=team.id) == []
    assert found(client, "alice in:talk", team=team.id, include_deleted_channels=True) == ["lantern alice talk"]


def test_it_leaves_out_what_the_system_says(client: ApiClient, team: Team, alice: User) -> None:
    store(Channel.objects.get(name="talk"), alice, {"": "lantern header"}, type="system_header_change")
    assert found(client, "from:alice header", team=team.id) == []
    assert "lantern header" not in found(client, "from:alice in:talk", team=team.id)


def test_it_brings_a_hundred_and_no_further_page(client: ApiClient, team: Team, alice: User) -> None:
    store(Channel.objects.get(name="talk"), alice, {str(number): f"pebble {number}" for number in range(120)})
    assert found(client, "pebble", team=team.id, per_page=5) == [f"pebble {number}" for number in range(119, 19, -1)]
    assert found(client, "pebble", team=team.id, page=1) == []


def test_it_answers_a_list_of_posts_that_nobody_keeps(client: ApiClient, team: Team) -> None:
    response = client.post(f"/teams/{team.id}/posts/search", {"terms": "bob talk"})
    listed = read(response)
    post = Post.objects.get(message="lantern bob talk")
    assert (listed["order"], listed["matches"], listed["next_post_id"]) == ([post.id], None, "")
    assert response["Cache-Control"] == "no-cache, no-store, must-revalidate"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "api.context.invalid_body_param.app_error"),
        ({"terms": ""}, "api.context.invalid_body_param.app_error"),
        ({"terms": 5}, "api.post.search_posts.invalid_body.app_error"),
        ({"terms": "x", "page": "one"}, "api.post.search_posts.invalid_body.app_error"),
        ({"terms": "x", "is_or_search": "yes"}, "api.post.search_posts.invalid_body.app_error"),
        ([], "api.post.search_posts.invalid_body.app_error"),
    ],
)
def test_it_refuses_what_is_no_search(client: ApiClient, body: object, error: str) -> None:
    assert refusal(client.post("/posts/search", body)) == (400, error)


def test_it_can_be_turned_off(client: ApiClient, team: Team) -> None:
    with config.override(**{"ServiceSettings.EnablePostSearch": False}):
        answer = refusal(client.post(f"/teams/{team.id}/posts/search", {"terms": "lantern"}))
    assert answer == (501, "store.sql_post.search.disabled")


def test_it_can_be_kept_to_one_team_at_a_time(client: ApiClient, team: Team) -> None:
    with config.override(**{"ServiceSettings.EnableCrossTeamSearch": False}):
        answer = refusal(client.post("/posts/search", {"terms": "lantern"}))
        assert found(client, "bob talk", team=team.id) == ["lantern bob talk"]
    assert answer == (501, "api.post.search_posts.all_teams_disabled.app_error")


def test_it_refuses_outsiders_of_the_team(client: ApiClient, team: Team, charlie: User) -> None:
    path = "/teams/{}/posts/search"
    for team_id in (team.id, SOME_ID):
        answer = refusal(ApiClient(charlie).post(path.format(team_id), {"terms": "lantern"}))
        assert answer == (403, "api.context.permissions.app_error")


def test_it_takes_one_statement_to_find_and_one_to_read(client: ApiClient, team: Team) -> None:
    found(client, "lantern", team=team.id)
    with CaptureQueriesContext(connection) as queries:
        found(client, "lantern -x from:alice from:bob in:talk on:2018-03-01")
    searches = [one["sql"] for one in queries if "FROM posts" in one["sql"]]
    assert len(searches) == 2, searches

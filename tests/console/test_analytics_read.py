"""Numbers about the installation, for those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mattermost_site import clock
from messaging.models import Channel, Post
from teams.models import Team
from tests.cast import ApiClient

ANALYTICS = "/analytics/old"


@pytest.fixture
def wire(client_for: Callable[[User | None], ApiClient], admin: User) -> ApiClient:
    return client_for(admin)


def numbers(wire: ApiClient, query: str = "") -> dict[str, Any]:
    response = wire.get(ANALYTICS + query)
    assert response.status_code == 200, response.content
    return {row["name"]: row["value"] for row in orjson.loads(response.content)}


def posted(channel: Channel, author: User, *, days_ago: int) -> None:
    at = clock.now() - days_ago * clock.DAY
    Post.objects.create(id=f"{days_ago:026}", create_at=at, update_at=at, user_id=author.id, channel_id=channel.id)


def test_it_counts_a_team(wire: ApiClient, team: Team) -> None:
    found = numbers(wire, f"?name=standard&team_id={team.id}")
    assert found["channel_open_count"] == 2
    assert found["channel_private_count"] == 0
    assert found["unique_user_count"] == 2
    assert found["inactive_user_count"] == -1


def test_it_counts_everything_without_a_team(wire: ApiClient, team: Team, charlie: User) -> None:
    User.objects.filter(id=charlie.id).update(delete_at=clock.now())
    found = numbers(wire)
    assert (found["unique_user_count"], found["inactive_user_count"], found["team_count"]) == (3, 1, 1)


def test_it_counts_posts_without_reading_them(wire: ApiClient, town_square: Channel) -> None:
    Channel.objects.filter(id=town_square.id).update(total_msg_count=7)
    before = sum(Channel.objects.exclude(id=town_square.id).values_list("total_msg_count", flat=True))
    with CaptureQueriesContext(connection) as queries:
        assert numbers(wire)["post_count"] == before + 7
    assert not [query["sql"] for query in queries if '"posts"' in query["sql"]]


def test_it_counts_posts_by_day_but_not_todays(wire: ApiClient, town_square: Channel, alice: User, bob: User) -> None:
    posted(town_square, alice, days_ago=0)
    posted(town_square, alice, days_ago=3)
    posted(town_square, bob, days_ago=40)
    day = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    assert numbers(wire, f"?name=post_counts_day&team_id={town_square.team_id}") == {day: 1}
    assert numbers(wire, "?name=user_counts_with_posts_day")[day] == 1
    assert numbers(wire, "?name=bot_post_counts_day") == {}


def test_it_refuses_numbers_that_do_not_exist(wire: ApiClient) -> None:
    response = wire.get(f"{ANALYTICS}?name=nonsense")
    assert response.status_code == 400
    assert orjson.loads(response.content)["id"] == "api.context.invalid_body_param.app_error"


def test_it_refuses_members(client_for: Callable[[User | None], ApiClient], alice: User) -> None:
    assert client_for(alice).get(ANALYTICS).status_code == 403


def test_it_refuses_strangers(client_for: Callable[[User | None], ApiClient]) -> None:
    assert client_for(None).get(ANALYTICS).status_code == 401

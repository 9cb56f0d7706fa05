"""The order of categories."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site.ids import new_id
from mattermost_site.realtime.events import Event
from teams.models import Team
from tests.messaging.sidebar import Arranger

INVALID_BODY = "api.context.invalid_body_param.app_error"


@pytest.fixture
def sidebar(client_for: Any, alice: User, team: Team) -> Arranger:
    """alice's sidebar of ``team``."""
    return Arranger(client_for(alice), alice, team)


def put(sidebar: Arranger, order: Any) -> Any:
    return orjson.loads(sidebar.client.put(f"{sidebar.base}/order", order).content)


def test_it_is_kept_without_repetitions(sidebar: Arranger, events: list[Event]) -> None:
    mine = sidebar.make("Mine")
    wanted = [sidebar.direct_messages, mine, sidebar.channels, sidebar.favorites]
    assert put(sidebar, [*wanted, mine]) == wanted
    assert list(sidebar.shown()) == wanted
    assert (events[-1].name, events[-1].data) == ("sidebar_category_order_updated", {"order": wanted})


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (["favorites", "channels"], "app.channel.sidebar_categories.app_error"),
        ([], "app.channel.sidebar_categories.app_error"),
        (["favorites", "channels", "direct_messages", "stranger"], INVALID_BODY),
        ({"order": []}, "api.payload.parse.error"),
        ([5], "api.payload.parse.error"),
    ],
)
def test_it_refuses_other_lists_and_stays(sidebar: Arranger, order: Any, error: str) -> None:
    names = {"stranger": new_id()} | {
        type: getattr(sidebar, type) for type in ("favorites", "channels", "direct_messages")
    }
    body = [names.get(item, item) for item in order] if isinstance(order, list) else order
    assert put(sidebar, body)["id"] == error
    assert list(sidebar.shown()) == [sidebar.favorites, sidebar.channels, sidebar.direct_messages]


def test_it_is_changed_by_nobody_else(sidebar: Arranger, client_for: Any, bob: User) -> None:
    order = [sidebar.channels, sidebar.favorites, sidebar.direct_messages]
    assert client_for(bob).put(f"{sidebar.base}/order", order).status_code == 403

"""Deleting categories."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from accounts.models import User
from mattermost_site.realtime.events import Event
from messaging.models import SidebarCategory, SidebarChannel
from teams.models import Team
from tests.messaging.sidebar import Arranger, channel_of


@pytest.fixture
def sidebar(client_for: Any, alice: User, team: Team) -> Arranger:
    """alice's sidebar of ``team``."""
    return Arranger(client_for(alice), alice, team)


def test_its_channels_fall_back(sidebar: Arranger, alice: User, team: Team, events: list[Event]) -> None:
    mine = sidebar.make("Mine", channel_of(alice, team, "One"))
    assert sidebar.client.delete(f"{sidebar.base}/{mine}").status_code == 200
    assert "One" in sidebar.shown()[sidebar.channels]
    assert (events[-1].name, events[-1].data) == ("sidebar_category_deleted", {"category_id": mine})
    assert not SidebarChannel.objects.filter(category_id=mine).exists()


@pytest.mark.parametrize("type", ["favorites", "channels", "direct_messages"])
def test_the_built_in_ones_stay(sidebar: Arranger, type: str) -> None:
    reply = sidebar.client.delete(f"{sidebar.base}/{getattr(sidebar, type)}")
    assert (reply.status_code, orjson.loads(reply.content)["id"]) == (400, "app.channel.sidebar_categories.app_error")


def test_those_of_others_stay(sidebar: Arranger, client_for: Any, bob: User) -> None:
    mine = sidebar.make("Mine")
    own = Arranger(client_for(bob), bob, sidebar.team)
    replies = [own.client.delete(f"{base}/{mine}").status_code for base in (sidebar.base, own.base)]
    assert replies == [403, 403]
    assert SidebarCategory.objects.filter(id=mine).exists()

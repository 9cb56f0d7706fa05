"""Who makes hooks and commands in these tests, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient
from tests.messaging.writer import make_channel


@pytest.fixture
def chief(client_for: Callable[[User | None], ApiClient], alice: User) -> ApiClient:
    """alice, admin of the team."""
    return client_for(alice)


@pytest.fixture
def member(client_for: Callable[[User | None], ApiClient], bob: User) -> ApiClient:
    """bob, who manages nothing."""
    return client_for(bob)


@pytest.fixture
def channel(team: Team, alice: User) -> Channel:
    """A public channel of alice."""
    return make_channel(team, alice)

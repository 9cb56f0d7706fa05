"""What the tests of files share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.cast import ApiClient
from tests.files.sending import stored_files
from tests.messaging.writer import make_channel


@pytest.fixture
def secret(team: Team, alice: User, town_square: Channel) -> Channel:
    """A private channel of alice alone."""
    return make_channel(team, alice, name="secret", type="P")


@pytest.fixture
def writer(client_for: Callable[[User | None], ApiClient], alice: User) -> ApiClient:
    """alice's client."""
    return client_for(alice)


@pytest.fixture
def before(team: Team) -> set[str]:
    """What was in the store before the test."""
    return stored_files()

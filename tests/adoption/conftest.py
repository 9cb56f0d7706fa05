"""The database that a v11.2 server left behind, ready to be taken over."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.adoption.live import Installation, installation, load
from tests.services import postgres

# What the dump has none of: a password as Mattermost stored it before version 11, an uploaded profile picture.
ADDED = (
    "UPDATE users SET password = '$2a$10$c9hYxUjpudjcqIEARz9Pru5wT8FUruglaHaOk/6/3.SXMAYaAtuB.'"
    " WHERE username = 'ann.bdmcqzm'",
    "UPDATE users SET lastpictureupdate = abs(lastpictureupdate) WHERE id = '4y883merabnwxk4m7itpz8gowa'",
)


@pytest.fixture(scope="package")
def left_behind() -> Iterator[str]:
    """The address of the database as it was left; only ever copied."""
    with postgres() as address:
        load(address)
        with psycopg.connect(address) as connection:
            for statement in ADDED:
                connection.execute(statement)
        yield address


@pytest.fixture
def live(left_behind: str) -> Iterator[Installation]:
    """An installation of one test's own, not taken over yet, without files."""
    with installation(left_behind) as copy:
        yield copy

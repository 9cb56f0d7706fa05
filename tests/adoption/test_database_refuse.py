"""What is not taken over, and what is not served before it is: each with one clear sentence, changing nothing."""

from __future__ import annotations

import psycopg
import pytest

from mattermost_site.adoption.steps import LOCK
from tests.adoption.live import Installation
from tests.services import fresh_database

NEWER = "INSERT INTO db_migrations (version, name) VALUES (147, 'unheard_of')"
OLDER = "DELETE FROM db_migrations WHERE version > 140"
TOKEN_IN_CLEAR = "UPDATE sessions SET token = 'nrwig11ip3fp8xek7tcdazekfh' WHERE id = (SELECT min(id) FROM sessions)"


def refusal(live: Installation, *command: str, **changes: str) -> str:
    """The one line that a refused command says."""
    done = live.manage(*command, **changes)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.parametrize(("change", "version"), [(NEWER, 147), (OLDER, 140)])
def test_it_refuses_an_unknown_version(live: Installation, change: str, version: int) -> None:
    live.execute(change)
    before = live.everything()
    said = refusal(live, "adopt")
    assert f"has schema version {version}, but accepted is 146 (Mattermost 11.2)" in said
    assert live.everything() == before


def test_it_refuses_a_database_without_a_mattermost_server(live: Installation, left_behind: str) -> None:
    with fresh_database(left_behind) as empty:
        said = refusal(live, "adopt", MM_SQLSETTINGS_DATASOURCE=empty)
    assert "There is nothing to take over" in said


def test_it_refuses_one_that_this_server_made_itself(live: Installation, left_behind: str) -> None:
    with fresh_database(left_behind) as ours:
        live.manage("migrate", MM_SQLSETTINGS_DATASOURCE=ours)
        said = refusal(live, "adopt", MM_SQLSETTINGS_DATASOURCE=ours)
    assert "There is nothing to take over" in said


def test_it_names_what_tables_lack(live: Installation) -> None:
    live.execute("ALTER TABLE posts DROP COLUMN remoteid CASCADE")
    live.execute("DROP TABLE drafts")
    said = refusal(live, "adopt", "--dry-run")
    assert "drafts.channelid" in said
    assert "posts.remoteid" in said


def test_it_refuses_sqlite(live: Installation) -> None:
    changes = {"MM_SQLSETTINGS_DRIVERNAME": "sqlite", "MM_SQLSETTINGS_DATASOURCE": str(live.folder / "chat.db")}
    assert "Only a PostgreSQL database can be taken over" in refusal(live, "adopt", **changes)


def test_it_says_when_the_database_does_not_answer(live: Installation) -> None:
    nobody = "postgres://chat@127.0.0.1:1/chat"
    assert "Cannot use the database" in refusal(live, "adopt", MM_SQLSETTINGS_DATASOURCE=nobody)


def test_it_refuses_to_run_twice_at_a_time(live: Installation) -> None:
    with psycopg.connect(live.address) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert "Somebody else is taking this database over" in refusal(live, "adopt")


def test_it_says_which_right_is_missing(live: Installation) -> None:
    live.execute("CREATE ROLE reader LOGIN IN ROLE pg_read_all_data")
    reader = live.address.replace("//chat@", "//reader@")
    try:
        said = refusal(live, "adopt", MM_SQLSETTINGS_DATASOURCE=reader)
    finally:
        live.execute("DROP ROLE reader")
    assert "permission denied" in said


@pytest.mark.parametrize("command", [["serve"], ["serve", "--no-migrate"], ["migrate"]])
def test_it_refuses_to_use_a_database_that_is_not_taken_over(live: Installation, command: list[str]) -> None:
    before = live.everything()
    said = refusal(live, *command)
    assert "is not taken over yet; back it up, stop Mattermost and run `manage.py adopt` first" in said
    assert live.everything() == before


def test_it_refuses_to_use_one_that_is_taken_over_in_part(live: Installation) -> None:
    live.adopt()
    live.execute("DELETE FROM django_migrations WHERE app = 'integrations'")
    assert "is not taken over yet" in refusal(live, "serve")


@pytest.mark.parametrize("command", [["serve"], ["serve", "--no-migrate"]])
def test_it_refuses_to_serve_when_the_other_server_has_worked_meanwhile(live: Installation, command: list[str]) -> None:
    live.adopt()
    live.execute(TOKEN_IN_CLEAR)
    assert "run `manage.py adopt` again" in refusal(live, *command)

"""``manage.py adopt`` changes nothing in the other server's tables but tokens, however often it runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from mattermost_site.ids import ID_ENDINGS, keyed_digest
from tests.adoption.live import CONFIG, Installation, Rows, installation
from tests.schema_reading import Schema, details, found
from tests.test_schema_catalogue import in_given_tables

KEY = json.loads(CONFIG.read_text())["SqlSettings"]["AtRestEncryptKey"]
KEYS_TO_OTHERS = """
    SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text ~ '^(auth|django|site)_'
    AND confrelid::regclass::text !~ '^(auth|django|site)_'
"""
FILL = """
    INSERT INTO sessions (id, token, createat, expiresat, lastactivityat, userid, roles, props)
    SELECT lpad(n::text, 26, 'x'), lpad(n::text || 'y', 26, 'p'), 1, 1, 1, 'nobody', 'system_user', '{}'
    FROM generate_series(1, 12000) AS n
"""
NEW_SESSION = """
    INSERT INTO sessions (id, token, createat, expiresat, lastactivityat, userid, deviceid, roles, isoauth, props)
    SELECT %s, %s, createat, expiresat, lastactivityat, userid, '', roles, false, props FROM sessions LIMIT 1
"""
OAUTH_TOKEN = "pqxk5jd4tprnbc1nmfxo1ggw9h"


def sign_in(live: Installation, token: str) -> None:
    """Store a new session as the other server does."""
    live.execute(NEW_SESSION, token, token)


@dataclass(frozen=True, slots=True)
class State:
    """What can be compared of a database: their rows, stored tokens, schemas."""

    theirs: Rows
    tokens: dict[str, str]
    schema: Schema
    details: Schema


def state_of(live: Installation) -> State:
    with psycopg.connect(live.address) as connection:
        return State(live.theirs(), live.tokens(), found(connection), details(connection))


@pytest.fixture(scope="module")
def taken_over(left_behind: str) -> Iterator[tuple[Installation, State]]:
    """An installation that was taken over, an application's OAuth token included, and its state before."""
    with installation(left_behind) as live:
        sign_in(live, OAUTH_TOKEN)
        live.execute("INSERT INTO oauthaccessdata (token, clientid, userid) VALUES (%s, 'c', 'u')", OAUTH_TOKEN)
        before = state_of(live)
        live.adopt()
        yield live, before


def test_it_changes_no_row_but_tokens(taken_over: tuple[Installation, State]) -> None:
    live, before = taken_over
    assert live.theirs() == before.theirs


def test_it_changes_nothing_in_the_schema_of_their_tables(taken_over: tuple[Installation, State]) -> None:
    live, before = taken_over
    after = state_of(live)
    assert in_given_tables(after.schema) == before.schema
    assert {key: text for key, text in after.details.items() if key in before.details} == before.details


def test_it_ties_no_table_of_ours_to_one_of_theirs(taken_over: tuple[Installation, State]) -> None:
    assert taken_over[0].execute(KEYS_TO_OTHERS) == []


def test_it_replaces_each_token_by_its_keyed_digest(taken_over: tuple[Installation, State]) -> None:
    live, before = taken_over
    assert live.tokens() == {id_: keyed_digest(KEY, token) for id_, token in before.tokens.items()}


def test_it_replaces_an_oauth_token_in_both_its_places(taken_over: tuple[Installation, State]) -> None:
    live, _ = taken_over
    stored = live.execute("SELECT token FROM oauthaccessdata")
    assert stored == [(live.tokens()[OAUTH_TOKEN],)] == [(keyed_digest(KEY, OAUTH_TOKEN),)]


def test_it_leaves_no_token_that_could_be_taken_for_one_in_clear(taken_over: tuple[Installation, State]) -> None:
    assert [token for token in taken_over[0].tokens().values() if token.endswith(tuple(ID_ENDINGS))] == []


def test_it_leaves_the_configuration_as_it_is(taken_over: tuple[Installation, State]) -> None:
    assert (taken_over[0].folder / "config.json").read_bytes() == CONFIG.read_bytes()


def test_it_leaves_nothing_for_migrate_to_do(taken_over: tuple[Installation, State]) -> None:
    assert taken_over[0].manage("migrate", "--check").returncode == 0


def test_it_makes_our_own_tables(taken_over: tuple[Installation, State]) -> None:
    names = taken_over[0].execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^site_'")
    assert {str(name) for (name,) in names} >= {"site_configurations", "site_outbox", "site_postsearch"}


def test_it_has_all_messages_indexed_in_the_background(taken_over: tuple[Installation, State]) -> None:
    assert ("messaging.build_search_index",) in taken_over[0].execute("SELECT kind FROM site_outbox")


def test_it_changes_nothing_the_second_time(live: Installation) -> None:
    live.adopt()
    before = live.everything()
    live.adopt()
    assert live.everything() == before


def test_it_takes_over_what_the_other_server_adds_later_and_that_only(live: Installation) -> None:
    live.adopt()
    before = live.tokens()
    sign_in(live, OAUTH_TOKEN)
    live.adopt()
    assert live.tokens() == before | {OAUTH_TOKEN: keyed_digest(KEY, OAUTH_TOKEN)}


def test_it_goes_on_where_it_was_interrupted(live: Installation) -> None:
    tokens, theirs = live.tokens(), live.theirs()
    live.execute("CREATE TABLE site_postsearch (in_the_way integer)")
    assert "already exists" in live.manage("adopt").stderr
    live.execute("DROP TABLE site_postsearch")
    live.adopt()
    assert live.theirs() == theirs
    assert live.tokens() == {id_: keyed_digest(KEY, token) for id_, token in tokens.items()}


def test_it_does_any_number_of_tokens_and_says_how_far_it_is(live: Installation) -> None:
    live.execute(FILL)
    said = live.adopt()
    counts = [line.split(":")[1] for line in said.splitlines() if line.startswith("Tokens in sessions")]
    assert [count.split()[0] for count in counts] == ["5000", "10000", "12129"]
    assert live.execute("SELECT count(*) FROM sessions WHERE token ~ '^p.*y$'") == [(0,)]


def test_it_only_says_what_it_would_do_when_asked_to(live: Installation) -> None:
    before = live.everything()
    said = live.adopt("--dry-run")
    assert live.everything() == before
    assert "Tokens in sessions: 129 would be replaced" in said
    assert "Warning" not in said


def test_it_says_that_somebody_is_still_connected(live: Installation) -> None:
    with psycopg.connect(live.address):
        assert "Warning: 1 other connection" in live.adopt("--dry-run")

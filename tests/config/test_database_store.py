"""The configuration in a PostgreSQL database, named by ``MM_CONFIG``."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any, LiteralString

import psycopg
import pytest

from mattermost_site.config import ConfigError
from mattermost_site.config.store import Store
from mattermost_site.ids import is_id
from mattermost_site.models import ConfigRevision
from tests.services import fresh_database, postgres

# As the migration makes it; test_the_table_is_that_of_the_model holds it against the model.
TABLE = """
    CREATE TABLE site_configurations (id varchar(26) PRIMARY KEY, value text NOT NULL, create_at bigint NOT NULL,
        active boolean NOT NULL, author_id varchar(26) NOT NULL)
"""
OTHER_TABLE = """
    CREATE TABLE configurations (id varchar(26) PRIMARY KEY, value text NOT NULL, createat bigint NOT NULL,
        active boolean NULL UNIQUE, sha char(64))
"""
THEIR_KEY = "t" * 32
THEIRS = {"SqlSettings": {"AtRestEncryptKey": THEIR_KEY}, "TeamSettings": {"SiteName": "Theirs"}, "Other": {"A": 1}}

Sql = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A PostgreSQL server for this module."""
    with postgres() as address:
        yield address


@pytest.fixture
def address(cluster: str) -> Iterator[str]:
    """An empty database."""
    with fresh_database(cluster) as made:
        yield made


@pytest.fixture
def sql(address: str) -> Sql:
    """Run a statement in the database; returns its rows."""

    def run(statement: LiteralString, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(address) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def make_store(address: str) -> Callable[..., Store]:
    """The configuration of a process that keeps it in the database."""
    return lambda **environ: Store({"MM_CONFIG": address, **environ})


@pytest.fixture
def table(sql: Sql) -> None:
    """The table that migrations make."""
    sql(TABLE)


def test_the_table_is_that_of_the_model() -> None:
    named = {(field.column, field.null) for field in ConfigRevision._meta.get_fields()}  # type: ignore[union-attr]
    wanted = {(name, False) for name in ("id", "value", "create_at", "active", "author_id")}
    assert (ConfigRevision._meta.db_table, named) == ("site_configurations", wanted)


@pytest.mark.usefixtures("table")
class TestKept:
    def test_the_first_start_stores_defaults_with_secrets(self, make_store: Callable[..., Store], sql: Sql) -> None:
        make_store().load()
        ((value, active),) = sql("SELECT value, active FROM site_configurations")
        assert (len(json.loads(value)["SqlSettings"]["AtRestEncryptKey"]), active) == (32, True)

    def test_the_second_start_finds_the_same(self, make_store: Callable[..., Store]) -> None:
        assert make_store().load() == make_store().load()

    def test_the_database_is_the_one_to_work_with(self, make_store: Callable[..., Store], address: str) -> None:
        sql_settings = make_store().load().sql
        assert (sql_settings.driver_name, sql_settings.data_source) == ("postgres", address)

    def test_the_environment_may_name_another_to_work_with(self, make_store: Callable[..., Store]) -> None:
        other = "postgres://elsewhere/chat"
        assert make_store(MM_SQLSETTINGS_DATASOURCE=other).load().sql.data_source == other

    def test_its_address_is_not_stored(self, make_store: Callable[..., Store], address: str, sql: Sql) -> None:
        make_store().patch({"TeamSettings": {"SiteName": "There"}})
        assert [row for row in sql("SELECT value FROM site_configurations") if address in row[0]] == []

    def test_a_change_is_found_by_others(self, make_store: Callable[..., Store]) -> None:
        here, there = make_store(), make_store()
        there.load()
        here.patch({"TeamSettings": {"SiteName": "Here"}})
        assert there.reload().team.site_name == "Here"

    def test_a_change_is_a_new_revision_with_its_author(self, make_store: Callable[..., Store], sql: Sql) -> None:
        store = make_store()
        store.load()
        store.patch({"TeamSettings": {"SiteName": "Here"}}, author_id="a" * 26)
        rows = sql("SELECT id, active, author_id FROM site_configurations ORDER BY create_at, author_id")
        assert [(is_id(row[0]), *row[1:]) for row in rows] == [(True, False, ""), (True, True, "a" * 26)]

    def test_no_change_is_no_revision(self, make_store: Callable[..., Store], sql: Sql) -> None:
        make_store().patch({"TeamSettings": {"SiteName": "Mattermost"}})
        assert sql("SELECT count(*) FROM site_configurations") == [(1,)]

    def test_what_is_not_allowed_is_no_revision(self, make_store: Callable[..., Store], sql: Sql) -> None:
        with pytest.raises(ConfigError):
            make_store().patch({"TeamSettings": {"MaxUsersPerTeam": 0}})
        assert sql("SELECT count(*) FROM site_configurations") == [(1,)]

    def test_unknown_keys_are_kept(self, make_store: Callable[..., Store], sql: Sql) -> None:
        make_store().load()
        sql('UPDATE site_configurations SET value = \'{"Other": {"A": 1}, \' || substr(value, 2)')
        make_store().patch({"TeamSettings": {"SiteName": "Here"}})
        ((value,),) = sql("SELECT value FROM site_configurations WHERE active")
        assert json.loads(value)["Other"] == {"A": 1}

    def test_two_that_change_at_once_lose_nothing(self, make_store: Callable[..., Store]) -> None:
        make_store().load()

        def change(key: str) -> None:
            store = make_store()
            for number in range(10):
                store.patch({"SupportSettings": {key: str(number)}})

        threads = [threading.Thread(target=change, args=[key]) for key in ("AboutLink", "HelpLink")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        support = make_store().load().support
        assert (support.about_link, support.help_link) == ("9", "9")

    @pytest.mark.parametrize("value", ["{", "[]"])
    def test_a_spoilt_row_is_named(self, make_store: Callable[..., Store], sql: Sql, value: str) -> None:
        sql("INSERT INTO site_configurations VALUES ('x', %s, 1, TRUE, '')", value)
        with pytest.raises(ConfigError, match="The active row of site_configurations"):
            make_store().load()


class TestBeforeMigration:
    def test_it_starts(self, make_store: Callable[..., Store]) -> None:
        assert len(make_store().load().sql.at_rest_encrypt_key) == 32

    def test_reading_again_after_the_migration_stores_the_same(
        self, make_store: Callable[..., Store], sql: Sql
    ) -> None:
        store = make_store()
        before = store.load()
        sql(TABLE)
        assert (store.reload(), make_store().load()) == (before, before)

    def test_a_change_before_it_is_stored_too(self, make_store: Callable[..., Store], sql: Sql) -> None:
        store = make_store()
        store.patch({"TeamSettings": {"SiteName": "Early"}})
        sql(TABLE)
        store.reload()
        assert make_store().load().team.site_name == "Early"

    def test_the_first_to_store_wins(self, make_store: Callable[..., Store], sql: Sql) -> None:
        first, second = make_store(), make_store()
        first.load()
        second.load()
        sql(TABLE)
        assert first.reload() == second.reload()


class TestTakeOver:
    @pytest.fixture(autouse=True)
    def theirs(self, sql: Sql) -> None:
        """A configuration that another server keeps in this database."""
        sql(OTHER_TABLE)
        sql("INSERT INTO configurations VALUES ('old', '{', 1, NULL, '')")
        sql("INSERT INTO configurations VALUES ('new', %s, 2, TRUE, '')", json.dumps(THEIRS))

    def test_it_is_taken_over_before_the_migration(self, make_store: Callable[..., Store]) -> None:
        config = make_store().load()
        assert (config.team.site_name, config.sql.at_rest_encrypt_key) == ("Theirs", THEIR_KEY)

    def test_it_is_stored_in_our_own_table(self, make_store: Callable[..., Store], sql: Sql) -> None:
        sql(TABLE)
        make_store().load()
        ((value,),) = sql("SELECT value FROM site_configurations")
        assert THEIRS["Other"] == json.loads(value)["Other"]

    def test_their_table_is_not_touched(self, make_store: Callable[..., Store], sql: Sql) -> None:
        sql(TABLE)
        before = sql("SELECT * FROM configurations ORDER BY id")
        make_store().patch({"TeamSettings": {"SiteName": "Ours"}})
        assert sql("SELECT * FROM configurations ORDER BY id") == before

    def test_later_changes_of_it_do_not_count(self, make_store: Callable[..., Store], sql: Sql) -> None:
        sql(TABLE)
        make_store().load()
        sql("UPDATE configurations SET value = '{}' WHERE active")
        assert make_store().load().team.site_name == "Theirs"


class TestAddress:
    def test_parameters_of_other_drivers_are_understood(self, address: str) -> None:
        store = Store({"MM_CONFIG": f"{address}&binary_parameters=yes"})
        assert store.load().sql.driver_name == "postgres"

    def test_a_database_that_is_away_is_named_without_its_password(self) -> None:
        with pytest.raises(ConfigError, match="The database that MM_CONFIG names cannot be used") as refusal:
            Store({"MM_CONFIG": "postgres://chat:hidden@127.0.0.1:1/chat"}).load()
        assert "hidden" not in str(refusal.value)

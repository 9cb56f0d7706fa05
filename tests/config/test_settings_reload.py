"""What happens when the configuration changes: reading again, listeners, other processes, and overrides of tests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mattermost_site.config import Config, ConfigError
from mattermost_site.config.store import Store
from tests.config.conftest import MakeStore, ReadFile, WriteFile

Edit = Callable[[str, str, Any], None]


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    """A loaded configuration."""
    made = make_store()
    made.load()
    return made


@pytest.fixture
def edit(read_file: ReadFile, write_file: WriteFile) -> Edit:
    """Change one setting of the file as with an editor."""

    def change(section: str, key: str, value: Any) -> None:
        document = read_file()
        document[section][key] = value
        write_file(document)

    return change


@pytest.fixture
def heard(store: Store) -> list[tuple[str, str]]:
    """The names of the site before and after each change that a listener was told of."""
    changes: list[tuple[str, str]] = []
    store.on_change(lambda old, new: changes.append((old.team.site_name, new.team.site_name)))
    return changes


class TestReload:
    def test_an_edit_of_the_file_counts_afterwards(self, store: Store, edit: Edit) -> None:
        edit("TeamSettings", "SiteName", "Edited")
        assert (store.current().team.site_name, store.reload().team.site_name) == ("Mattermost", "Edited")

    def test_it_comes_into_force(self, store: Store, edit: Edit) -> None:
        edit("TeamSettings", "SiteName", "Edited")
        store.reload()
        assert store.current().team.site_name == "Edited"

    def test_a_wrong_edit_is_refused_and_changes_nothing(self, store: Store, edit: Edit) -> None:
        edit("TeamSettings", "MaxUsersPerTeam", 0)
        before = store.current()
        with pytest.raises(ConfigError, match=r"TeamSettings\.MaxUsersPerTeam"):
            store.reload()
        assert store.current() is before

    def test_a_refused_one_leaves_what_the_environment_sets(self, file: Path, write_file: WriteFile) -> None:
        environ = {"MM_CONFIG": str(file)}
        store = Store(environ)
        store.load()
        environ["MM_TEAMSETTINGS_SITENAME"] = "Environment"
        write_file("{")
        with pytest.raises(ConfigError):
            store.reload()
        assert store.environment_overrides() == {}

    def test_listeners_are_told(self, store: Store, edit: Edit, heard: list[tuple[str, str]]) -> None:
        edit("TeamSettings", "SiteName", "Edited")
        store.reload()
        assert heard == [("Mattermost", "Edited")]

    def test_listeners_are_not_told_of_nothing(self, store: Store, heard: list[tuple[str, str]]) -> None:
        store.reload()
        assert heard == []

    def test_other_processes_are_not_told(self, store: Store, edit: Edit) -> None:
        calls: list[int] = []
        store.set_broadcaster(lambda: calls.append(1))
        edit("TeamSettings", "SiteName", "Edited")
        store.reload()
        assert calls == []


class TestSave:
    def test_listeners_are_told(self, store: Store, heard: list[tuple[str, str]]) -> None:
        store.patch({"TeamSettings": {"SiteName": "There"}})
        assert heard == [("Mattermost", "There")]

    def test_listeners_are_not_told_of_nothing(self, store: Store, heard: list[tuple[str, str]]) -> None:
        store.patch({"TeamSettings": {"SiteName": "Mattermost"}})
        assert heard == []

    def test_listeners_see_the_new_configuration_in_force(self, store: Store) -> None:
        seen: list[bool] = []
        store.on_change(lambda _, new: seen.append(store.current() is new))
        store.patch({"TeamSettings": {"SiteName": "There"}})
        assert seen == [True]

    def test_a_listener_can_be_taken_off(self, store: Store) -> None:
        calls: list[int] = []
        take_off = store.on_change(lambda *_: calls.append(1))
        take_off()
        store.patch({"TeamSettings": {"SiteName": "There"}})
        assert calls == []

    def test_a_listener_that_fails_is_logged_and_harms_nobody(
        self, store: Store, caplog: pytest.LogCaptureFixture
    ) -> None:
        def failing(old: Config, new: Config) -> None:
            raise RuntimeError("no")

        later: list[int] = []
        store.on_change(failing)
        store.on_change(lambda *_: later.append(1))
        with caplog.at_level(logging.ERROR):
            store.patch({"TeamSettings": {"SiteName": "There"}})
        assert (later, "could not be taken over" in caplog.text) == ([1], True)

    def test_other_processes_are_told(self, store: Store, make_store: MakeStore) -> None:
        other = make_store()
        other.load()

        def broadcast() -> None:
            other.reload()

        store.set_broadcaster(broadcast)
        store.patch({"TeamSettings": {"SiteName": "There"}})
        assert other.current().team.site_name == "There"

    def test_it_succeeds_when_other_processes_cannot_be_told(self, store: Store) -> None:
        def away() -> None:
            raise ConnectionError("Redis is away")

        store.set_broadcaster(away)
        assert store.patch({"TeamSettings": {"SiteName": "There"}})[1].team.site_name == "There"

    def test_a_check_may_refuse(self, store: Store) -> None:
        def refuse(old: Config, new: Config) -> None:
            raise PermissionError(new.team.site_name)

        with pytest.raises(PermissionError, match="There"):
            store.patch({"TeamSettings": {"SiteName": "There"}}, check=refuse)
        assert store.current().team.site_name == "Mattermost"


class TestOverride:
    def test_it_holds_within_the_block(self, store: Store) -> None:
        with store.override(**{"TeamSettings.EnableOpenServer": True}):
            assert store.current().team.enable_open_server

    def test_it_ends_with_the_block(self, store: Store) -> None:
        before = store.current()
        with pytest.raises(ZeroDivisionError), store.override(**{"TeamSettings.EnableOpenServer": True}):
            raise ZeroDivisionError
        assert store.current() is before

    def test_it_is_not_written(self, store: Store, read_file: ReadFile) -> None:
        with store.override(**{"TeamSettings.SiteName": "Test"}):
            assert read_file()["TeamSettings"]["SiteName"] == "Mattermost"

    def test_listeners_are_told_of_both_ends(self, store: Store, heard: list[tuple[str, str]]) -> None:
        with store.override(**{"TeamSettings.SiteName": "Test"}):
            pass
        assert heard == [("Mattermost", "Test"), ("Test", "Mattermost")]

    def test_it_refuses_another_type(self, store: Store) -> None:
        with pytest.raises(ConfigError), store.override(**{"TeamSettings.EnableOpenServer": "yes"}):
            pass

    def test_it_refuses_an_unknown_name(self, store: Store) -> None:
        with pytest.raises(KeyError), store.override(**{"TeamSettings.EnableOpenSerer": True}):
            pass

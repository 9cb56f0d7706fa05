"""The configuration file: written at the first start, changed with care afterwards."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mattermost_site.config import ConfigError, entries, with_values
from mattermost_site.config.file_backend import FileBackend
from mattermost_site.config.store import Store
from tests.config.conftest import MakeStore, ReadFile, WriteFile

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "postgres://chat@db/chat"
SECRET = re.compile(r"[a-z0-9]{32}")


class TestFirstStart:
    def test_it_writes_every_section_of_the_contract(
        self, make_store: MakeStore, read_file: ReadFile, contract: Any
    ) -> None:
        make_store().load()
        assert list(read_file()) == list(contract("config-default.json"))

    def test_it_chooses_sqlite(self, make_store: MakeStore, read_file: ReadFile) -> None:
        make_store().load()
        written = read_file()["SqlSettings"]
        assert (written["DriverName"], written["DataSource"]) == ("sqlite", "data/mattermost.db")

    def test_it_chooses_a_folder_for_files(self, make_store: MakeStore) -> None:
        files = make_store().load().file
        assert (files.driver_name, files.directory) == ("local", "./data/files/")

    @pytest.mark.parametrize(
        "environ",
        [
            {"MM_SQLSETTINGS_DATASOURCE": DATABASE},
            {"MM_SQLSETTINGS_DRIVERNAME": "postgres", "MM_SQLSETTINGS_DATASOURCE": DATABASE},
        ],
    )
    def test_it_keeps_the_known_defaults_for_a_database_of_the_environment(
        self, make_store: MakeStore, environ: dict[str, str]
    ) -> None:
        config = make_store(**environ).load()
        assert (config.sql.driver_name, config.file.directory) == ("postgres", "./data/")

    def test_it_is_embedded_when_the_environment_says_sqlite(self, make_store: MakeStore) -> None:
        assert make_store(MM_SQLSETTINGS_DRIVERNAME="sqlite").load().sql.data_source == "data/mattermost.db"

    @pytest.mark.parametrize(
        ("section", "key"), [("SqlSettings", "AtRestEncryptKey"), ("FileSettings", "PublicLinkSalt")]
    )
    def test_it_makes_secrets(self, make_store: MakeStore, read_file: ReadFile, section: str, key: str) -> None:
        make_store().load()
        assert SECRET.fullmatch(read_file()[section][key])

    def test_two_installations_have_different_secrets(self, tmp_path: Path) -> None:
        one, two = (Store({"MM_CONFIG": str(tmp_path / name)}).load() for name in ("one.json", "two.json"))
        assert one.sql.at_rest_encrypt_key != two.sql.at_rest_encrypt_key

    def test_the_second_start_finds_the_same_secrets(self, make_store: MakeStore) -> None:
        assert make_store().load() == make_store().load()

    def test_nobody_else_may_read_it(self, make_store: MakeStore, file: Path) -> None:
        make_store().load()
        assert file.stat().st_mode & 0o777 == 0o600

    def test_it_leaves_nothing_else(self, make_store: MakeStore, file: Path) -> None:
        make_store().load()
        assert [entry.name for entry in file.parent.iterdir()] == ["config.json"]

    def test_without_a_name_it_is_config_json_of_the_working_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Store({}).load()
        assert Path("config/config.json").is_file()

    def test_a_wrong_variable_leaves_no_file(self, make_store: MakeStore, file: Path) -> None:
        with pytest.raises(ConfigError):
            make_store(MM_FILESETTINGS_MAXFILESIZE="big").load()
        assert not file.exists()


class TestExistingFile:
    def test_one_of_another_server_is_understood(
        self, foreign_file: Path, make_store: MakeStore, write_file: WriteFile
    ) -> None:
        write_file(foreign_file.read_text())
        config = make_store().load()
        assert (config.team.max_users_per_team, config.file.directory) == (2000, "./data/")

    def test_one_of_another_server_is_not_touched(
        self, foreign_file: Path, make_store: MakeStore, write_file: WriteFile, file: Path
    ) -> None:
        write_file(foreign_file.read_text())
        make_store().load()
        assert file.read_text() == foreign_file.read_text()

    def test_missing_secrets_are_made(self, make_store: MakeStore, write_file: WriteFile, read_file: ReadFile) -> None:
        write_file({"FileSettings": {"PublicLinkSalt": "s" * 40}})
        make_store().load()
        written = read_file()
        assert (len(written["SqlSettings"]["AtRestEncryptKey"]), written["FileSettings"]) == (
            32,
            {"PublicLinkSalt": "s" * 40},
        )

    def test_secrets_of_the_environment_are_not_made(
        self, make_store: MakeStore, write_file: WriteFile, read_file: ReadFile
    ) -> None:
        write_file({"FileSettings": {"PublicLinkSalt": "s" * 40}})
        make_store(MM_SQLSETTINGS_ATRESTENCRYPTKEY="k" * 32).load()
        assert "SqlSettings" not in read_file()

    def test_null_is_the_default(self, make_store: MakeStore, write_file: WriteFile) -> None:
        write_file({"TeamSettings": {"SiteName": None}, "EmailSettings": None})
        assert make_store().load().team.site_name == "Mattermost"

    @pytest.mark.parametrize(
        ("document", "sentence"),
        [
            (
                {"FileSettings": {"MaxFileSize": "big"}},
                'FileSettings.MaxFileSize must be a whole number of at least 1, not "big".',
            ),
            (
                {"FileSettings": {"MaxFileSize": 1.5}},
                "FileSettings.MaxFileSize must be a whole number of at least 1, not 1.5.",
            ),
            (
                {"FileSettings": {"MaxFileSize": True}},
                "FileSettings.MaxFileSize must be a whole number of at least 1, not true.",
            ),
            ({"FileSettings": {"MaxFileSize": 0}}, "FileSettings.MaxFileSize must be a whole number of at least 1."),
            (
                {"ServiceSettings": {"EnableCommands": 1}},
                "ServiceSettings.EnableCommands must be true or false, not 1.",
            ),
            ({"ServiceSettings": []}, "ServiceSettings must be an object."),
            ({"AutoTranslationSettings": {"TimeoutsMs": 5}}, "AutoTranslationSettings.TimeoutsMs must be an object."),
            ({"SqlSettings": {"DriverName": "mysql"}}, "SqlSettings.DriverName must be one of postgres, sqlite."),
        ],
    )
    def test_a_wrong_value_is_named(
        self, make_store: MakeStore, write_file: WriteFile, document: dict[str, Any], sentence: str
    ) -> None:
        write_file(document)
        with pytest.raises(ConfigError) as refusal:
            make_store().load()
        assert str(refusal.value) == sentence

    @pytest.mark.parametrize("text", ["{", "[]", "", "\ud800".encode("utf-8", "surrogatepass")])
    def test_what_is_no_configuration_is_named(self, make_store: MakeStore, file: Path, text: str | bytes) -> None:
        file.parent.mkdir()
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ConfigError, match=re.escape(str(file))):
            make_store().load()

    def test_a_folder_that_cannot_be_used_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "occupied").write_text("")
        with pytest.raises(ConfigError, match="occupied"):
            Store({"MM_CONFIG": str(tmp_path / "occupied" / "config.json")}).load()


class TestSave:
    @pytest.fixture
    def kept(self) -> dict[str, Any]:
        """A short file with what only others know."""
        return {
            "FocalboardSettings": {"Enable": True},
            "TeamSettings": {"SiteName": "Here", "NewKey": [1, {"a": None}]},
            "SqlSettings": {"AtRestEncryptKey": "k" * 32},
            "FileSettings": {"PublicLinkSalt": "s" * 32},
            "WebClientSettings": {"Directory": "/srv/client", "Later": 1},
        }

    def test_it_adds_only_what_was_changed(
        self, make_store: MakeStore, write_file: WriteFile, read_file: ReadFile, kept: dict[str, Any]
    ) -> None:
        write_file(kept)
        make_store().patch({"TeamSettings": {"MaxUsersPerTeam": 7}, "EmailSettings": {"SMTPServer": "mail"}})
        kept["TeamSettings"]["MaxUsersPerTeam"] = 7
        assert read_file() == {**kept, "EmailSettings": {"SMTPServer": "mail"}}

    def test_it_keeps_unknown_keys_when_everything_is_saved(
        self, make_store: MakeStore, write_file: WriteFile, read_file: ReadFile, kept: dict[str, Any]
    ) -> None:
        write_file(kept)
        store = make_store()
        store.save({"TeamSettings": {"SiteName": "There"}, "FocalboardSettings": {"Enable": False}})
        kept["TeamSettings"]["SiteName"] = "There"
        assert read_file() == kept

    def test_a_whole_configuration_replaces_the_states_of_plugins(
        self, make_store: MakeStore, read_file: ReadFile
    ) -> None:
        make_store().save({"PluginSettings": {"PluginStates": {"mine": {"Enable": True}}}})
        assert read_file()["PluginSettings"]["PluginStates"] == {"mine": {"Enable": True}}

    def test_it_returns_what_was_and_what_is(self, make_store: MakeStore) -> None:
        old, new = make_store().patch({"TeamSettings": {"SiteName": "There"}})
        assert (old.team.site_name, new.team.site_name) == ("Mattermost", "There")

    def test_it_writes_nothing_that_is_not_allowed(self, make_store: MakeStore, file: Path) -> None:
        store = make_store()
        store.load()
        before = file.read_text()
        with pytest.raises(ConfigError):
            store.patch({"TeamSettings": {"SiteName": "There", "MaxUsersPerTeam": 0}})
        assert file.read_text() == before

    def test_what_is_not_allowed_does_not_come_into_force(self, make_store: MakeStore) -> None:
        store = make_store()
        with pytest.raises(ConfigError):
            store.patch({"TeamSettings": {"SiteName": "There", "MaxUsersPerTeam": 0}})
        assert store.current().team.site_name == "Mattermost"

    def test_it_does_not_write_without_a_change(self, make_store: MakeStore, file: Path) -> None:
        store = make_store()
        store.load()
        before = file.stat().st_ino
        store.patch({"TeamSettings": {"SiteName": "Mattermost"}})
        assert file.stat().st_ino == before

    def test_feature_flags_are_not_written(self, make_store: MakeStore, read_file: ReadFile) -> None:
        store = make_store()
        store.save(with_values(store.current(), {"FeatureFlags.BurnOnRead": True, "TeamSettings.SiteName": "There"}))
        assert ("FeatureFlags" in read_file(), read_file()["TeamSettings"]["SiteName"]) == (False, "There")

    def test_changes_of_another_process_survive(self, make_store: MakeStore, read_file: ReadFile) -> None:
        here, there = make_store(), make_store()
        here.load()
        there.load()
        there.patch({"TeamSettings": {"SiteName": "There"}})
        here.save({"TeamSettings": {"SiteName": "Mattermost", "MaxUsersPerTeam": 7}})
        assert (read_file()["TeamSettings"]["SiteName"], here.current().team.site_name) == ("There", "There")

    def test_a_symbolic_link_stays_one(self, make_store: MakeStore, file: Path, tmp_path: Path) -> None:
        make_store().load()
        target = file.rename(tmp_path / "real.json")
        file.symlink_to(target)
        make_store().patch({"TeamSettings": {"SiteName": "There"}})
        assert (file.is_symlink(), json.loads(target.read_text())["TeamSettings"]["SiteName"]) == (True, "There")

    def test_a_file_that_cannot_be_replaced_is_written(
        self, make_store: MakeStore, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = make_store()
        store.load()

        def busy(source: str, target: Path) -> None:
            raise OSError(16, "Device or resource busy")

        monkeypatch.setattr(os, "replace", busy)
        store.patch({"TeamSettings": {"SiteName": "There"}})
        assert [json.loads(entry.read_text())["TeamSettings"]["SiteName"] for entry in file.parent.iterdir()] == [
            "There"
        ]

    def test_a_full_disk_leaves_the_old_file(
        self, make_store: MakeStore, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = make_store()
        store.load()
        before = file.read_text()

        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ConfigError, match="cannot be written: No space left on device"):
            store.patch({"TeamSettings": {"SiteName": "There"}})
        assert [entry.read_text() for entry in file.parent.iterdir()] == [before]


class TestTwoProcesses:
    """Each changes many settings, one after another; meanwhile somebody reads."""

    PROGRAM = """
import sys
from mattermost_site.config.store import Store
store = Store({"MM_CONFIG": sys.argv[1]})
for key in sys.argv[3:]:
    store.patch({sys.argv[2]: {key: "changed " * 200}})
"""
    KEYS = {
        section: [
            e.keys[-1] for e in entries().values() if e.section == section and e.kind is str and not e.setting.rules
        ]
        for section in ("LdapSettings", "SamlSettings")
    }

    def test_they_lose_nothing(self, file: Path, read_file: ReadFile) -> None:
        self._write_at_once(file)
        document = read_file()
        lost = [(part, key) for part, keys in self.KEYS.items() for key in keys if "changed" not in document[part][key]]
        assert lost == []

    def test_a_reader_never_meets_half_a_file(self, file: Path, make_store: MakeStore) -> None:
        make_store().load()
        met = self._write_at_once(file, read=FileBackend(file).read)
        assert [len(document or ()) for document in met] == [44] * max(len(met), 1)

    def _write_at_once(self, file: Path, read: Any = None) -> list[Any]:
        command = [sys.executable, "-c", self.PROGRAM, str(file)]
        running = [subprocess.Popen([*command, section, *keys], cwd=ROOT) for section, keys in self.KEYS.items()]
        seen = []
        while read and any(process.poll() is None for process in running):
            seen.append(read())
        assert [process.wait(timeout=60) for process in running] == [0, 0]
        return seen

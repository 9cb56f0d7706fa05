"""Who sees and changes which settings over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mattermost_site.config import Config, ConfigError, as_json, merge, with_values
from mattermost_site.config.errors import WRONG_TYPE
from tests.config.conftest import MakeStore

CONSOLES = ("site_public_links", "site_emoji")  # of the helper of zz_system_roles


def holder(*permissions: str) -> Callable[[str], bool]:
    """Somebody with these permissions."""
    return lambda permission: permission in permissions


READER = holder(*(f"sysconsole_read_{console}" for console in CONSOLES))
WRITER = holder("sysconsole_write_site_public_links")


class TestReading:
    @pytest.mark.parametrize(
        ("section", "key", "shown"),
        [
            ("FileSettings", "EnablePublicLink", False),
            ("ServiceSettings", "EnableCustomEmoji", True),
            ("FileSettings", "Directory", None),
            ("PasswordSettings", "MinimumLength", None),
            ("SqlSettings", "DataSource", None),
            ("JobSettings", "RunJobs", None),
        ],
    )
    def test_only_the_opened_parts_are_shown(self, sound: Config, section: str, key: str, shown: Any) -> None:
        assert as_json(sound, readable=READER)[section][key] is shown

    def test_a_setting_of_several_consoles_is_open_to_each(self, sound: Config) -> None:
        shown = as_json(sound, readable=holder("sysconsole_read_authentication_saml"))
        assert shown["ServiceSettings"]["SiteURL"] == ""

    def test_manage_system_opens_everything(self, sound: Config) -> None:
        assert as_json(sound, readable=holder("manage_system")) == as_json(sound)

    def test_every_section_is_there(self, sound: Config, recorded: Any) -> None:
        step = next(step for step in recorded("system_config_read") if step.get("note") == "sections")
        assert sorted(as_json(sound)) == step["body"]["sections"]

    def test_settings_of_our_own_are_not(self, sound: Config) -> None:
        own = with_values(sound, {"WebClientSettings.Directory": "/srv/client"})
        assert "WebClientSettings" not in as_json(own)

    def test_defaults_can_be_left_out(self, sound: Config) -> None:
        changed = with_values(sound, {"ServiceSettings.EnableAPITeamDeletion": True})
        shown = as_json(changed, remove_defaults=True)
        assert shown["ServiceSettings"] == {"EnableAPITeamDeletion": True}

    def test_without_defaults_nothing_closed_is_named(self, sound: Config) -> None:
        changed = with_values(sound, {"ServiceSettings.EnableCustomEmoji": False, "TeamSettings.SiteName": "Here"})
        shown = as_json(changed, remove_defaults=True, readable=holder("sysconsole_read_site_emoji"))
        assert shown == {"ServiceSettings": {"EnableCustomEmoji": False}}


class TestWriting:
    def test_what_is_open_is_changed(self, sound: Config) -> None:
        changed = merge(sound, {"FileSettings": {"EnablePublicLink": True}}, writable=WRITER)
        assert changed.file.enable_public_link is True

    def test_what_is_closed_is_left_as_it_is(self, sound: Config) -> None:
        body = {"FileSettings": {"MaxFileSize": 5}, "PasswordSettings": {"MinimumLength": 20}}
        assert merge(sound, body, writable=WRITER) == sound

    def test_what_is_closed_may_even_be_nonsense(self, sound: Config) -> None:
        assert merge(sound, {"PasswordSettings": {"MinimumLength": "long"}}, writable=WRITER) == sound

    def test_null_leaves_a_setting_as_it_is(self, sound: Config) -> None:
        assert merge(sound, as_json(sound, readable=READER), replace_objects=True) == sound

    def test_absent_settings_stay(self, sound: Config) -> None:
        own = with_values(sound, {"TeamSettings.SiteName": "Here"})
        assert merge(own, {"TeamSettings": {}}, replace_objects=True) == own

    @pytest.mark.parametrize(
        "body",
        [
            {"WebClientSettings": {"Directory": "/etc"}},
            {"FeatureFlags": {"BurnOnRead": True}},
            {"NoSettings": {"A": 1}},
            {"TeamSettings": {"NoKey": 1}},
        ],
    )
    def test_what_the_api_does_not_set_is_ignored(self, sound: Config, body: dict[str, Any]) -> None:
        assert merge(sound, body, writable=holder("manage_system")) == sound

    @pytest.mark.parametrize("body", [None, [], "x", {"TeamSettings": []}, {"FileSettings": {"MaxFileSize": "big"}}])
    def test_another_type_is_refused(self, sound: Config, body: Any) -> None:
        with pytest.raises(ConfigError) as refusal:
            merge(sound, body)
        assert (refusal.value.id, refusal.value.status, refusal.value.params["Name"]) == (WRONG_TYPE, 400, "config")

    def test_a_patch_adds_to_the_states_of_plugins(self, sound: Config) -> None:
        changed = merge(sound, {"PluginSettings": {"PluginStates": {"mine": {"Enable": True}}}})
        assert set(changed.plugin.plugin_states) == {*sound.plugin.plugin_states, "mine"}

    def test_a_whole_configuration_replaces_the_states_of_plugins(self, sound: Config) -> None:
        body = {"PluginSettings": {"PluginStates": {"mine": {"Enable": True}}}}
        assert merge(sound, body, replace_objects=True).plugin.plugin_states == {"mine": {"Enable": True}}

    def test_it_is_asked_when_a_store_saves(self, make_store: MakeStore) -> None:
        store = make_store()
        store.patch({"FileSettings": {"EnablePublicLink": True, "MaxFileSize": 5}}, writable=WRITER)
        assert (store.current().file.enable_public_link, store.current().file.max_file_size) == (True, 104857600)


class TestRestrictedAdministrators:
    """``ExperimentalSettings.RestrictSystemAdmin`` keeps the machine out of the API's reach."""

    @pytest.fixture
    def restricted(self, sound: Config) -> Config:
        """A configuration with the restriction."""
        return with_values(sound, {"ExperimentalSettings.RestrictSystemAdmin": True})

    @pytest.mark.parametrize(
        "body",
        [
            {"ServiceSettings": {"ListenAddress": ":1"}},
            {"SqlSettings": {"DataSource": "postgres://elsewhere/chat"}},
            {"FileSettings": {"Directory": "/"}},
            {"ExperimentalSettings": {"RestrictSystemAdmin": False}},
        ],
    )
    def test_the_machine_cannot_be_changed(self, restricted: Config, body: dict[str, Any]) -> None:
        assert merge(restricted, body, writable=holder("manage_system")) == restricted

    @pytest.mark.parametrize(
        "body", [{"TeamSettings": {"SiteName": "Here"}}, {"FileSettings": {"EnablePublicLink": True}}]
    )
    def test_the_product_can(self, restricted: Config, body: dict[str, Any]) -> None:
        assert merge(restricted, body, writable=holder("manage_system")) != restricted

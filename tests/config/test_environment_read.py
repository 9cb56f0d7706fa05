"""Settings from environment variables: they win, are never written, and a wrong one stops the start by its name."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from mattermost_site.config import ConfigError, value_of
from mattermost_site.config.entries import entries
from mattermost_site.config.environment import read_environment
from mattermost_site.config.exchange import names_as_json
from tests.config.conftest import MakeStore, ReadFile, WriteFile


def test_it_wins_over_the_file(make_store: MakeStore, write_file: WriteFile) -> None:
    write_file({"TeamSettings": {"SiteName": "File"}})
    assert make_store(MM_TEAMSETTINGS_SITENAME="Environment").current().team.site_name == "Environment"


def test_the_file_wins_over_the_default(make_store: MakeStore, write_file: WriteFile) -> None:
    write_file({"TeamSettings": {"SiteName": "File"}})
    assert make_store().current().team.site_name == "File"


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("MM_SERVICESETTINGS_SITEURL", "https://example.com", "ServiceSettings.SiteURL", "https://example.com"),
        ("MM_SERVICESETTINGS_SITEURL", "", "ServiceSettings.SiteURL", ""),
        ("MM_SERVICESETTINGS_ENABLEDEVELOPER", "true", "ServiceSettings.EnableDeveloper", True),
        ("MM_SERVICESETTINGS_ENABLEDEVELOPER", "1", "ServiceSettings.EnableDeveloper", True),
        ("MM_SERVICESETTINGS_ENABLEDEVELOPER", "T", "ServiceSettings.EnableDeveloper", True),
        ("MM_SERVICESETTINGS_ENABLECOMMANDS", "False", "ServiceSettings.EnableCommands", False),
        ("MM_SERVICESETTINGS_ENABLECOMMANDS", "0", "ServiceSettings.EnableCommands", False),
        ("MM_SERVICESETTINGS_ENABLECOMMANDS", "f", "ServiceSettings.EnableCommands", False),
        ("MM_FILESETTINGS_MAXFILESIZE", "1048576", "FileSettings.MaxFileSize", 1048576),
        ("MM_SERVICESETTINGS_POSTEDITTIMELIMIT", "-1", "ServiceSettings.PostEditTimeLimit", -1),
        ("MM_SERVICESETTINGS_TRUSTEDPROXYIPHEADER", "X-A X-B", "ServiceSettings.TrustedProxyIPHeader", ("X-A", "X-B")),
        ("MM_SERVICESETTINGS_TRUSTEDPROXYIPHEADER", '["X-A"]', "ServiceSettings.TrustedProxyIPHeader", ("X-A",)),
        ("MM_SERVICESETTINGS_TRUSTEDPROXYIPHEADER", "", "ServiceSettings.TrustedProxyIPHeader", ()),
        (
            "MM_PLUGINSETTINGS_PLUGINSTATES",
            '{"a": {"Enable": true}}',
            "PluginSettings.PluginStates",
            {"a": {"Enable": True}},
        ),
        (
            "MM_MESSAGEEXPORTSETTINGS_GLOBALRELAYSETTINGS_CUSTOMERTYPE",
            "A10",
            "MessageExportSettings.GlobalRelaySettings.CustomerType",
            "A10",
        ),
        ("MM_FEATUREFLAGS_BURNONREAD", "true", "FeatureFlags.BurnOnRead", True),
        ("MM_WEBCLIENT_DIRECTORY", "/srv/client", "WebClientSettings.Directory", "/srv/client"),
        ("MM_WEBCLIENTSETTINGS_DIRECTORY", "/srv/client", "WebClientSettings.Directory", "/srv/client"),
    ],
)
def test_it_reads(make_store: MakeStore, variable: str, text: str, name: str, value: Any) -> None:
    assert value_of(make_store(**{variable: text}).current(), entries()[name]) == value


@pytest.mark.parametrize(
    ("variable", "text", "sentence"),
    [
        ("MM_SERVICESETTINGS_ENABLECOMMANDS", "yes", "must be true or false, not 'yes'."),
        ("MM_SERVICESETTINGS_ENABLECOMMANDS", "", "must be true or false, not ''."),
        ("MM_CLUSTERSETTINGS_GOSSIPPORT", "eight", "must be a whole number from 1 to 65535, not 'eight'."),
        ("MM_CLUSTERSETTINGS_GOSSIPPORT", "70000", "must be a whole number from 1 to 65535."),
        ("MM_TEAMSETTINGS_RESTRICTDIRECTMESSAGE", "nobody", "must be one of any, team."),
        ("MM_PLUGINSETTINGS_PLUGINSTATES", "[1]", "must be an object, not [1]."),
        ("MM_PLUGINSETTINGS_PLUGINSTATES", "{", "must be an object, not '{'."),
        ("MM_SERVICESETTINGS_TRUSTEDPROXYIPHEADER", "[1]", "must be a list of texts, not [1]."),
    ],
)
def test_a_wrong_value_is_named(make_store: MakeStore, variable: str, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        make_store(**{variable: text}).load()
    assert str(refusal.value) == f"{variable} {sentence}"


def test_a_wrong_value_of_a_secret_is_not_shown() -> None:
    with pytest.raises(ConfigError) as refusal:
        read_environment({"MM_SQLSETTINGS_DATASOURCEREPLICAS": '["postgres://user:hidden@db/x"'})
    assert "hidden" not in str(refusal.value)


def test_an_unknown_setting_of_a_known_section_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        read_environment({"MM_SERVICESETTINGS_SITURL": "https://example.com"})
    assert "MM_SERVICESETTINGS_SITURL" in caplog.text


@pytest.mark.parametrize("variable", ["MM_CONFIG", "MM_LICENSE", "PATH", "MM_SERVICESETTINGSX_SITEURL"])
def test_other_variables_are_no_matter(variable: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert (read_environment({variable: "x"}), caplog.text) == ({}, "")


def test_it_is_not_written_at_the_first_start(make_store: MakeStore, read_file: ReadFile) -> None:
    make_store(MM_SERVICESETTINGS_SITEURL="https://example.com").load()
    assert read_file()["ServiceSettings"]["SiteURL"] == ""


def test_it_is_not_written_when_everything_is_saved(
    make_store: MakeStore, write_file: WriteFile, read_file: ReadFile
) -> None:
    write_file({"TeamSettings": {"SiteName": "File"}})
    store = make_store(MM_TEAMSETTINGS_SITENAME="Environment")
    store.save({"TeamSettings": {"SiteName": "Environment", "MaxUsersPerTeam": 7}})
    assert read_file()["TeamSettings"] == {"SiteName": "File", "MaxUsersPerTeam": 7}


def test_it_cannot_be_changed(make_store: MakeStore) -> None:
    store = make_store(MM_TEAMSETTINGS_SITENAME="Environment")
    store.patch({"TeamSettings": {"SiteName": "Patch"}})
    assert store.current().team.site_name == "Environment"


def test_a_change_of_it_leaves_the_file_alone(
    make_store: MakeStore, write_file: WriteFile, read_file: ReadFile
) -> None:
    write_file({"TeamSettings": {"SiteName": "File"}})
    make_store(MM_TEAMSETTINGS_SITENAME="Environment").patch({"TeamSettings": {"SiteName": "Patch"}})
    assert read_file()["TeamSettings"] == {"SiteName": "File"}


def test_it_is_shown_where_it_sets_something(make_store: MakeStore) -> None:
    store = make_store(
        MM_SERVICESETTINGS_SITEURL="https://example.com",
        MM_MESSAGEEXPORTSETTINGS_GLOBALRELAYSETTINGS_CUSTOMERTYPE="A10",
    )
    assert names_as_json(store.environment_overrides()) == {
        "ServiceSettings": {"SiteURL": True},
        "MessageExportSettings": {"GlobalRelaySettings": {"CustomerType": True}},
    }


def test_it_is_shown_to_those_who_may_see_the_setting(make_store: MakeStore) -> None:
    store = make_store(MM_SERVICESETTINGS_SITEURL="https://example.com", MM_PASSWORDSETTINGS_MINIMUMLENGTH="9")
    shown = names_as_json(
        store.environment_overrides(),
        readable=lambda permission: permission == "sysconsole_read_authentication_password",
    )
    assert shown == {"PasswordSettings": {"MinimumLength": True}}


def test_settings_of_our_own_are_not_shown(make_store: MakeStore) -> None:
    assert names_as_json(make_store(MM_WEBCLIENT_DIRECTORY="/srv/client").environment_overrides()) == {}

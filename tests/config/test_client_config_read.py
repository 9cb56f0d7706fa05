"""What clients are told of the settings, held against what a server of this kind told them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from typing import Any

import pytest

from mattermost_site import config
from mattermost_site.config import Config, merge, with_values
from mattermost_site.config.client import Facts, client_config, client_config_hash, limited_client_config
from tests.config.conftest import SHARED

Load = Callable[[str], Any]

# The recorded server had these in its environment (they are not in the file it left behind).
RECORDED_ENVIRONMENT = {
    "ServiceSettings.SiteURL": "http://127.0.0.1:8065",
    "LogSettings.EnableFile": False,
    "LogSettings.EnableDiagnostics": False,
    "PluginSettings.Enable": False,
}
# It had no licence, and showed nothing of what it thought to need one. Here the settings count.
# The recorded server lends its maker's key for pictures; without a key of one's own there is no picker here.
OWN_KEY = {"EnableGifPicker": "false", "GiphySdkKey": ""}
SETTINGS_COUNT = OWN_KEY | {
    "AllowBannerDismissal": "true",
    "BannerColor": "#f2a93b",
    "BannerTextColor": "#333333",
    "DataRetentionFileRetentionHours": "8760",
    "DataRetentionMessageRetentionHours": "8760",
    "DefaultTheme": "default",
    "EnableCustomGroups": "true",
    "LdapLoginButtonBorderColor": "#2389D7",
    "LdapLoginButtonColor": "#0000",
    "LdapLoginButtonTextColor": "#2389D7",
    "OpenIdButtonColor": "#145DBF",
    "SamlLoginButtonBorderColor": "#2389D7",
    "SamlLoginButtonColor": "#34a28b",
    "SamlLoginButtonText": "SAML",
    "SamlLoginButtonTextColor": "#ffffff",
}


@pytest.fixture(scope="module")
def sent(contract: Load) -> dict[str, dict[str, str]]:
    """client-config.json: ``logged_out`` and ``logged_in_adds``."""
    loaded: dict[str, dict[str, str]] = contract("client-config.json")
    return loaded


@pytest.fixture(scope="module")
def facts(sent: dict[str, dict[str, str]]) -> Facts:
    """The facts of the recorded server."""
    before, after = sent["logged_out"], sent["logged_in_adds"]
    return Facts(
        installation_date=int(after["InstallationDate"]),
        schema_version=int(after["SchemaVersion"]),
        diagnostic_id=before["DiagnosticId"],
        asymmetric_signing_public_key=before["AsymmetricSigningPublicKey"],
        service_environment=before["ServiceEnvironment"],
    )


@pytest.fixture(scope="module")
def recorded_settings() -> Config:
    """The settings of the recorded server: its environment, and what the scenarios' program set."""
    spec = importlib.util.spec_from_file_location("recorded_settings", SHARED / "conformance" / "run.py")
    assert spec and spec.loader
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return merge(with_values(Config(), RECORDED_ENVIRONMENT), program.CONFIG)


class TestRecording:
    def test_before_the_login_it_is_the_recorded_one(
        self, sent: dict[str, dict[str, str]], recorded_settings: Config, facts: Facts
    ) -> None:
        told = limited_client_config(recorded_settings, facts)
        want = sent["logged_out"] | {key: SETTINGS_COUNT[key] for key in SETTINGS_COUNT if key in sent["logged_out"]}
        assert {key: told.get(key) for key in want} == want

    def test_after_the_login_it_is_the_recorded_one(
        self, sent: dict[str, dict[str, str]], recorded_settings: Config, facts: Facts
    ) -> None:
        told = client_config(recorded_settings, facts)
        want = sent["logged_out"] | sent["logged_in_adds"] | SETTINGS_COUNT
        assert {key: told.get(key) for key in want} == want

    def test_before_the_login_no_key_is_told_that_was_kept(
        self, sent: dict[str, dict[str, str]], recorded_settings: Config, facts: Facts
    ) -> None:
        told = limited_client_config(recorded_settings, facts)
        assert told.keys() & (sent["logged_in_adds"].keys() - sent["logged_out"].keys()) == set()

    def test_every_key_that_clients_read_is_there(self, sound: Config, facts: Facts) -> None:
        described = (SHARED / "contract" / "bootstrap.md").read_text()
        described = described[described.index("## 6. Client configuration") : described.index("### 6.4")]
        keys = set(re.findall(r"`([A-Z][A-Za-z0-9]+)`", described)) - {"FeatureFlag"}
        assert keys - client_config(sound, facts).keys() == set()


class TestValues:
    @pytest.mark.parametrize(
        ("values", "key", "text"),
        [
            ({"ServiceSettings.SiteURL": "https://example.com/chat/"}, "SiteURL", "https://example.com/chat"),
            ({"PasswordSettings.MinimumLength": 12}, "PasswordMinimumLength", "12"),
            ({"DisplaySettings.CustomURLSchemes": ("git", "steam")}, "CustomUrlSchemes", "git,steam"),
            ({"ServiceSettings.GiphySdkKey": "own"}, "GiphySdkKey", "own"),
            ({"PluginSettings.MarketplaceURL": "https://example.com"}, "IsDefaultMarketplace", "false"),
            ({"LdapSettings.PictureAttribute": "photo"}, "LdapPictureAttributeSet", "true"),
            (
                {"DataRetentionSettings.MessageRetentionHours": 5, "DataRetentionSettings.MessageRetentionDays": 0},
                "DataRetentionMessageRetentionHours",
                "5",
            ),
            ({"DataRetentionSettings.FileRetentionDays": 2}, "DataRetentionFileRetentionHours", "48"),
            ({"ConnectedWorkspacesSettings.EnableSharedChannels": True}, "ExperimentalSharedChannels", "true"),
            ({"FeatureFlags.BurnOnRead": True}, "EnableBurnOnRead", "true"),
            ({"FeatureFlags.TestFeature": "on"}, "FeatureFlagTestFeature", "on"),
            ({"AutoTranslationSettings.Enable": True}, "EnableAutoTranslation", "false"),
            (
                {"AutoTranslationSettings.Enable": True, "FeatureFlags.AutoTranslation": True},
                "EnableAutoTranslation",
                "true",
            ),
            ({"ContentFlaggingSettings.EnableContentFlagging": True}, "ContentFlaggingEnabled", "true"),
            ({"ServiceSettings.ScheduledPosts": False}, "ScheduledPosts", "false"),
            ({"SqlSettings.DriverName": "sqlite"}, "SQLDriverName", "sqlite"),
        ],
    )
    def test_it_follows_the_settings(
        self, sound: Config, facts: Facts, values: dict[str, Any], key: str, text: str
    ) -> None:
        assert client_config(with_values(sound, values), facts)[key] == text

    @pytest.mark.parametrize(("no_accounts", "text"), [(True, "true"), (False, "false")])
    def test_it_tells_whether_somebody_has_an_account(self, sound: Config, no_accounts: bool, text: str) -> None:
        assert limited_client_config(sound, Facts(no_accounts=no_accounts))["NoAccounts"] == text

    def test_every_value_is_a_text(self, sound: Config, facts: Facts) -> None:
        assert {type(value) for value in client_config(sound, facts).values()} == {str}

    def test_no_secret_is_told(self, sound: Config, facts: Facts) -> None:
        secret = {entry.name for entry in config.entries().values() if entry.setting.secret and entry.kind is str}
        told = client_config(with_values(sound, dict.fromkeys(secret, "hidden")), facts)
        assert [key for key, value in told.items() if "hidden" in value] == []

    def test_without_a_public_key_there_is_no_key_for_it(self, sound: Config) -> None:
        assert "AsymmetricSigningPublicKey" not in limited_client_config(sound, Facts())

    def test_a_caller_cannot_spoil_it_for_the_next(self, sound: Config, facts: Facts) -> None:
        client_config(sound, facts)["SiteName"] = "spoilt"
        assert client_config(sound, facts)["SiteName"] == "Mattermost"


class TestHash:
    def test_it_is_another_after_a_change_that_clients_see(self) -> None:
        before = client_config_hash()
        with config.override(**{"TeamSettings.SiteName": "There"}):
            assert client_config_hash() != before

    def test_it_is_the_same_again_when_the_change_is_undone(self) -> None:
        before = client_config_hash()
        with config.override(**{"TeamSettings.SiteName": "There"}):
            client_config_hash()
        assert client_config_hash() == before

    def test_it_is_the_same_after_a_change_that_clients_do_not_see(self) -> None:
        before = client_config_hash()
        with config.override(**{"EmailSettings.SMTPServer": "mail.example.com"}):
            assert client_config_hash() == before

    def test_it_fits_a_header(self) -> None:
        assert re.fullmatch(r"[0-9a-f]{32}", client_config_hash())

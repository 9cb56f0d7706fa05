"""Values that are not allowed: the rule that refuses them, by its error id and the name of the setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from mattermost_site.catalogue import texts
from mattermost_site.config import Config, ConfigError, check_remote_change, merge, validate, with_values
from mattermost_site.errors import AppError

LDAP = {
    "LdapSettings.Enable": True,
    "LdapSettings.LdapServer": "ldap",
    "LdapSettings.BaseDN": "dc=x",
    "LdapSettings.EmailAttribute": "mail",
    "LdapSettings.UsernameAttribute": "uid",
    "LdapSettings.IdAttribute": "uid",
    "LdapSettings.LoginIdAttribute": "uid",
}
SAML = {
    "SamlSettings.Enable": True,
    "SamlSettings.IdpURL": "https://idp.example.com/sso",
    "SamlSettings.IdpDescriptorURL": "https://idp.example.com",
    "SamlSettings.IdpCertificateFile": "idp.crt",
    "SamlSettings.EmailAttribute": "Email",
    "SamlSettings.UsernameAttribute": "Username",
    "SamlSettings.ServiceProviderIdentifier": "chat",
    "SamlSettings.AssertionConsumerServiceURL": "https://chat.example.com/login/sso/saml",
    "SamlSettings.PrivateKeyFile": "sp.key",
    "SamlSettings.PublicCertificateFile": "sp.crt",
}
RELAY = "MessageExportSettings.GlobalRelaySettings"
EXPORT = {"MessageExportSettings.EnableExport": True, "MessageExportSettings.ExportFormat": "globalrelay"}
PROXY = {"ImageProxySettings.Enable": True, "ImageProxySettings.ImageProxyType": "atmos/camo"}
TARGETS = "ContentFlaggingSettings.NotificationSettings.EventTargetMapping"


def refusal_of(config: Config) -> ConfigError:
    """The error that the rules raise for a configuration."""
    with pytest.raises(ConfigError) as refusal:
        validate(config)
    return refusal.value


RECORDED = [
    ("file size zero", {"FileSettings": {"MaxFileSize": 0}}),
    ("file size negative", {"FileSettings": {"MaxFileSize": -1}}),
    ("unknown driver", {"FileSettings": {"DriverName": "tape"}}),
    ("users per team zero", {"TeamSettings": {"MaxUsersPerTeam": 0}}),
    ("channels per team zero", {"TeamSettings": {"MaxChannelsPerTeam": 0}}),
    ("unknown rule for direct messages", {"TeamSettings": {"RestrictDirectMessage": "nobody"}}),
    ("unknown display of names", {"TeamSettings": {"TeammateNameDisplay": "initials"}}),
    ("site name too long", {"TeamSettings": {"SiteName": "x" * 31}}),
    ("password too short", {"PasswordSettings": {"MinimumLength": 4}}),
    ("password too long", {"PasswordSettings": {"MinimumLength": 73}}),
    ("salt too short", {"FileSettings": {"PublicLinkSalt": "abc"}}),
    ("threads", {"ServiceSettings": {"CollapsedThreads": "sometimes"}}),
    ("group channels", {"ServiceSettings": {"ExperimentalGroupUnreadChannels": "maybe"}}),
    ("login attempts zero", {"ServiceSettings": {"MaximumLoginAttempts": 0}}),
    ("bad address of the site", {"ServiceSettings": {"SiteURL": "not an address"}}),
    ("image proxy without a kind", {"ImageProxySettings": {"Enable": True, "ImageProxyType": "other"}}),
    ("rate limit zero", {"RateLimitSettings": {"PerSec": 0}}),
    ("connections", {"SqlSettings": {"MaxIdleConns": 0}}),
    ("query timeout", {"SqlSettings": {"QueryTimeout": 0}}),
    ("batching interval", {"EmailSettings": {"EmailBatchingInterval": 5}}),
]


@pytest.mark.parametrize(("note", "body"), RECORDED)
def test_it_refuses_what_was_recorded_as_refused(sound: Config, recorded: Any, note: str, body: dict[str, Any]) -> None:
    step = next(step for step in recorded("system_config_read") if step.get("note") == note)
    refusal = refusal_of(merge(sound, body))
    assert (refusal.id, refusal.status) == (step["body"]["id"], step["status"])


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("listen_address", {"ServiceSettings.ListenAddress": "8065"}),
        ("listen_address", {"ServiceSettings.ListenAddress": ":70000"}),
        ("listen_address", {"ServiceSettings.ListenAddress": "::1:8065"}),
        ("site_url", {"ServiceSettings.SiteURL": "ftp://example.com"}),
        ("site_url", {"ServiceSettings.SiteURL": "https://example.com:0"}),
        ("site_url", {"ServiceSettings.SiteURL": "https://exa mple.com"}),
        ("site_url", {"ServiceSettings.SiteURL": "https://[::1"}),
        ("websocket_url", {"ServiceSettings.WebsocketURL": "https://example.com"}),
        ("webserver_security", {"ServiceSettings.ConnectionSecurity": "SSL"}),
        ("tls_cert_file_missing", {"ServiceSettings.ConnectionSecurity": "TLS"}),
        ("tls_overwrite_cipher", {"ServiceSettings.TLSOverwriteCiphers": ("RC4",)}),
        ("time_between_user_typing", {"ServiceSettings.TimeBetweenUserTypingUpdatesMilliseconds": 999}),
        ("collapsed_threads.autofollow", {"ServiceSettings.ThreadAutoFollow": False}),
        ("allow_cookies_for_subdomains", {"ServiceSettings.AllowCookiesForSubdomains": True}),
        ("refresh_post_stats_run_time", {"ServiceSettings.RefreshPostStatsRunTime": "24:00"}),
        ("sitename_empty", {"TeamSettings.SiteName": ""}),
        ("encrypt_sql", {"SqlSettings.AtRestEncryptKey": "k" * 31}),
        ("sql_data_src", {"SqlSettings.DataSource": ""}),
        ("log_level", {"LogSettings.ConsoleLevel": "LOUD"}),
        ("image_decoder_concurrency", {"FileSettings.MaxImageDecoderConcurrency": 0}),
        ("export_file_driver", {"FileSettings.DedicatedExportStore": True, "FileSettings.ExportDriverName": "tape"}),
        ("export_directory", {"FileSettings.DedicatedExportStore": True, "FileSettings.ExportDirectory": ""}),
        ("storage_class", {"FileSettings.AmazonS3StorageClass": "CHEAP"}),
        ("smtp_port", {"EmailSettings.SMTPPort": "mail"}),
        ("site_url_email_batching", {"EmailSettings.EnableEmailBatching": True}),
        ("cluster_email_batching", {"EmailSettings.EnableEmailBatching": True, "ClusterSettings.Enable": True}),
        ("empty_redis_address", {"CacheSettings.CacheType": "redis"}),
        ("metrics_client_side_user_ids", {"MetricsSettings.ClientSideUserIds": ("a",) * 6}),
        ("localization.available_locales", {"LocalizationSettings.AvailableLocales": "de, fr"}),
        ("localization.default_server_locale", {"LocalizationSettings.DefaultServerLocale": "../etc"}),
        ("display.custom_url_schemes", {"DisplaySettings.CustomURLSchemes": ("git", "1x")}),
        ("move_thread.domain_invalid", {"WranglerSettings.AllowedEmailDomain": ("example",)}),
        ("elastic_search.enable_searching", {"ElasticsearchSettings.EnableSearching": True}),
        ("elastic_search.enable_autocomplete", {"ElasticsearchSettings.EnableAutocomplete": True}),
        (
            "elastic_search.connection_url",
            {"ElasticsearchSettings.EnableIndexing": True, "ElasticsearchSettings.ConnectionURL": "localhost"},
        ),
        ("data_retention.message_retention_days_too_low", {"DataRetentionSettings.MessageRetentionDays": 0}),
        ("data_retention.file_retention_misconfiguration", {"DataRetentionSettings.FileRetentionHours": 5}),
        ("atmos_camo_image_proxy_url", PROXY),
        (
            "atmos_camo_image_proxy_options",
            {**PROXY, "ImageProxySettings.RemoteImageProxyURL": "https://camo.example.com"},
        ),
        ("message_export.global_relay.email_address", EXPORT),
        (
            "message_export.global_relay.customer_type",
            {**EXPORT, f"{RELAY}.EmailAddress": "a@b", f"{RELAY}.CustomerType": ""},
        ),
        (
            "message_export.global_relay.custom_smtp_server_name",
            {**EXPORT, f"{RELAY}.EmailAddress": "a@b", f"{RELAY}.CustomerType": "CUSTOM"},
        ),
        ("notification_settings.invalid_event", {TARGETS: {"lost": ("author",)}}),
        ("notification_settings.invalid_target", {TARGETS: {"flagged": ("everybody",)}}),
        (
            "content_flagging.reasons",
            {
                "ContentFlaggingSettings.EnableContentFlagging": True,
                "ContentFlaggingSettings.AdditionalSettings.Reasons": (),
            },
        ),
        ("autotranslation.provider", {"AutoTranslationSettings.Enable": True}),
        (
            "autotranslation.libretranslate.url",
            {"AutoTranslationSettings.Enable": True, "AutoTranslationSettings.Provider": "libretranslate"},
        ),
        ("saml_guest_attribute", {**SAML, "SamlSettings.GuestAttribute": "guest"}),
        (
            "saml_admin_attribute",
            {**SAML, "SamlSettings.EnableAdminAttribute": True, "SamlSettings.AdminAttribute": "a=b=c"},
        ),
    ],
)
def test_it_refuses(sound: Config, rule: str, values: dict[str, Any]) -> None:
    assert refusal_of(with_values(sound, values)).id == f"model.config.is_valid.{rule}.app_error"


@pytest.mark.parametrize("name", [name for name in LDAP if name != "LdapSettings.Enable"])
def test_ldap_needs(sound: Config, name: str) -> None:
    refusal = refusal_of(with_values(sound, {**LDAP, name: ""}))
    assert (refusal.setting, refusal.id in texts()) == (name, True)


@pytest.mark.parametrize("name", [name for name in SAML if name != "SamlSettings.Enable"])
def test_saml_needs(sound: Config, name: str) -> None:
    refusal = refusal_of(with_values(sound, {**SAML, name: ""}))
    assert (refusal.setting, refusal.id in texts()) == (name, True)


@pytest.mark.parametrize(
    "values",
    [
        LDAP,
        SAML,
        {"ServiceSettings.SiteURL": "https://example.com:8443/chat", "EmailSettings.EnableEmailBatching": True},
        {"ServiceSettings.ListenAddress": "[::1]:8065"},
        {"ServiceSettings.ListenAddress": "127.0.0.1:0"},
        {"ServiceSettings.CollapsedThreads": "disabled", "ServiceSettings.ThreadAutoFollow": False},
        {"LocalizationSettings.AvailableLocales": "de,en,pt-BR", "LocalizationSettings.DefaultClientLocale": "pt-BR"},
        {"DataRetentionSettings.FileRetentionHours": 5, "DataRetentionSettings.FileRetentionDays": 0},
        {"LogSettings.ConsoleLevel": "debug"},
        {"ImageProxySettings.ImageProxyType": ""},
        {"CacheSettings.CacheType": "redis", "CacheSettings.RedisAddress": "localhost:6379"},
        {"PasswordSettings.MinimumLength": 5},
        {"PasswordSettings.MinimumLength": 72},
        {"TeamSettings.SiteName": "ä" * 30},
    ],
)
def test_it_accepts(sound: Config, values: dict[str, Any]) -> None:
    validate(with_values(sound, values))


def test_it_accepts_tls_with_files(sound: Config, tmp_path: Path) -> None:
    for name in ("cert", "key"):
        (tmp_path / name).touch()
    files = {f"ServiceSettings.TLS{n}File": os.fspath(tmp_path / n.lower()) for n in ("Cert", "Key")}
    validate(with_values(sound, {"ServiceSettings.ConnectionSecurity": "TLS", **files}))


def test_the_error_names_the_setting(sound: Config) -> None:
    refusal = refusal_of(with_values(sound, {"PasswordSettings.MinimumLength": 4}))
    assert (refusal.params["Name"], str(refusal)) == (
        "PasswordSettings.MinimumLength",
        "PasswordSettings.MinimumLength must be a whole number from 5 to 72.",
    )


def test_the_error_names_the_variable_that_set_it(sound: Config) -> None:
    config = with_values(sound, {"ClusterSettings.Enable": True, "EmailSettings.EnableEmailBatching": True})
    with pytest.raises(ConfigError, match=r"^MM_X must be false in a cluster\.$"):
        validate(config, variables={"EmailSettings.EnableEmailBatching": "MM_X"})


class TestRemoteChange:
    """What is valid in the file, but refused over the API."""

    @pytest.mark.parametrize(
        ("values", "id", "status"),
        [
            ({"PluginSettings.EnableUploads": True}, "api.config.update_config.not_allowed_security.app_error", 403),
            ({"ImportSettings.Directory": "/etc"}, "api.config.update_config.not_allowed_security.app_error", 403),
            ({"ServiceSettings.SiteURL": ""}, "api.config.update_config.clear_siteurl.app_error", 400),
        ],
    )
    def test_it_is_refused(self, sound: Config, values: dict[str, Any], id: str, status: int) -> None:
        old = with_values(sound, {"ServiceSettings.SiteURL": "https://example.com"})
        with pytest.raises(AppError) as refusal:
            check_remote_change(old, with_values(old, values))
        assert (refusal.value.id, refusal.value.status) == (id, status)

    def test_a_cluster_is_changed_in_its_files(self, sound: Config) -> None:
        old = with_values(sound, {"ClusterSettings.Enable": True})
        with pytest.raises(AppError) as refusal:
            check_remote_change(old, with_values(old, {"TeamSettings.SiteName": "Here"}))
        assert refusal.value.status == 403

    def test_other_changes_are_fine(self, sound: Config) -> None:
        check_remote_change(sound, with_values(sound, {"ServiceSettings.SiteURL": "https://example.com"}))

"""Whether the settings as a whole can be used: the rules of each, and those between several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from mattermost_site.config.entries import entries, value_of
from mattermost_site.config.errors import ConfigError, is_valid_id
from mattermost_site.config.rules import Rule, is_web_address
from mattermost_site.config.sections import Config

FILE_DRIVERS = ("local", "amazons3")
RELAY_CUSTOMERS = ("A9", "A10", "CUSTOM")
FLAGGING_TARGETS = ("reviewers", "author", "reporter")
FLAGGING_EVENTS = ("flagged", "assigned", "removed", "dismissed")


class Problem(NamedTuple):
    """A broken rule between settings: dotted name, what it must be, error id or the middle of one."""

    setting: str
    allowed: str
    error: str


def validate(config: Config, *, variables: Mapping[str, str] | None = None) -> None:
    """Raise ConfigError for the first setting that is not allowed.

    ``variables`` names, by dotted name, the environment variables that settings come from,
    so that the sentence can say where to look.
    """
    names = variables or {}
    for entry in entries().values():
        for rule in entry.setting.rules:
            if not rule.accepts(value_of(config, entry)):
                raise _broken(entry.name, rule, names)
    for check in CHECKS:
        for problem in check(config):
            where = names.get(problem.setting, problem.setting)
            id = problem.error if problem.error.startswith("model.") else is_valid_id(problem.error)
            raise ConfigError(f"{where} must be {problem.allowed}.", id=id, setting=problem.setting)


def _broken(name: str, rule: Rule, variables: Mapping[str, str]) -> ConfigError:
    sentence = f"{variables.get(name, name)} must be {rule.allowed}."
    return ConfigError(sentence, id=is_valid_id(rule.error), setting=name)


def _web_server(config: Config) -> Iterator[Problem]:
    service = config.service
    if service.connection_security == "TLS" and not service.use_lets_encrypt:
        if not Path(service.tls_cert_file).is_file():
            yield Problem("ServiceSettings.TLSCertFile", "an existing file", "tls_cert_file_missing")
        if not Path(service.tls_key_file).is_file():
            yield Problem("ServiceSettings.TLSKeyFile", "an existing file", "tls_key_file_missing")
    if service.allow_cookies_for_subdomains and not service.site_url:
        yield Problem(
            "ServiceSettings.AllowCookiesForSubdomains", "false without a SiteURL", "allow_cookies_for_subdomains"
        )
    if service.collapsed_threads != "disabled" and not service.thread_auto_follow:
        yield Problem(
            "ServiceSettings.ThreadAutoFollow", "true while CollapsedThreads is on", "collapsed_threads.autofollow"
        )


def _email(config: Config) -> Iterator[Problem]:
    if config.email.enable_email_batching:
        if config.cluster.enable:
            yield Problem("EmailSettings.EnableEmailBatching", "false in a cluster", "cluster_email_batching")
        if not config.service.site_url:
            yield Problem("EmailSettings.EnableEmailBatching", "false without a SiteURL", "site_url_email_batching")


def _files(config: Config) -> Iterator[Problem]:
    concurrency = config.file.max_image_decoder_concurrency
    if concurrency == 0:
        name = "FileSettings.MaxImageDecoderConcurrency"
        yield Problem(name, "-1 or greater than zero", "image_decoder_concurrency")
    if config.file.dedicated_export_store:
        if config.file.export_driver_name not in FILE_DRIVERS:
            yield Problem("FileSettings.ExportDriverName", "local or amazons3", "export_file_driver")
        if config.file.export_driver_name == "local" and not config.file.export_directory:
            yield Problem("FileSettings.ExportDirectory", "filled in", "export_directory")


def _image_proxy(config: Config) -> Iterator[Problem]:
    proxy = config.image_proxy
    if not proxy.enable:
        return
    if proxy.image_proxy_type not in ("local", "atmos/camo"):
        yield Problem("ImageProxySettings.ImageProxyType", "local or atmos/camo", "image_proxy_type")
    if proxy.image_proxy_type == "atmos/camo":
        if not is_web_address(proxy.remote_image_proxy_url):
            yield Problem("ImageProxySettings.RemoteImageProxyURL", "a web address", "atmos_camo_image_proxy_url")
        if not proxy.remote_image_proxy_options:
            name = "ImageProxySettings.RemoteImageProxyOptions"
            yield Problem(name, "the proxy's shared secret", "atmos_camo_image_proxy_options")


def _languages(config: Config) -> Iterator[Problem]:
    available = config.localization.available_locales
    if available and config.localization.default_client_locale not in [name.strip() for name in available.split(",")]:
        yield Problem(
            "LocalizationSettings.AvailableLocales",
            "empty or a list that has the DefaultClientLocale",
            "localization.available_locales",
        )


def _cache(config: Config) -> Iterator[Problem]:
    if config.cache.cache_type == "redis" and not config.cache.redis_address:
        yield Problem("CacheSettings.RedisAddress", "filled in when CacheType is redis", "empty_redis_address")


def _ldap(config: Config) -> Iterator[Problem]:
    ldap = config.ldap
    if not (ldap.enable or ldap.enable_sync):
        return
    for key, value, error in (
        ("LdapServer", ldap.ldap_server, "ldap_server"),
        ("BaseDN", ldap.base_dn, "ldap_basedn"),
        ("EmailAttribute", ldap.email_attribute, "ldap_email"),
        ("UsernameAttribute", ldap.username_attribute, "ldap_username"),
        ("IdAttribute", ldap.id_attribute, "ldap_id"),
        ("LoginIdAttribute", ldap.login_id_attribute, "ldap_login_id"),
    ):
        if not value:
            yield Problem(f"LdapSettings.{key}", "filled in when LDAP is on", f"model.config.is_valid.{error}")


def _saml(config: Config) -> Iterator[Problem]:
    saml = config.saml
    if not saml.enable:
        return
    for key, sound, error in (
        ("IdpURL", is_web_address(saml.idp_url), "saml_idp_url"),
        ("IdpDescriptorURL", bool(saml.idp_descriptor_url), "saml_idp_descriptor_url"),
        ("IdpCertificateFile", bool(saml.idp_certificate_file), "saml_idp_cert"),
        ("EmailAttribute", bool(saml.email_attribute), "saml_email_attribute"),
        ("UsernameAttribute", bool(saml.username_attribute), "saml_username_attribute"),
        ("ServiceProviderIdentifier", bool(saml.service_provider_identifier), "saml_spidentifier_attribute"),
        (
            "AssertionConsumerServiceURL",
            not saml.verify or is_web_address(saml.assertion_consumer_service_url),
            "saml_assertion_consumer_service_url",
        ),
        ("PrivateKeyFile", not saml.encrypt or bool(saml.private_key_file), "saml_private_key"),
        ("PublicCertificateFile", not saml.encrypt or bool(saml.public_certificate_file), "saml_public_cert"),
        ("GuestAttribute", _is_condition(saml.guest_attribute), "saml_guest_attribute"),
        (
            "AdminAttribute",
            not saml.enable_admin_attribute or _is_condition(saml.admin_attribute),
            "saml_admin_attribute",
        ),
    ):
        if not sound:
            yield Problem(f"SamlSettings.{key}", "set properly when SAML is on", error)


def _is_condition(text: str) -> bool:
    """Whether a text is empty or ``attribute=value``."""
    name, _, value = text.partition("=")
    return not text or bool(name and value and "=" not in value)


def _search(config: Config) -> Iterator[Problem]:
    engine = config.elasticsearch
    if engine.enable_indexing and not is_web_address(engine.connection_url):
        name = "ElasticsearchSettings.ConnectionURL"
        yield Problem(name, "a web address when indexing is on", "elastic_search.connection_url")
    if engine.enable_searching and not engine.enable_indexing:
        name = "ElasticsearchSettings.EnableSearching"
        yield Problem(name, "false without EnableIndexing", "elastic_search.enable_searching")
    if engine.enable_autocomplete and not engine.enable_indexing:
        name = "ElasticsearchSettings.EnableAutocomplete"
        yield Problem(name, "false without EnableIndexing", "elastic_search.enable_autocomplete")


def _retention(config: Config) -> Iterator[Problem]:
    retention = config.data_retention
    for kind, days, hours in (
        ("Message", retention.message_retention_days, retention.message_retention_hours),
        ("File", retention.file_retention_days, retention.file_retention_hours),
    ):
        name, error = f"DataRetentionSettings.{kind}RetentionDays", f"data_retention.{kind.lower()}_retention"
        if days == 0 and hours == 0:
            yield Problem(name, "at least 1, or the hours be", f"{error}_days_too_low")
        if days > 0 and hours > 0:
            yield Problem(name, "0 while hours are set", f"{error}_misconfiguration")


def _export(config: Config) -> Iterator[Problem]:
    export = config.message_export
    relay = export.global_relay_settings
    if not export.enable_export or export.export_format != "globalrelay":
        return
    prefix = "MessageExportSettings.GlobalRelaySettings"
    if "@" not in relay.email_address:
        yield Problem(f"{prefix}.EmailAddress", "an e-mail address", "message_export.global_relay.email_address")
    if relay.customer_type not in RELAY_CUSTOMERS:
        allowed = f"one of {', '.join(RELAY_CUSTOMERS)}"
        yield Problem(f"{prefix}.CustomerType", allowed, "message_export.global_relay.customer_type")
    if relay.customer_type == "CUSTOM" and not relay.custom_smtp_server_name:
        yield Problem(
            f"{prefix}.CustomSMTPServerName",
            "filled in for the customer type CUSTOM",
            "message_export.global_relay.custom_smtp_server_name",
        )


def _flagging(config: Config) -> Iterator[Problem]:
    flagging = config.content_flagging
    name = "ContentFlaggingSettings.NotificationSettings.EventTargetMapping"
    for event, targets in flagging.notification_settings.event_target_mapping.items():
        if event not in FLAGGING_EVENTS:
            yield Problem(name, f"an object with {', '.join(FLAGGING_EVENTS)}", "notification_settings.invalid_event")
        if not isinstance(targets, tuple) or not all(target in FLAGGING_TARGETS for target in targets):
            allowed = f"an object of lists of {', '.join(FLAGGING_TARGETS)}"
            yield Problem(name, allowed, "notification_settings.invalid_target")
    if flagging.enable_content_flagging and not flagging.additional_settings.reasons:
        name = "ContentFlaggingSettings.AdditionalSettings.Reasons"
        yield Problem(name, "filled in when flagging is on", "content_flagging.reasons")


def _translation(config: Config) -> Iterator[Problem]:
    translation = config.auto_translation
    if not translation.enable:
        return
    if translation.provider != "libretranslate":
        name = "AutoTranslationSettings.Provider"
        yield Problem(name, "libretranslate when it is on", "autotranslation.provider")
    elif not translation.libre_translate.url:
        name = "AutoTranslationSettings.LibreTranslate.URL"
        yield Problem(name, "a web address when it is on", "autotranslation.libretranslate.url")


CHECKS: tuple[Callable[[Config], Iterator[Problem]], ...] = (
    _web_server, _email, _files, _image_proxy, _languages, _cache, _ldap, _saml, _search, _retention, _export,
    _flagging, _translation,
)  # fmt: skip

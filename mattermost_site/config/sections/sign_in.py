"""Signing in with other systems: OAuth 2.0, OpenID Connect, LDAP and SAML."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, one_of, port


@dataclass(frozen=True, slots=True)
class GitLabSettings:
    """Sign-in with GitLab."""

    enable: bool = setting("Enable", default=False)
    secret: str = setting("Secret", default="", secret=True)
    id: str = setting("Id", default="")
    scope: str = setting("Scope", default="")
    auth_endpoint: str = setting("AuthEndpoint", default="")
    token_endpoint: str = setting("TokenEndpoint", default="")
    user_api_endpoint: str = setting("UserAPIEndpoint", default="")
    discovery_endpoint: str = setting("DiscoveryEndpoint", default="")
    button_text: str = setting("ButtonText", default="")
    button_color: str = setting("ButtonColor", default="")


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """Sign-in with Google."""

    enable: bool = setting("Enable", default=False)
    secret: str = setting("Secret", default="", secret=True)
    id: str = setting("Id", default="")
    scope: str = setting("Scope", default="profile email")
    auth_endpoint: str = setting("AuthEndpoint", default="https://accounts.google.com/o/oauth2/v2/auth")
    token_endpoint: str = setting("TokenEndpoint", default="https://www.googleapis.com/oauth2/v4/token")
    user_api_endpoint: str = setting(
        "UserAPIEndpoint",
        default="https://people.googleapis.com/v1/people/me?personFields=names,emailAddresses,nicknames,metadata",
    )
    discovery_endpoint: str = setting("DiscoveryEndpoint", default="")
    button_text: str = setting("ButtonText", default="")
    button_color: str = setting("ButtonColor", default="")


@dataclass(frozen=True, slots=True)
class Office365Settings:
    """Sign-in with Entra ID (Office 365)."""

    enable: bool = setting("Enable", default=False)
    secret: str = setting("Secret", default="", secret=True)
    id: str = setting("Id", default="")
    scope: str = setting("Scope", default="User.Read")
    auth_endpoint: str = setting(
        "AuthEndpoint", default="https://login.microsoftonline.com/common/oauth2/v2.0/authorize"
    )
    token_endpoint: str = setting("TokenEndpoint", default="https://login.microsoftonline.com/common/oauth2/v2.0/token")
    user_api_endpoint: str = setting("UserAPIEndpoint", default="https://graph.microsoft.com/v1.0/me")
    discovery_endpoint: str = setting("DiscoveryEndpoint", default="")
    directory_id: str = setting("DirectoryId", default="")


@dataclass(frozen=True, slots=True)
class OpenIdSettings:
    """Sign-in with an OpenID Connect provider."""

    enable: bool = setting("Enable", default=False)
    secret: str = setting("Secret", default="", secret=True)
    id: str = setting("Id", default="")
    scope: str = setting("Scope", default="profile openid email")
    auth_endpoint: str = setting("AuthEndpoint", default="")
    token_endpoint: str = setting("TokenEndpoint", default="")
    user_api_endpoint: str = setting("UserAPIEndpoint", default="")
    discovery_endpoint: str = setting("DiscoveryEndpoint", default="")
    button_text: str = setting("ButtonText", default="")
    button_color: str = setting("ButtonColor", default="#145DBF")


@dataclass(frozen=True, slots=True)
class LdapSettings:
    """Sign-in with, and synchronisation from, an LDAP directory."""

    enable: bool = setting("Enable", default=False)
    enable_sync: bool = setting("EnableSync", default=False)
    ldap_server: str = setting("LdapServer", default="")
    ldap_port: int = setting("LdapPort", default=389, rule=port("ldap_port"))
    connection_security: str = setting(
        "ConnectionSecurity", default="", rule=one_of("", "TLS", "STARTTLS", error="ldap_security")
    )
    base_dn: str = setting("BaseDN", default="")
    bind_username: str = setting("BindUsername", default="")
    bind_password: str = setting("BindPassword", default="", secret=True)
    maximum_login_attempts: int = setting(
        "MaximumLoginAttempts", default=10, rule=at_least(1, "ldap_max_login_attempts")
    )
    user_filter: str = setting("UserFilter", default="")
    group_filter: str = setting("GroupFilter", default="")
    guest_filter: str = setting("GuestFilter", default="")
    enable_admin_filter: bool = setting("EnableAdminFilter", default=False)
    admin_filter: str = setting("AdminFilter", default="")
    group_display_name_attribute: str = setting("GroupDisplayNameAttribute", default="")
    group_id_attribute: str = setting("GroupIdAttribute", default="")
    first_name_attribute: str = setting("FirstNameAttribute", default="")
    last_name_attribute: str = setting("LastNameAttribute", default="")
    email_attribute: str = setting("EmailAttribute", default="")
    username_attribute: str = setting("UsernameAttribute", default="")
    nickname_attribute: str = setting("NicknameAttribute", default="")
    id_attribute: str = setting("IdAttribute", default="")
    position_attribute: str = setting("PositionAttribute", default="")
    login_id_attribute: str = setting("LoginIdAttribute", default="")
    picture_attribute: str = setting("PictureAttribute", default="")
    sync_interval_minutes: int = setting("SyncIntervalMinutes", default=60, rule=at_least(1, "ldap_sync_interval"))
    re_add_removed_members: bool = setting("ReAddRemovedMembers", default=False)
    skip_certificate_verification: bool = setting("SkipCertificateVerification", default=False)
    public_certificate_file: str = setting("PublicCertificateFile", default="")
    private_key_file: str = setting("PrivateKeyFile", default="")
    query_timeout: int = setting("QueryTimeout", default=60, rule=at_least(1, "ldap_query_timeout"))
    max_page_size: int = setting("MaxPageSize", default=0, rule=at_least(0, "ldap_max_page_size"))
    login_field_name: str = setting("LoginFieldName", default="")
    login_button_color: str = setting("LoginButtonColor", default="#0000")
    login_button_border_color: str = setting("LoginButtonBorderColor", default="#2389D7")
    login_button_text_color: str = setting("LoginButtonTextColor", default="#2389D7")


@dataclass(frozen=True, slots=True)
class SamlSettings:
    """Sign-in with SAML 2.0."""

    enable: bool = setting("Enable", default=False)
    enable_sync_with_ldap: bool = setting("EnableSyncWithLdap", default=False)
    enable_sync_with_ldap_include_auth: bool = setting("EnableSyncWithLdapIncludeAuth", default=False)
    ignore_guests_ldap_sync: bool = setting("IgnoreGuestsLdapSync", default=False)
    verify: bool = setting("Verify", default=True)
    encrypt: bool = setting("Encrypt", default=True)
    sign_request: bool = setting("SignRequest", default=False)
    idp_url: str = setting("IdpURL", default="")
    idp_descriptor_url: str = setting("IdpDescriptorURL", default="")
    idp_metadata_url: str = setting("IdpMetadataURL", default="")
    service_provider_identifier: str = setting("ServiceProviderIdentifier", default="")
    assertion_consumer_service_url: str = setting("AssertionConsumerServiceURL", default="")
    signature_algorithm: str = setting(
        "SignatureAlgorithm",
        default="RSAwithSHA256",
        rule=one_of("RSAwithSHA1", "RSAwithSHA256", "RSAwithSHA512", error="saml_signature_algorithm"),
    )
    canonical_algorithm: str = setting(
        "CanonicalAlgorithm",
        default="Canonical1.0",
        rule=one_of("Canonical1.0", "Canonical1.1", error="saml_canonical_algorithm"),
    )
    scoping_idp_provider_id: str = setting("ScopingIDPProviderId", default="")
    scoping_idp_name: str = setting("ScopingIDPName", default="")
    idp_certificate_file: str = setting("IdpCertificateFile", default="")
    public_certificate_file: str = setting("PublicCertificateFile", default="")
    private_key_file: str = setting("PrivateKeyFile", default="")
    id_attribute: str = setting("IdAttribute", default="")
    guest_attribute: str = setting("GuestAttribute", default="")
    enable_admin_attribute: bool = setting("EnableAdminAttribute", default=False)
    admin_attribute: str = setting("AdminAttribute", default="")
    first_name_attribute: str = setting("FirstNameAttribute", default="")
    last_name_attribute: str = setting("LastNameAttribute", default="")
    email_attribute: str = setting("EmailAttribute", default="")
    username_attribute: str = setting("UsernameAttribute", default="")
    nickname_attribute: str = setting("NicknameAttribute", default="")
    locale_attribute: str = setting("LocaleAttribute", default="")
    position_attribute: str = setting("PositionAttribute", default="")
    login_button_text: str = setting("LoginButtonText", default="SAML")
    login_button_color: str = setting("LoginButtonColor", default="#34a28b")
    login_button_border_color: str = setting("LoginButtonBorderColor", default="#2389D7")
    login_button_text_color: str = setting("LoginButtonTextColor", default="#ffffff")

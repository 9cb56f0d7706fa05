"""The client configuration that everybody gets (bootstrap.md §6.1 and §6.3)."""

from __future__ import annotations

from dataclasses import fields

from mattermost_site.config.declaring import METADATA_KEY
from mattermost_site.config.facts import Facts
from mattermost_site.config.sections import Config

Values = dict[str, object]  # numbers, truth values, texts and tuples of texts


def keys_before_login(config: Config, facts: Facts) -> Values:
    """Keys and values; what a client needs to show the pages for signing in and up."""
    return {
        **_installation(config, facts),
        **_addresses(config),
        **_look(config),
        **_features(config),
        **_sign_in(config),
        **_other_sign_in(config),
        **_mobile(config),
        **_flags(config),
    }


def _installation(config: Config, facts: Facts) -> Values:
    values: Values = {
        "Version": facts.version,
        "BuildNumber": facts.build_number,
        "BuildDate": facts.build_date,
        "BuildHash": facts.build_hash,
        "BuildHashEnterprise": facts.build_hash_enterprise,
        "BuildEnterpriseReady": False,  # true makes the web client ask for trials and upgrades
        "ServiceEnvironment": facts.service_environment,
        "IsFipsEnabled": False,
        "DiagnosticId": facts.diagnostic_id,
        "TelemetryId": facts.diagnostic_id,
        "DiagnosticsEnabled": config.log.enable_diagnostics,
        "EnableDiagnostics": config.log.enable_diagnostics,
        "EnableFile": config.log.enable_file,
        "FileLevel": config.log.file_level,
        "EnableClientMetrics": config.metrics.enable_client_metrics,
        "NoAccounts": facts.no_accounts,
    }
    if facts.asymmetric_signing_public_key:
        values["AsymmetricSigningPublicKey"] = facts.asymmetric_signing_public_key
    return values


def _addresses(config: Config) -> Values:
    service, support = config.service, config.support
    return {
        "SiteURL": service.site_url.rstrip("/"),
        "WebsocketURL": service.websocket_url.rstrip("/"),
        "WebsocketPort": service.websocket_port,
        "WebsocketSecurePort": service.websocket_secure_port,
        "CWSURL": "",  # the hosted product's portal is shown to nobody before the login
        "AboutLink": support.about_link,
        "HelpLink": support.help_link,
        "TermsOfServiceLink": support.terms_of_service_link,
        "PrivacyPolicyLink": support.privacy_policy_link,
        "ForgotPasswordLink": support.forgot_password_link,
        "SupportEmail": support.support_email,
        "ReportAProblemType": support.report_a_problem_type,
        "ReportAProblemLink": support.report_a_problem_link,
        "ReportAProblemMail": support.report_a_problem_mail,
        "AllowDownloadLogs": support.allow_download_logs,
        "EnableAskCommunityLink": support.enable_ask_community_link,
    }


def _look(config: Config) -> Values:
    team = config.team
    return {
        "SiteName": team.site_name,
        "EnableCustomBrand": team.enable_custom_brand,
        "CustomBrandText": team.custom_brand_text,
        "CustomDescriptionText": team.custom_description_text,
        "DefaultClientLocale": config.localization.default_client_locale,
        "EnableDesktopLandingPage": config.service.enable_desktop_landing_page,
        "EnableCustomTermsOfService": config.support.custom_terms_of_service_enabled,
        "CustomTermsOfServiceReAcceptancePeriod": config.support.custom_terms_of_service_re_acceptance_period,
    }


def _features(config: Config) -> Values:
    return {
        "AppsPluginEnabled": False,  # apps are a plugin of the other server, and plugins do not run here
        "PluginsEnabled": False,  # none is run, whatever the setting says; clients then do not ask for any
        "EnableBotAccountCreation": config.service.enable_bot_account_creation,
        "EnableCustomEmoji": config.service.enable_custom_emoji,
        "EnableUserStatuses": config.service.enable_user_statuses,
        "EnableComplianceExport": config.message_export.enable_export,
        "EnableJoinLeaveMessageByDefault": config.team.enable_join_leave_message_by_default,
        "HasImageProxy": config.image_proxy.enable,
    }


def _sign_in(config: Config) -> Values:
    team, email, password, guests = config.team, config.email, config.password, config.guest_accounts
    return {
        "EnableUserCreation": team.enable_user_creation,
        "EnableOpenServer": team.enable_open_server,
        "EnableSignUpWithEmail": email.enable_sign_up_with_email,
        "EnableSignInWithEmail": email.enable_sign_in_with_email,
        "EnableSignInWithUsername": email.enable_sign_in_with_username,
        "EmailLoginButtonColor": email.login_button_color,
        "EmailLoginButtonBorderColor": email.login_button_border_color,
        "EmailLoginButtonTextColor": email.login_button_text_color,
        "PasswordMinimumLength": password.minimum_length,
        "PasswordRequireLowercase": password.lowercase,
        "PasswordRequireUppercase": password.uppercase,
        "PasswordRequireNumber": password.number,
        "PasswordRequireSymbol": password.symbol,
        "PasswordEnableForgotLink": password.enable_forgot_link,
        "EnableMultifactorAuthentication": config.service.enable_multifactor_authentication,
        "EnforceMultifactorAuthentication": config.service.enforce_multifactor_authentication,
        "EnableGuestAccounts": guests.enable,
        "EnableGuestMagicLink": False,  # a sign-in of later versions
        "HideGuestTags": guests.hide_tags,
        "GuestAccountsEnforceMultifactorAuthentication": guests.enforce_multifactor_authentication,
    }


def _other_sign_in(config: Config) -> Values:
    ldap, saml = config.ldap, config.saml
    return {
        "EnableLdap": ldap.enable,
        "LdapLoginFieldName": ldap.login_field_name,
        "LdapLoginButtonColor": ldap.login_button_color,
        "LdapLoginButtonBorderColor": ldap.login_button_border_color,
        "LdapLoginButtonTextColor": ldap.login_button_text_color,
        "EnableSaml": saml.enable,
        "SamlLoginButtonText": saml.login_button_text,
        "SamlLoginButtonColor": saml.login_button_color,
        "SamlLoginButtonBorderColor": saml.login_button_border_color,
        "SamlLoginButtonTextColor": saml.login_button_text_color,
        "EnableSignUpWithGitLab": config.gitlab.enable,
        "GitLabButtonText": config.gitlab.button_text,
        "GitLabButtonColor": config.gitlab.button_color,
        "EnableSignUpWithGoogle": config.google.enable,
        "EnableSignUpWithOffice365": config.office365.enable,
        "EnableSignUpWithOpenId": config.open_id.enable,
        "OpenIdButtonText": config.open_id.button_text,
        "OpenIdButtonColor": config.open_id.button_color,
    }


def _mobile(config: Config) -> Values:
    app, versions = config.native_app, config.client_requirements
    return {
        "AppDownloadLink": app.app_download_link,
        "AndroidAppDownloadLink": app.android_app_download_link,
        "IosAppDownloadLink": app.ios_app_download_link,
        "AndroidLatestVersion": versions.android_latest_version,
        "AndroidMinVersion": versions.android_min_version,
        "IosLatestVersion": versions.ios_latest_version,
        "IosMinVersion": versions.ios_min_version,
        "MobileExternalBrowser": app.mobile_external_browser,
        "MobileEnableBiometrics": app.mobile_enable_biometrics,
        "MobilePreventScreenCapture": app.mobile_prevent_screen_capture,
        "MobileJailbreakProtection": app.mobile_jailbreak_protection,
        "MobileEnableSecureFilePreview": app.mobile_enable_secure_file_preview,
        "MobileAllowPdfLinkNavigation": app.mobile_allow_pdf_link_navigation,
        "IntuneMAMEnabled": False,  # Intune has settings in later versions only
        "IntuneScope": "",
        "IntuneAuthService": "",
    }


def _flags(config: Config) -> Values:
    flags = config.feature_flags
    return {f"FeatureFlag{field.metadata[METADATA_KEY].key}": getattr(flags, field.name) for field in fields(flags)}

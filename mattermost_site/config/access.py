"""Who may see and change a setting over the API: the sections of the System Console that show it.

A setting is open to whoever has ``sysconsole_read_<section>`` (``…write…``) for one of
its sections (permissions.md §4), and always to those with ``manage_system``. A section
of settings has its sections of the console here, single settings may have others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mattermost_site.config.entries import NOT_IN_FILE, Entry
from mattermost_site.config.sections import Config

Permitted = Callable[[str], bool]

EVERYTHING = "manage_system"

SECTIONS: Mapping[str, str] = {
    "ServiceSettings": "environment_web_server",
    "TeamSettings": "site_users_and_teams",
    "ClientRequirements": "",
    "SqlSettings": "environment_database",
    "LogSettings": "environment_logging",
    "ExperimentalAuditSettings": "experimental_features",
    "PasswordSettings": "authentication_password",
    "FileSettings": "environment_file_storage",
    "EmailSettings": "environment_smtp",
    "RateLimitSettings": "environment_rate_limiting",
    "PrivacySettings": "site_users_and_teams",
    "SupportSettings": "site_customization",
    "AnnouncementSettings": "site_announcement_banner",
    "ThemeSettings": "experimental_features",
    "GitLabSettings": "authentication_openid",
    "GoogleSettings": "authentication_openid",
    "Office365Settings": "authentication_openid",
    "OpenIdSettings": "authentication_openid",
    "LdapSettings": "authentication_ldap",
    "ComplianceSettings": "compliance_compliance_monitoring",
    "LocalizationSettings": "site_localization",
    "SamlSettings": "authentication_saml",
    "NativeAppSettings": "site_customization",
    "CacheSettings": "environment_high_availability",
    "ClusterSettings": "environment_high_availability",
    "MetricsSettings": "environment_performance_monitoring",
    "ExperimentalSettings": "experimental_features",
    "AnalyticsSettings": "",
    "ElasticsearchSettings": "environment_elasticsearch",
    "DataRetentionSettings": "compliance_data_retention_policy",
    "MessageExportSettings": "compliance_compliance_export",
    "JobSettings": "",
    "PluginSettings": "plugins",
    "DisplaySettings": "site_posts",
    "GuestAccountsSettings": "authentication_guest_access",
    "ImageProxySettings": "environment_image_proxy",
    "CloudSettings": "",
    "ImportSettings": "",
    "ExportSettings": "",
    "WranglerSettings": "site_posts",
    "ConnectedWorkspacesSettings": "experimental_features",
    "AccessControlSettings": "user_management_permissions",
    "ContentFlaggingSettings": "site_posts",
    "AutoTranslationSettings": "site_localization",
    "FeatureFlags": "experimental_feature_flags",
    "WebClientSettings": "",
}


def _each(section: str, names: str, consoles: str) -> dict[str, str]:
    return {f"{section}.{name}": consoles for name in names.split()}


SETTINGS: Mapping[str, str] = {
    "ServiceSettings.SiteURL": "environment_web_server authentication_saml authentication_openid site_notifications",
    "ServiceSettings.LicenseFileLocation": "",
    **_each(
        "ServiceSettings",
        "MaximumLoginAttempts EnableMultifactorAuthentication EnforceMultifactorAuthentication",
        "authentication_mfa authentication_password",
    ),
    "ServiceSettings.MaximumLoginAttempts": "authentication_password",
    **_each(
        "ServiceSettings",
        "EnableOAuthServiceProvider EnableDynamicClientRegistration EnableIncomingWebhooks EnableOutgoingWebhooks "
        "EnableOutgoingOAuthConnections EnableCommands OutgoingIntegrationRequestsTimeout EnablePostUsernameOverride "
        "EnablePostIconOverride EnableUserAccessTokens",
        "integrations_integration_management",
    ),
    **_each(
        "ServiceSettings", "EnableBotAccountCreation DisableBotsWhenOwnerIsDeactivated", "integrations_bot_accounts"
    ),
    **_each("ServiceSettings", "AllowCorsFrom CorsExposedHeaders CorsAllowCredentials CorsDebug", "integrations_cors"),
    **_each("ServiceSettings", "EnableGifPicker GiphySdkKey", "integrations_gif"),
    **_each("ServiceSettings", "EnableCustomEmoji EnableEmojiPicker", "site_emoji"),
    **_each(
        "ServiceSettings",
        "GoogleDeveloperKey EnableLinkPreviews EnablePermalinkPreviews RestrictLinkPreviews EnableSVGs EnableLatex "
        "EnableInlineLatex PostPriority AllowPersistentNotifications AllowPersistentNotificationsForGuests "
        "PersistentNotificationIntervalMinutes PersistentNotificationMaxCount PersistentNotificationMaxRecipients "
        "ThreadAutoFollow CollapsedThreads AllowSyncedDrafts UniqueEmojiReactionLimitPerPost ScheduledPosts "
        "MinimumHashtagLength",
        "site_posts",
    ),
    "ServiceSettings.EnableCustomGroups": "site_users_and_teams",
    **_each("ServiceSettings", "EnableEmailInvitations", "authentication_signup"),
    "ServiceSettings.PostEditTimeLimit": "user_management_permissions",
    **_each(
        "ServiceSettings",
        "EnableTesting EnableDeveloper DeveloperFlags EnableClientPerformanceDebugging "
        "AllowedUntrustedInternalConnections EnableInsecureOutgoingConnections",
        "environment_developer",
    ),
    **_each(
        "ServiceSettings",
        "AllowCookiesForSubdomains ExperimentalEnableAuthenticationTransfer EnableTutorial EnableOnboardingFlow "
        "ExperimentalEnableDefaultChannelLeaveJoinMessages ExperimentalEnableHardenedMode "
        "ExperimentalStrictCSRFEnforcement ExperimentalGroupUnreadChannels EnableAPITeamDeletion "
        "EnableAPITriggerAdminNotifications EnableAPIUserDeletion EnableAPIPostDeletion EnableAPIChannelDeletion "
        "EnableCrossTeamSearch EnablePostSearch EnableFileSearch EnableUserTypingMessages EnableChannelViewedMessages "
        "EnableUserStatuses TimeBetweenUserTypingUpdatesMilliseconds EnableSecurityFixAlert EnableLocalMode "
        "LocalModeSocketLocation RefreshPostStatsRunTime EnableWebHubChannelIteration",
        "experimental_features",
    ),
    "ServiceSettings.EnableDesktopLandingPage": "site_customization",
    **_each(
        "ServiceSettings",
        "ExtendSessionLengthWithActivity TerminateSessionsOnPasswordChange SessionLengthWebInDays "
        "SessionLengthWebInHours SessionLengthMobileInDays SessionLengthMobileInHours SessionLengthSSOInDays "
        "SessionLengthSSOInHours SessionCacheInMinutes SessionIdleTimeoutInMinutes",
        "environment_session_lengths",
    ),
    **_each(
        "TeamSettings",
        "SiteName EnableCustomBrand CustomBrandText CustomDescriptionText",
        "site_customization",
    ),
    **_each("TeamSettings", "EnableUserCreation EnableOpenServer RestrictCreationToDomains", "authentication_signup"),
    "TeamSettings.EnableConfirmNotificationsToChannel": "site_notifications",
    **_each(
        "TeamSettings",
        "EnableUserDeactivation ExperimentalEnableAutomaticReplies ExperimentalPrimaryTeam "
        "ExperimentalDefaultChannels UserStatusAwayTimeout",
        "experimental_features",
    ),
    "LogSettings.EnableDiagnostics": "environment_logging",
    "PasswordSettings.EnableForgotLink": "authentication_password",
    **_each(
        "FileSettings",
        "EnableFileAttachments EnableMobileUpload EnableMobileDownload",
        "site_file_sharing_and_downloads",
    ),
    **_each("FileSettings", "EnablePublicLink PublicLinkSalt", "site_public_links"),
    **_each("EmailSettings", "EnableSignUpWithEmail", "authentication_email authentication_signup"),
    **_each(
        "EmailSettings",
        "EnableSignInWithEmail EnableSignInWithUsername RequireEmailVerification",
        "authentication_email",
    ),
    **_each(
        "EmailSettings",
        "SendEmailNotifications UseChannelInEmailNotifications FeedbackName FeedbackEmail ReplyToAddress "
        "FeedbackOrganization EnableEmailBatching EnablePreviewModeBanner EmailNotificationContentsType",
        "site_notifications",
    ),
    **_each("EmailSettings", "SendPushNotifications PushNotificationServer", "environment_push_notification_server"),
    "EmailSettings.PushNotificationContents": "site_notifications",
    **_each(
        "EmailSettings",
        "PushNotificationBuffer EmailBatchingBufferSize EmailBatchingInterval LoginButtonColor "
        "LoginButtonBorderColor LoginButtonTextColor",
        "experimental_features",
    ),
    **_each(
        "SupportSettings",
        "CustomTermsOfServiceEnabled CustomTermsOfServiceReAcceptancePeriod",
        "compliance_custom_terms_of_service",
    ),
    "SupportSettings.SupportEmail": "site_notifications site_customization",
    **_each(
        "AnnouncementSettings",
        "AdminNoticesEnabled UserNoticesEnabled NoticesURL NoticesFetchFrequency NoticesSkipCache",
        "site_notices",
    ),
    **_each(
        "LdapSettings",
        "LoginButtonColor LoginButtonBorderColor LoginButtonTextColor",
        "experimental_features authentication_ldap",
    ),
    **_each(
        "SamlSettings",
        "LoginButtonColor LoginButtonBorderColor LoginButtonTextColor",
        "experimental_features authentication_saml",
    ),
    **_each(
        "NativeAppSettings",
        "MobileEnableBiometrics MobilePreventScreenCapture MobileJailbreakProtection MobileEnableSecureFilePreview "
        "MobileAllowPdfLinkNavigation",
        "environment_mobile_security",
    ),
}

# What RestrictSystemAdmin keeps from being changed over the API: the machine, not the product.
RESTRICTED_SECTIONS = frozenset(
    {"SqlSettings", "RateLimitSettings", "CacheSettings", "ClusterSettings", "LogSettings", "ExperimentalAuditSettings",
     "MetricsSettings", "ElasticsearchSettings", "ImportSettings", "ExportSettings", "JobSettings", "CloudSettings"}
)  # fmt: skip
RESTRICTED = frozenset(
    {
        *_each(
            "ServiceSettings",
            "SiteURL WebsocketURL LicenseFileLocation ListenAddress ConnectionSecurity TLSCertFile TLSKeyFile "
            "TLSMinVer TLSStrictTransport TLSStrictTransportMaxAge TLSOverwriteCiphers UseLetsEncrypt "
            "LetsEncryptCertificateCacheFile Forward80To443 TrustedProxyIPHeader ReadTimeout WriteTimeout IdleTimeout "
            "EnableTesting EnableDeveloper DeveloperFlags EnableInsecureOutgoingConnections "
            "AllowedUntrustedInternalConnections AllowCorsFrom CorsExposedHeaders CorsAllowCredentials CorsDebug "
            "AllowCookiesForSubdomains WebsocketPort WebsocketSecurePort WebserverMode EnableLocalMode "
            "LocalModeSocketLocation MaximumPayloadSizeBytes MaximumURLLength ManagedResourcePaths",
            "",
        ),
        *_each("EmailSettings", "SMTPServer SMTPPort SMTPUsername SMTPPassword ConnectionSecurity EnableSMTPAuth", ""),
        *_each("EmailSettings", "SkipServerCertificateVerification SMTPServerTimeout PushNotificationServer", ""),
        *_each("PluginSettings", "Enable EnableUploads Directory ClientDirectory SignaturePublicKeyFiles", ""),
        "ComplianceSettings.Directory",
        "ExperimentalSettings.RestrictSystemAdmin",
    }
)
FILE_STORE_FOR_PEOPLE = frozenset(
    _each(
        "FileSettings",
        "EnableFileAttachments EnableMobileUpload EnableMobileDownload EnablePublicLink ExtractContent "
        "ArchiveRecursion",
        "",
    )
)


def consoles_of(entry: Entry) -> tuple[str, ...]:
    """The sections of the System Console that show a setting; none when it needs ``manage_system``."""
    return tuple(SETTINGS.get(entry.name, SECTIONS[entry.section]).split())


def may_read(entry: Entry, permitted: Permitted) -> bool:
    """Whether somebody with these permissions sees a setting."""
    return permitted(EVERYTHING) or any(permitted(f"sysconsole_read_{console}") for console in consoles_of(entry))


def may_write(entry: Entry, permitted: Permitted, config: Config) -> bool:
    """Whether somebody with these permissions may change a setting over the API."""
    if entry.section in NOT_IN_FILE or (config.experimental.restrict_system_admin and is_restricted(entry)):
        return False
    return permitted(EVERYTHING) or any(permitted(f"sysconsole_write_{console}") for console in consoles_of(entry))


def is_restricted(entry: Entry) -> bool:
    """Whether ``ExperimentalSettings.RestrictSystemAdmin`` reserves a setting for the file and the environment."""
    if entry.section == "FileSettings":
        return entry.name not in FILE_STORE_FOR_PEOPLE
    return entry.section in RESTRICTED_SECTIONS or entry.name in RESTRICTED

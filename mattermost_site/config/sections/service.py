"""The web server, sessions, integrations and what people may do with posts."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import (
    at_least,
    between,
    ciphers,
    listen_address,
    one_of,
    port,
    socket_address,
    time_of_day,
    web_address,
)


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """The web server itself, and most switches of the product."""

    site_url: str = setting("SiteURL", default="", rule=web_address("site_url"))
    websocket_url: str = setting("WebsocketURL", default="", rule=socket_address("websocket_url"))
    license_file_location: str = setting("LicenseFileLocation", default="")
    listen_address: str = setting("ListenAddress", default=":8065", rule=listen_address("listen_address"), restart=True)
    connection_security: str = setting(
        "ConnectionSecurity", default="", rule=one_of("", "TLS", error="webserver_security"), restart=True
    )
    tls_cert_file: str = setting("TLSCertFile", default="", restart=True)
    tls_key_file: str = setting("TLSKeyFile", default="", restart=True)
    tls_min_ver: str = setting(
        "TLSMinVer", default="1.2", rule=one_of("1.0", "1.1", "1.2", "1.3", error="tls_min_ver"), restart=True
    )
    tls_strict_transport: bool = setting("TLSStrictTransport", default=False)
    tls_strict_transport_max_age: int = setting(
        "TLSStrictTransportMaxAge", default=63072000, rule=at_least(0, "tls_strict_transport_max_age")
    )
    tls_overwrite_ciphers: tuple[str, ...] = setting(
        "TLSOverwriteCiphers", default=(), rule=ciphers("tls_overwrite_cipher"), restart=True
    )
    use_lets_encrypt: bool = setting("UseLetsEncrypt", default=False, restart=True)
    lets_encrypt_certificate_cache_file: str = setting(
        "LetsEncryptCertificateCacheFile", default="./config/letsencrypt.cache", restart=True
    )
    forward_80_to_443: bool = setting("Forward80To443", default=False, restart=True)
    trusted_proxy_ip_header: tuple[str, ...] = setting("TrustedProxyIPHeader", default=())
    read_timeout: int = setting("ReadTimeout", default=300, rule=at_least(1, "read_timeout"), restart=True)
    write_timeout: int = setting("WriteTimeout", default=300, rule=at_least(1, "write_timeout"), restart=True)
    idle_timeout: int = setting("IdleTimeout", default=60, rule=at_least(0, "idle_timeout"), restart=True)
    maximum_login_attempts: int = setting("MaximumLoginAttempts", default=10, rule=at_least(1, "login_attempts"))
    goroutine_health_threshold: int = setting("GoroutineHealthThreshold", default=-1)
    enable_oauth_service_provider: bool = setting("EnableOAuthServiceProvider", default=True)
    enable_dynamic_client_registration: bool = setting("EnableDynamicClientRegistration", default=False)
    enable_incoming_webhooks: bool = setting("EnableIncomingWebhooks", default=True)
    enable_outgoing_webhooks: bool = setting("EnableOutgoingWebhooks", default=True)
    enable_outgoing_oauth_connections: bool = setting("EnableOutgoingOAuthConnections", default=False)
    enable_commands: bool = setting("EnableCommands", default=True)
    outgoing_integration_requests_timeout: int = setting(
        "OutgoingIntegrationRequestsTimeout", default=30, rule=at_least(1, "outgoing_integrations_request_timeout")
    )
    enable_post_username_override: bool = setting("EnablePostUsernameOverride", default=False)
    enable_post_icon_override: bool = setting("EnablePostIconOverride", default=False)
    google_developer_key: str = setting("GoogleDeveloperKey", default="")
    enable_link_previews: bool = setting("EnableLinkPreviews", default=True)
    enable_permalink_previews: bool = setting("EnablePermalinkPreviews", default=True)
    restrict_link_previews: str = setting("RestrictLinkPreviews", default="")
    enable_testing: bool = setting("EnableTesting", default=False)
    enable_developer: bool = setting("EnableDeveloper", default=False)
    developer_flags: str = setting("DeveloperFlags", default="")
    enable_client_performance_debugging: bool = setting("EnableClientPerformanceDebugging", default=False)
    enable_security_fix_alert: bool = setting("EnableSecurityFixAlert", default=True)
    enable_insecure_outgoing_connections: bool = setting("EnableInsecureOutgoingConnections", default=False)
    allowed_untrusted_internal_connections: str = setting("AllowedUntrustedInternalConnections", default="")
    enable_multifactor_authentication: bool = setting("EnableMultifactorAuthentication", default=False)
    enforce_multifactor_authentication: bool = setting("EnforceMultifactorAuthentication", default=False)
    enable_user_access_tokens: bool = setting("EnableUserAccessTokens", default=False)
    allow_cors_from: str = setting("AllowCorsFrom", default="")
    cors_exposed_headers: str = setting("CorsExposedHeaders", default="")
    cors_allow_credentials: bool = setting("CorsAllowCredentials", default=False)
    cors_debug: bool = setting("CorsDebug", default=False)
    allow_cookies_for_subdomains: bool = setting("AllowCookiesForSubdomains", default=False)
    extend_session_length_with_activity: bool = setting("ExtendSessionLengthWithActivity", default=False)
    terminate_sessions_on_password_change: bool = setting("TerminateSessionsOnPasswordChange", default=False)
    session_length_web_in_days: int = setting("SessionLengthWebInDays", default=180, rule=at_least(0, "session_length"))
    session_length_web_in_hours: int = setting(
        "SessionLengthWebInHours", default=4320, rule=at_least(0, "session_length")
    )
    session_length_mobile_in_days: int = setting(
        "SessionLengthMobileInDays", default=180, rule=at_least(0, "session_length")
    )
    session_length_mobile_in_hours: int = setting(
        "SessionLengthMobileInHours", default=4320, rule=at_least(0, "session_length")
    )
    session_length_sso_in_days: int = setting("SessionLengthSSOInDays", default=30, rule=at_least(0, "session_length"))
    session_length_sso_in_hours: int = setting(
        "SessionLengthSSOInHours", default=720, rule=at_least(0, "session_length")
    )
    session_cache_in_minutes: int = setting("SessionCacheInMinutes", default=10, rule=at_least(0, "session_cache"))
    session_idle_timeout_in_minutes: int = setting(
        "SessionIdleTimeoutInMinutes", default=43200, rule=at_least(0, "session_idle_timeout")
    )
    websocket_secure_port: int = setting("WebsocketSecurePort", default=443, rule=port("websocket_port"))
    websocket_port: int = setting("WebsocketPort", default=80, rule=port("websocket_port"))
    webserver_mode: str = setting(
        "WebserverMode", default="gzip", rule=one_of("gzip", "uncompressed", "disabled", error="webserver_mode")
    )
    enable_gif_picker: bool = setting("EnableGifPicker", default=True)
    giphy_sdk_key: str = setting("GiphySdkKey", default="")
    enable_custom_emoji: bool = setting("EnableCustomEmoji", default=True)
    enable_emoji_picker: bool = setting("EnableEmojiPicker", default=True)
    post_edit_time_limit: int = setting("PostEditTimeLimit", default=-1, rule=at_least(-1, "post_edit_time_limit"))
    time_between_user_typing_updates_milliseconds: int = setting(
        "TimeBetweenUserTypingUpdatesMilliseconds", default=5000, rule=at_least(1000, "time_between_user_typing")
    )
    enable_cross_team_search: bool = setting("EnableCrossTeamSearch", default=True)
    enable_post_search: bool = setting("EnablePostSearch", default=True)
    enable_file_search: bool = setting("EnableFileSearch", default=True)
    minimum_hashtag_length: int = setting("MinimumHashtagLength", default=3, rule=at_least(1, "minimum_hashtag_length"))
    enable_user_typing_messages: bool = setting("EnableUserTypingMessages", default=True)
    enable_channel_viewed_messages: bool = setting("EnableChannelViewedMessages", default=True)
    enable_user_statuses: bool = setting("EnableUserStatuses", default=True)
    experimental_enable_authentication_transfer: bool = setting(
        "ExperimentalEnableAuthenticationTransfer", default=True
    )
    cluster_log_timeout_milliseconds: int = setting(
        "ClusterLogTimeoutMilliseconds", default=2000, rule=at_least(1, "cluster_log_timeout")
    )
    enable_tutorial: bool = setting("EnableTutorial", default=True)
    enable_onboarding_flow: bool = setting("EnableOnboardingFlow", default=True)
    experimental_enable_default_channel_leave_join_messages: bool = setting(
        "ExperimentalEnableDefaultChannelLeaveJoinMessages", default=True
    )
    experimental_group_unread_channels: str = setting(
        "ExperimentalGroupUnreadChannels",
        default="disabled",
        rule=one_of("disabled", "default_on", "default_off", error="group_unread_channels"),
    )
    enable_api_team_deletion: bool = setting("EnableAPITeamDeletion", default=False)
    enable_api_trigger_admin_notifications: bool = setting("EnableAPITriggerAdminNotifications", default=False)
    enable_api_user_deletion: bool = setting("EnableAPIUserDeletion", default=False)
    enable_api_post_deletion: bool = setting("EnableAPIPostDeletion", default=False)
    enable_desktop_landing_page: bool = setting("EnableDesktopLandingPage", default=True)
    experimental_enable_hardened_mode: bool = setting("ExperimentalEnableHardenedMode", default=False)
    experimental_strict_csrf_enforcement: bool = setting("ExperimentalStrictCSRFEnforcement", default=False)
    enable_email_invitations: bool = setting("EnableEmailInvitations", default=True)
    disable_bots_when_owner_is_deactivated: bool = setting("DisableBotsWhenOwnerIsDeactivated", default=True)
    enable_bot_account_creation: bool = setting("EnableBotAccountCreation", default=False)
    enable_svgs: bool = setting("EnableSVGs", default=True)
    enable_latex: bool = setting("EnableLatex", default=True)
    enable_inline_latex: bool = setting("EnableInlineLatex", default=True)
    post_priority: bool = setting("PostPriority", default=True)
    allow_persistent_notifications: bool = setting("AllowPersistentNotifications", default=True)
    allow_persistent_notifications_for_guests: bool = setting("AllowPersistentNotificationsForGuests", default=False)
    persistent_notification_interval_minutes: int = setting(
        "PersistentNotificationIntervalMinutes", default=5, rule=at_least(2, "persistent_notifications_interval")
    )
    persistent_notification_max_count: int = setting(
        "PersistentNotificationMaxCount", default=6, rule=at_least(1, "persistent_notifications_count")
    )
    persistent_notification_max_recipients: int = setting(
        "PersistentNotificationMaxRecipients", default=5, rule=at_least(1, "persistent_notifications_recipients")
    )
    enable_api_channel_deletion: bool = setting("EnableAPIChannelDeletion", default=False)
    enable_local_mode: bool = setting("EnableLocalMode", default=False, restart=True)
    local_mode_socket_location: str = setting(
        "LocalModeSocketLocation",
        default="/var/tmp/mattermost_local.socket",  # noqa: S108 - the default that administrators know
        restart=True,
    )
    enable_aws_metering: bool = setting("EnableAWSMetering", default=False)
    split_key: str = setting("SplitKey", default="", secret=True)
    feature_flag_sync_interval_seconds: int = setting(
        "FeatureFlagSyncIntervalSeconds", default=30, rule=at_least(1, "feature_flag_sync_interval")
    )
    debug_split: bool = setting("DebugSplit", default=False)
    thread_auto_follow: bool = setting("ThreadAutoFollow", default=True)
    collapsed_threads: str = setting(
        "CollapsedThreads",
        default="always_on",
        rule=one_of("disabled", "default_on", "default_off", "always_on", error="collapsed_threads"),
    )
    managed_resource_paths: str = setting("ManagedResourcePaths", default="")
    enable_custom_groups: bool = setting("EnableCustomGroups", default=True)
    allow_synced_drafts: bool = setting("AllowSyncedDrafts", default=True)
    unique_emoji_reaction_limit_per_post: int = setting(
        "UniqueEmojiReactionLimitPerPost", default=50, rule=between(0, 500, "unique_emoji_reaction_limit_per_post")
    )
    refresh_post_stats_run_time: str = setting(
        "RefreshPostStatsRunTime", default="00:00", rule=time_of_day("refresh_post_stats_run_time")
    )
    maximum_payload_size_bytes: int = setting(
        "MaximumPayloadSizeBytes", default=300000, rule=at_least(1, "max_payload_size")
    )
    maximum_url_length: int = setting("MaximumURLLength", default=2048, rule=at_least(1, "max_url_length"))
    scheduled_posts: bool = setting("ScheduledPosts", default=True)
    enable_web_hub_channel_iteration: bool = setting("EnableWebHubChannelIteration", default=False)
    frame_ancestors: str = setting("FrameAncestors", default="")
    delete_account_link: str = setting("DeleteAccountLink", default="")

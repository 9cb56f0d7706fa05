"""Feature flags: set by the environment only (``MM_FEATUREFLAGS_<NAME>``), never written to the file."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting


@dataclass(frozen=True, slots=True)
class FeatureFlags:
    """Switches for features under way, with the values of the recorded server."""

    apps_enabled: bool = setting("AppsEnabled", default=False)
    attribute_based_access_control: bool = setting("AttributeBasedAccessControl", default=True)
    auto_translation: bool = setting("AutoTranslation", default=False)
    burn_on_read: bool = setting("BurnOnRead", default=False)
    channel_bookmarks: bool = setting("ChannelBookmarks", default=True)
    cloud_annual_renewals: bool = setting("CloudAnnualRenewals", default=False)
    cloud_dedicated_export_ui: bool = setting("CloudDedicatedExportUI", default=False)
    cloud_ip_filtering: bool = setting("CloudIPFiltering", default=False)
    consume_post_hook: bool = setting("ConsumePostHook", default=False)
    content_flagging: bool = setting("ContentFlagging", default=True)
    custom_profile_attributes: bool = setting("CustomProfileAttributes", default=True)
    deprecate_cloud_free: bool = setting("DeprecateCloudFree", default=False)
    enable_ai_plugin_bridge: bool = setting("EnableAIPluginBridge", default=False)
    enable_export_direct_download: bool = setting("EnableExportDirectDownload", default=False)
    enable_mattermost_entry: bool = setting("EnableMattermostEntry", default=True)
    enable_remote_cluster_service: bool = setting("EnableRemoteClusterService", default=False)
    enable_shared_channels_dms: bool = setting("EnableSharedChannelsDMs", default=False)
    enable_shared_channels_member_sync: bool = setting("EnableSharedChannelsMemberSync", default=False)
    enable_shared_channels_plugins: bool = setting("EnableSharedChannelsPlugins", default=True)
    enable_sync_all_users_for_remote_cluster: bool = setting("EnableSyncAllUsersForRemoteCluster", default=False)
    experimental_audit_settings_system_console_ui: bool = setting(
        "ExperimentalAuditSettingsSystemConsoleUI", default=True
    )
    interactive_dialog_apps_form: bool = setting("InteractiveDialogAppsForm", default=True)
    mobile_sso_code_exchange: bool = setting("MobileSSOCodeExchange", default=True)
    move_threads_enabled: bool = setting("MoveThreadsEnabled", default=False)
    normalize_ldap_dns: bool = setting("NormalizeLdapDNs", default=False)
    notification_monitoring: bool = setting("NotificationMonitoring", default=True)
    onboarding_tour_tips: bool = setting("OnboardingTourTips", default=True)
    permalink_previews: bool = setting("PermalinkPreviews", default=False)
    streamlined_marketplace: bool = setting("StreamlinedMarketplace", default=True)
    test_bool_feature: bool = setting("TestBoolFeature", default=False)
    test_feature: str = setting("TestFeature", default="off")
    web_socket_event_scope: bool = setting("WebSocketEventScope", default=True)
    wysiwyg_editor: bool = setting("WysiwygEditor", default=False)
    enable_ai_recaps: bool = setting("EnableAIRecaps", default=False)
    cjk_search: bool = setting("CJKSearch", default=False)

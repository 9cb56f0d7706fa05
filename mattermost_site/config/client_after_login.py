"""The part of the client configuration that only people with a session get (bootstrap.md §6.2)."""

from __future__ import annotations

from mattermost_site.config.facts import Facts
from mattermost_site.config.sections import Config
from mattermost_site.config.sections.features import PluginSettings

Values = dict[str, object]

DEFAULT_MARKETPLACE = PluginSettings().marketplace_url
BURN_ON_READ_SECONDS = 600  # bootstrap.md §6.2; this version has no settings for it
BURN_ON_READ_LONGEST = 604_800
HOURS_A_DAY = 24


def keys_after_login(config: Config, facts: Facts) -> Values:
    """Keys and values that come on top of those before the login."""
    return {
        **_installation(config, facts),
        **_integrations(config),
        **_messages(config, facts),
        **_more_messages(config),
        **_people(config),
        **_notifications(config),
        **_look(config),
        **_directories(config),
        **_compliance(config),
        **_experiments(config),
        **_wrangler(config),
    }


def _installation(config: Config, facts: Facts) -> Values:
    return {
        "InstallationDate": facts.installation_date,
        "SchemaVersion": facts.schema_version,
        "SQLDriverName": config.sql.driver_name,
        "UpgradedFromTE": False,
        "RunJobs": config.job.run_jobs,
        "EnableCluster": config.cluster.enable,
        "EnableMetrics": config.metrics.enable,
        "EnableNotificationMetrics": config.metrics.enable_notification_metrics,
        "EnableDeveloper": config.service.enable_developer,
        "EnableTesting": config.service.enable_testing,
        "EnableClientPerformanceDebugging": config.service.enable_client_performance_debugging,
        "CWSURL": config.cloud.cws_url,
        "CWSMock": "",
    }


def _integrations(config: Config) -> Values:
    service, plugin = config.service, config.plugin
    return {
        "EnableOAuthServiceProvider": service.enable_oauth_service_provider,
        "EnableIncomingWebhooks": service.enable_incoming_webhooks,
        "EnableOutgoingWebhooks": service.enable_outgoing_webhooks,
        "EnableOutgoingOAuthConnections": service.enable_outgoing_oauth_connections,
        "EnableCommands": service.enable_commands,
        "EnablePostUsernameOverride": service.enable_post_username_override,
        "EnablePostIconOverride": service.enable_post_icon_override,
        "EnableUserAccessTokens": service.enable_user_access_tokens,
        "EnableMarketplace": plugin.enable_marketplace,
        "IsDefaultMarketplace": plugin.marketplace_url == DEFAULT_MARKETPLACE,
        "ManagedResourcePaths": service.managed_resource_paths,
        "GoogleDeveloperKey": service.google_developer_key,
        "GiphySdkKey": service.giphy_sdk_key,
        # Without a key of one's own the picker could not search; the recorded server sends its maker's.
        "EnableGifPicker": service.enable_gif_picker and bool(service.giphy_sdk_key),
    }


def _messages(config: Config, facts: Facts) -> Values:
    service, files = config.service, config.file
    return {
        "CollapsedThreads": service.collapsed_threads,
        "PostEditTimeLimit": service.post_edit_time_limit,
        "PostPriority": service.post_priority,
        "PostAcknowledgements": True,
        "ScheduledPosts": service.scheduled_posts,
        "AllowSyncedDrafts": service.allow_synced_drafts,
        "EnableLinkPreviews": service.enable_link_previews,
        "EnablePermalinkPreviews": service.enable_permalink_previews,
        "EnableEmojiPicker": service.enable_emoji_picker,
        "EnableSVGs": service.enable_svgs,
        "EnableLatex": service.enable_latex,
        "EnableInlineLatex": service.enable_inline_latex,
        "MinimumHashtagLength": service.minimum_hashtag_length,
        "UniqueEmojiReactionLimitPerPost": service.unique_emoji_reaction_limit_per_post,
        "EnableCrossTeamSearch": service.enable_cross_team_search,
        "FeatureFlagExperimentalCrossTeamSearch": True,  # no flag any more, but clients ask for it
        "MaxMarkdownNodes": config.display.max_markdown_nodes,
        "CustomUrlSchemes": config.display.custom_url_schemes,
        "EnableFileAttachments": files.enable_file_attachments,
        "EnablePublicLink": files.enable_public_link,
        "EnableMobileFileUpload": files.enable_mobile_upload,
        "EnableMobileFileDownload": files.enable_mobile_download,
        "MaxFileSize": files.max_file_size,
        "MaxPostSize": facts.max_post_size,
    }


def _more_messages(config: Config) -> Values:
    flags, translation = config.feature_flags, config.auto_translation
    return {
        "ExperimentalEnablePostMetadata": True,
        "EnableBurnOnRead": flags.burn_on_read,
        "BurnOnReadDurationSeconds": BURN_ON_READ_SECONDS,
        "BurnOnReadMaximumTimeToLiveSeconds": BURN_ON_READ_LONGEST,
        "ContentFlaggingEnabled": flags.content_flagging and config.content_flagging.enable_content_flagging,
        "EnableAutoTranslation": flags.auto_translation and translation.enable,
        "AutoTranslationLanguages": "",
        "RestrictDMAndGMAutotranslation": False,
        "UseAnonymousURLs": False,  # addresses without names, in later versions
    }


def _people(config: Config) -> Values:
    service, team = config.service, config.team
    return {
        "RestrictDirectMessage": team.restrict_direct_message,
        "TeammateNameDisplay": team.teammate_name_display,
        "LockTeammateNameDisplay": team.lock_teammate_name_display,
        "EnableCustomUserStatuses": team.enable_custom_user_statuses,
        "EnableLastActiveTime": team.enable_last_active_time,
        "EnableUserDeactivation": team.enable_user_deactivation,
        "ExperimentalPrimaryTeam": team.experimental_primary_team,
        "ExperimentalEnableAutomaticReplies": team.experimental_enable_automatic_replies,
        "EnableCustomGroups": service.enable_custom_groups,
        "EnableEmailInvitations": service.enable_email_invitations,
        "ExtendSessionLengthWithActivity": service.extend_session_length_with_activity,
        "ExperimentalEnableAuthenticationTransfer": service.experimental_enable_authentication_transfer,
        "ExperimentalTimezone": True,
        "DeleteAccountLink": service.delete_account_link,
        "ShowEmailAddress": config.privacy.show_email_address,
        "ShowFullName": config.privacy.show_full_name,
        "EnableTutorial": service.enable_tutorial,
        "EnableOnboardingFlow": service.enable_onboarding_flow,
    }


def _notifications(config: Config) -> Values:
    service, team, email = config.service, config.team, config.email
    return {
        "SendEmailNotifications": email.send_email_notifications,
        "EnableEmailBatching": email.enable_email_batching,
        "EmailNotificationContentsType": email.email_notification_contents_type,
        "RequireEmailVerification": email.require_email_verification,
        "EnablePreviewModeBanner": email.enable_preview_mode_banner,
        "SendPushNotifications": email.send_push_notifications,
        "EnableConfirmNotificationsToChannel": team.enable_confirm_notifications_to_channel,
        "MaxNotificationsPerChannel": team.max_notifications_per_channel,
        "AllowPersistentNotifications": service.allow_persistent_notifications,
        "AllowPersistentNotificationsForGuests": service.allow_persistent_notifications_for_guests,
        "PersistentNotificationIntervalMinutes": service.persistent_notification_interval_minutes,
        "PersistentNotificationMaxCount": service.persistent_notification_max_count,
        "PersistentNotificationMaxRecipients": service.persistent_notification_max_recipients,
        "EnableUserTypingMessages": service.enable_user_typing_messages,
        "TimeBetweenUserTypingUpdatesMilliseconds": service.time_between_user_typing_updates_milliseconds,
        "EnableChannelViewedMessages": service.enable_channel_viewed_messages,
        "ExperimentalEnableDefaultChannelLeaveJoinMessages": (
            service.experimental_enable_default_channel_leave_join_messages
        ),
        "ExperimentalGroupUnreadChannels": service.experimental_group_unread_channels,
    }


def _look(config: Config) -> Values:
    banner, theme, localization = config.announcement, config.theme, config.localization
    return {
        "EnableBanner": banner.enable_banner,
        "BannerText": banner.banner_text,
        "BannerColor": banner.banner_color,
        "BannerTextColor": banner.banner_text_color,
        "AllowBannerDismissal": banner.allow_banner_dismissal,
        "EnableThemeSelection": theme.enable_theme_selection,
        "DefaultTheme": theme.default_theme,
        "AllowCustomThemes": theme.allow_custom_themes,
        "AllowedThemes": theme.allowed_themes,
        "AvailableLocales": localization.available_locales,
        "EnableExperimentalLocales": localization.enable_experimental_locales,
    }


def _directories(config: Config) -> Values:
    """Which parts of a profile a directory sets, so that people cannot change them."""
    ldap, saml = config.ldap, config.saml
    return {
        "LdapFirstNameAttributeSet": bool(ldap.first_name_attribute),
        "LdapLastNameAttributeSet": bool(ldap.last_name_attribute),
        "LdapNicknameAttributeSet": bool(ldap.nickname_attribute),
        "LdapPictureAttributeSet": bool(ldap.picture_attribute),
        "LdapPositionAttributeSet": bool(ldap.position_attribute),
        "SamlFirstNameAttributeSet": bool(saml.first_name_attribute),
        "SamlLastNameAttributeSet": bool(saml.last_name_attribute),
        "SamlNicknameAttributeSet": bool(saml.nickname_attribute),
        "SamlPositionAttributeSet": bool(saml.position_attribute),
    }


def _compliance(config: Config) -> Values:
    retention, access = config.data_retention, config.access_control
    return {
        "EnableCompliance": config.compliance.enable,
        "DataRetentionEnableMessageDeletion": retention.enable_message_deletion,
        "DataRetentionEnableFileDeletion": retention.enable_file_deletion,
        "DataRetentionMessageRetentionHours": (
            retention.message_retention_hours or retention.message_retention_days * HOURS_A_DAY
        ),
        "DataRetentionFileRetentionHours": (
            retention.file_retention_hours or retention.file_retention_days * HOURS_A_DAY
        ),
        "EnableAttributeBasedAccessControl": access.enable_attribute_based_access_control,
        "EnableChannelScopeAccessControl": access.enable_channel_scope_access_control,
        "EnableUserManagedAttributes": access.enable_user_managed_attributes,
    }


def _experiments(config: Config) -> Values:
    experimental, workspaces = config.experimental, config.connected_workspaces
    shared = workspaces.enable_shared_channels or experimental.enable_shared_channels
    remote = workspaces.enable_remote_cluster_service or experimental.enable_remote_cluster_service
    return {
        "ExperimentalSharedChannels": shared,
        "ExperimentalRemoteClusterService": remote and config.feature_flags.enable_remote_cluster_service,
        "ExperimentalChannelCategorySorting": experimental.experimental_channel_category_sorting,
        "DelayChannelAutocomplete": experimental.delay_channel_autocomplete,
        "DisableAppBar": experimental.disable_app_bar,
        "DisableRefetchingOnBrowserFocus": experimental.disable_refetching_on_browser_focus,
        "DisableWakeUpReconnectHandler": experimental.disable_wake_up_reconnect_handler,
        "UsersStatusAndProfileFetchingPollIntervalMilliseconds": (
            experimental.users_status_and_profile_fetching_poll_interval_milliseconds
        ),
        "YoutubeReferrerPolicy": experimental.youtube_referrer_policy,
    }


def _wrangler(config: Config) -> Values:
    wrangler = config.wrangler
    prefix = "WranglerMoveThread"
    return {
        "WranglerPermittedWranglerRoles": wrangler.permitted_wrangler_roles,
        "WranglerAllowedEmailDomain": wrangler.allowed_email_domain,
        f"{prefix}MaxCount": wrangler.move_thread_max_count,
        f"{prefix}ToAnotherTeamEnable": wrangler.move_thread_to_another_team_enable,
        f"{prefix}FromPrivateChannelEnable": wrangler.move_thread_from_private_channel_enable,
        f"{prefix}FromDirectMessageChannelEnable": wrangler.move_thread_from_direct_message_channel_enable,
        f"{prefix}FromGroupMessageChannelEnable": wrangler.move_thread_from_group_message_channel_enable,
    }

"""Search engine, plugins, connected workspaces, translation and other optional features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, domains, one_of, time_of_day, web_address


@dataclass(frozen=True, slots=True)
class ExperimentalSettings:
    """Experiments."""

    client_side_cert_enable: bool = setting("ClientSideCertEnable", default=False)
    link_metadata_timeout_milliseconds: int = setting(
        "LinkMetadataTimeoutMilliseconds", default=5000, rule=at_least(1, "link_metadata_timeout")
    )
    restrict_system_admin: bool = setting("RestrictSystemAdmin", default=False)
    enable_shared_channels: bool = setting("EnableSharedChannels", default=False)
    enable_remote_cluster_service: bool = setting("EnableRemoteClusterService", default=False)
    disable_app_bar: bool = setting("DisableAppBar", default=False)
    disable_refetching_on_browser_focus: bool = setting("DisableRefetchingOnBrowserFocus", default=False)
    delay_channel_autocomplete: bool = setting("DelayChannelAutocomplete", default=False)
    disable_wake_up_reconnect_handler: bool = setting("DisableWakeUpReconnectHandler", default=False)
    users_status_and_profile_fetching_poll_interval_milliseconds: int = setting(
        "UsersStatusAndProfileFetchingPollIntervalMilliseconds",
        default=3000,
        rule=at_least(1, "users_status_and_profile_fetching_poll_interval"),
    )
    youtube_referrer_policy: bool = setting("YoutubeReferrerPolicy", default=False)
    experimental_channel_category_sorting: bool = setting("ExperimentalChannelCategorySorting", default=False)


@dataclass(frozen=True, slots=True)
class ElasticsearchSettings:
    """An OpenSearch or Elasticsearch server."""

    connection_url: str = setting("ConnectionURL", default="http://localhost:9200")
    backend: str = setting(
        "Backend",
        default="elasticsearch",
        rule=one_of("elasticsearch", "opensearch", error="elastic_search.invalid_backend"),
        restart=True,
    )
    username: str = setting("Username", default="elastic")
    password: str = setting("Password", default="changeme", secret=True)
    enable_indexing: bool = setting("EnableIndexing", default=False)
    enable_searching: bool = setting("EnableSearching", default=False)
    enable_autocomplete: bool = setting("EnableAutocomplete", default=False)
    sniff: bool = setting("Sniff", default=True)
    post_index_replicas: int = setting(
        "PostIndexReplicas", default=1, rule=at_least(0, "elastic_search.index_replicas")
    )
    post_index_shards: int = setting("PostIndexShards", default=1, rule=at_least(1, "elastic_search.index_shards"))
    channel_index_replicas: int = setting(
        "ChannelIndexReplicas", default=1, rule=at_least(0, "elastic_search.index_replicas")
    )
    channel_index_shards: int = setting(
        "ChannelIndexShards", default=1, rule=at_least(1, "elastic_search.index_shards")
    )
    user_index_replicas: int = setting(
        "UserIndexReplicas", default=1, rule=at_least(0, "elastic_search.index_replicas")
    )
    user_index_shards: int = setting("UserIndexShards", default=1, rule=at_least(1, "elastic_search.index_shards"))
    aggregate_posts_after_days: int = setting(
        "AggregatePostsAfterDays", default=365, rule=at_least(1, "elastic_search.aggregate_posts_after_days")
    )
    posts_aggregator_job_start_time: str = setting(
        "PostsAggregatorJobStartTime",
        default="03:00",
        rule=time_of_day("elastic_search.posts_aggregator_job_start_time"),
    )
    index_prefix: str = setting("IndexPrefix", default="")
    global_search_prefix: str = setting("GlobalSearchPrefix", default="")
    live_indexing_batch_size: int = setting(
        "LiveIndexingBatchSize", default=10, rule=at_least(1, "elastic_search.live_indexing_batch_size")
    )
    batch_size: int = setting("BatchSize", default=10000, rule=at_least(1, "elastic_search.bulk_indexing_batch_size"))
    request_timeout_seconds: int = setting(
        "RequestTimeoutSeconds", default=30, rule=at_least(1, "elastic_search.request_timeout_seconds")
    )
    skip_tls_verification: bool = setting("SkipTLSVerification", default=False)
    ca: str = setting("CA", default="")
    client_cert: str = setting("ClientCert", default="")
    client_key: str = setting("ClientKey", default="")
    trace: str = setting("Trace", default="")
    ignored_purge_indexes: str = setting("IgnoredPurgeIndexes", default="")


@dataclass(frozen=True, slots=True)
class PluginSettings:
    """Plugins, which this server keeps settings of but does not run."""

    enable: bool = setting("Enable", default=True)
    enable_uploads: bool = setting("EnableUploads", default=False)
    allow_insecure_download_url: bool = setting("AllowInsecureDownloadURL", default=False)
    enable_health_check: bool = setting("EnableHealthCheck", default=True)
    directory: str = setting("Directory", default="./plugins")
    client_directory: str = setting("ClientDirectory", default="./client/plugins")
    plugins: Mapping[str, Any] = setting("Plugins", default={}, secret=True)
    plugin_states: Mapping[str, Any] = setting(
        "PluginStates",
        default={
            "com.mattermost.calls": {"Enable": True},
            "com.mattermost.nps": {"Enable": True},
            "mattermost-ai": {"Enable": True},
            "playbooks": {"Enable": True},
        },
    )
    enable_marketplace: bool = setting("EnableMarketplace", default=True)
    enable_remote_marketplace: bool = setting("EnableRemoteMarketplace", default=True)
    automatic_prepackaged_plugins: bool = setting("AutomaticPrepackagedPlugins", default=True)
    require_plugin_signature: bool = setting("RequirePluginSignature", default=False)
    marketplace_url: str = setting(
        "MarketplaceURL", default="https://api.integrations.mattermost.com", rule=web_address("marketplace_url")
    )
    signature_public_key_files: tuple[str, ...] = setting("SignaturePublicKeyFiles", default=())
    chimera_oauth_proxy_url: str = setting("ChimeraOAuthProxyURL", default="")


@dataclass(frozen=True, slots=True)
class CloudSettings:
    """The hosted product: kept, never used."""

    cws_url: str = setting("CWSURL", default="https://portal.test.cloud.mattermost.com")
    cws_api_url: str = setting("CWSAPIURL", default="https://api.internal.test.cloud.mattermost.com")
    cws_mock: bool = setting("CWSMock", default=False)
    disable: bool = setting("Disable", default=False)
    preview_modal_bucket_url: str = setting("PreviewModalBucketURL", default="")


@dataclass(frozen=True, slots=True)
class WranglerSettings:
    """Moving threads."""

    permitted_wrangler_roles: tuple[str, ...] = setting("PermittedWranglerRoles", default=())
    allowed_email_domain: tuple[str, ...] = setting(
        "AllowedEmailDomain", default=(), rule=domains("move_thread.domain_invalid")
    )
    move_thread_max_count: int = setting("MoveThreadMaxCount", default=100, rule=at_least(0, "move_thread.max_count"))
    move_thread_to_another_team_enable: bool = setting("MoveThreadToAnotherTeamEnable", default=False)
    move_thread_from_private_channel_enable: bool = setting("MoveThreadFromPrivateChannelEnable", default=False)
    move_thread_from_direct_message_channel_enable: bool = setting(
        "MoveThreadFromDirectMessageChannelEnable", default=False
    )
    move_thread_from_group_message_channel_enable: bool = setting(
        "MoveThreadFromGroupMessageChannelEnable", default=False
    )


@dataclass(frozen=True, slots=True)
class ConnectedWorkspacesSettings:
    """Channels shared with other servers."""

    enable_shared_channels: bool = setting("EnableSharedChannels", default=False)
    enable_remote_cluster_service: bool = setting("EnableRemoteClusterService", default=False)
    disable_shared_channels_status_sync: bool = setting("DisableSharedChannelsStatusSync", default=False)
    sync_users_on_connection_open: bool = setting("SyncUsersOnConnectionOpen", default=False)
    global_user_sync_batch_size: int = setting(
        "GlobalUserSyncBatchSize", default=25, rule=at_least(1, "connected_workspaces.global_user_sync_batch_size")
    )
    max_posts_per_sync: int = setting(
        "MaxPostsPerSync", default=50, rule=at_least(1, "connected_workspaces.max_posts_per_sync")
    )
    member_sync_batch_size: int = setting(
        "MemberSyncBatchSize", default=20, rule=at_least(1, "connected_workspaces.member_sync_batch_size")
    )


@dataclass(frozen=True, slots=True)
class TimeoutsMs:
    """Time limits of translations in milliseconds."""

    new_post: int = setting("NewPost", default=800, rule=at_least(1, "autotranslation.timeouts"))
    fetch: int = setting("Fetch", default=2000, rule=at_least(1, "autotranslation.timeouts"))
    notification: int = setting("Notification", default=300, rule=at_least(1, "autotranslation.timeouts"))


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """A LibreTranslate server."""

    url: str = setting("URL", default="", rule=web_address("autotranslation.libretranslate.url"))
    api_key: str = setting("APIKey", default="", secret=True)


@dataclass(frozen=True, slots=True)
class AutoTranslationSettings:
    """Translation of messages."""

    enable: bool = setting("Enable", default=False)
    provider: str = setting("Provider", default="")
    timeouts_ms: TimeoutsMs = setting("TimeoutsMs", default=TimeoutsMs())
    libre_translate: LibreTranslate = setting("LibreTranslate", default=LibreTranslate())

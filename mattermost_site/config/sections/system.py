"""Database, logs, caches, cluster, metrics, limits and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, listen_address, most_items, one_of, port, required, shortest

LOG_LEVELS = ("DEBUG", "INFO", "WARN", "ERROR", "FATAL")


@dataclass(frozen=True, slots=True)
class SqlSettings:
    """The database. ``sqlite`` is a driver that only this server knows."""

    driver_name: str = setting(
        "DriverName", default="postgres", rule=one_of("postgres", "sqlite", error="sql_driver"), restart=True
    )
    data_source: str = setting(
        "DataSource",
        default="postgres://mmuser:CHANGE_ME@localhost/mattermost?sslmode=disable&connect_timeout=10&binary_parameters=yes",
        rule=required("sql_data_src"),
        secret=True,
        restart=True,
    )
    data_source_replicas: tuple[str, ...] = setting("DataSourceReplicas", default=(), secret=True, restart=True)
    data_source_search_replicas: tuple[str, ...] = setting(
        "DataSourceSearchReplicas", default=(), secret=True, restart=True
    )
    max_idle_conns: int = setting("MaxIdleConns", default=50, rule=at_least(1, "sql_idle"), restart=True)
    conn_max_lifetime_milliseconds: int = setting(
        "ConnMaxLifetimeMilliseconds",
        default=3600000,
        rule=at_least(0, "sql_conn_max_lifetime_milliseconds"),
        restart=True,
    )
    conn_max_idle_time_milliseconds: int = setting(
        "ConnMaxIdleTimeMilliseconds",
        default=300000,
        rule=at_least(0, "sql_conn_max_idle_time_milliseconds"),
        restart=True,
    )
    max_open_conns: int = setting("MaxOpenConns", default=100, rule=at_least(1, "sql_max_conn"), restart=True)
    trace: bool = setting("Trace", default=False, restart=True)
    at_rest_encrypt_key: str = setting(
        "AtRestEncryptKey", default="", rule=shortest(32, "encrypt_sql"), secret=True, restart=True
    )
    query_timeout: int = setting("QueryTimeout", default=30, rule=at_least(1, "sql_query_timeout"), restart=True)
    disable_database_search: bool = setting("DisableDatabaseSearch", default=False, restart=True)
    migrations_statement_timeout_seconds: int = setting(
        "MigrationsStatementTimeoutSeconds",
        default=100000,
        rule=at_least(0, "sql_migrations_statement_timeout"),
        restart=True,
    )
    replica_lag_settings: tuple[Mapping[str, Any], ...] = setting(
        "ReplicaLagSettings", default=(), secret=True, restart=True
    )
    replica_monitor_interval_seconds: int = setting(
        "ReplicaMonitorIntervalSeconds", default=5, rule=at_least(1, "replica_monitor_interval_seconds"), restart=True
    )


@dataclass(frozen=True, slots=True)
class LogSettings:
    """Where the log goes, and diagnostics."""

    enable_console: bool = setting("EnableConsole", default=True, restart=True)
    console_level: str = setting(
        "ConsoleLevel", default="DEBUG", rule=one_of(*LOG_LEVELS, error="log_level", ignore_case=True), restart=True
    )
    console_json: bool = setting("ConsoleJson", default=True, restart=True)
    enable_color: bool = setting("EnableColor", default=False, restart=True)
    enable_file: bool = setting("EnableFile", default=True, restart=True)
    file_level: str = setting(
        "FileLevel", default="INFO", rule=one_of(*LOG_LEVELS, error="log_level", ignore_case=True), restart=True
    )
    file_json: bool = setting("FileJson", default=True, restart=True)
    file_location: str = setting("FileLocation", default="", restart=True)
    enable_webhook_debugging: bool = setting("EnableWebhookDebugging", default=True)
    enable_diagnostics: bool = setting("EnableDiagnostics", default=True)
    enable_sentry: bool = setting("EnableSentry", default=True)
    advanced_logging_json: Mapping[str, Any] = setting("AdvancedLoggingJSON", default={}, restart=True)
    max_field_size: int = setting("MaxFieldSize", default=2048, rule=at_least(0, "log_max_field_size"), restart=True)


@dataclass(frozen=True, slots=True)
class ExperimentalAuditSettings:
    """The audit log. Sizes in megabytes."""

    file_enabled: bool = setting("FileEnabled", default=False)
    file_name: str = setting("FileName", default="")
    file_max_size_mb: int = setting(
        "FileMaxSizeMB", default=100, rule=at_least(0, "experimental_audit_settings.file_max_size_invalid")
    )
    file_max_age_days: int = setting(
        "FileMaxAgeDays", default=0, rule=at_least(0, "experimental_audit_settings.file_max_age_invalid")
    )
    file_max_backups: int = setting(
        "FileMaxBackups", default=0, rule=at_least(0, "experimental_audit_settings.file_max_backups_invalid")
    )
    file_compress: bool = setting("FileCompress", default=False)
    file_max_queue_size: int = setting(
        "FileMaxQueueSize", default=1000, rule=at_least(0, "experimental_audit_settings.file_max_queue_size_invalid")
    )
    advanced_logging_json: Mapping[str, Any] = setting("AdvancedLoggingJSON", default={})
    certificate: str = setting("Certificate", default="")


@dataclass(frozen=True, slots=True)
class RateLimitSettings:
    """How many requests a client may send."""

    enable: bool = setting("Enable", default=False)
    per_sec: int = setting("PerSec", default=10, rule=at_least(1, "rate_sec"))
    max_burst: int = setting("MaxBurst", default=100, rule=at_least(1, "max_burst"))
    memory_store_size: int = setting("MemoryStoreSize", default=10000, rule=at_least(1, "rate_mem"), restart=True)
    vary_by_remote_addr: bool = setting("VaryByRemoteAddr", default=True)
    vary_by_user: bool = setting("VaryByUser", default=False)
    vary_by_header: str = setting("VaryByHeader", default="")


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """Cache, event stream and broker: in the process (``lru``) or Redis."""

    cache_type: str = setting("CacheType", default="lru", rule=one_of("lru", "redis", error="cache_type"), restart=True)
    redis_address: str = setting("RedisAddress", default="", restart=True)
    redis_password: str = setting("RedisPassword", default="", secret=True, restart=True)
    redis_db: int = setting("RedisDB", default=-1, rule=at_least(-1, "invalid_redis_db"), restart=True)
    redis_cache_prefix: str = setting("RedisCachePrefix", default="", restart=True)
    disable_client_cache: bool = setting("DisableClientCache", default=False)


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """Several servers as one."""

    enable: bool = setting("Enable", default=False, restart=True)
    cluster_name: str = setting("ClusterName", default="", restart=True)
    override_hostname: str = setting("OverrideHostname", default="", restart=True)
    network_interface: str = setting("NetworkInterface", default="", restart=True)
    bind_address: str = setting("BindAddress", default="", restart=True)
    advertise_address: str = setting("AdvertiseAddress", default="", restart=True)
    use_ip_address: bool = setting("UseIPAddress", default=True, restart=True)
    enable_gossip_compression: bool = setting("EnableGossipCompression", default=True, restart=True)
    enable_gossip_encryption: bool = setting("EnableGossipEncryption", default=True, restart=True)
    read_only_config: bool = setting("ReadOnlyConfig", default=True, restart=True)
    gossip_port: int = setting("GossipPort", default=8074, rule=port("cluster_gossip_port"), restart=True)


@dataclass(frozen=True, slots=True)
class MetricsSettings:
    """Numbers for Prometheus."""

    enable: bool = setting("Enable", default=False, restart=True)
    block_profile_rate: int = setting(
        "BlockProfileRate", default=0, rule=at_least(0, "metrics_block_profile_rate"), restart=True
    )
    listen_address: str = setting(
        "ListenAddress", default=":8067", rule=listen_address("metrics_listen_address", optional=True), restart=True
    )
    enable_client_metrics: bool = setting("EnableClientMetrics", default=True)
    enable_notification_metrics: bool = setting("EnableNotificationMetrics", default=True)
    client_side_user_ids: tuple[str, ...] = setting(
        "ClientSideUserIds", default=(), rule=most_items(5, "metrics_client_side_user_ids")
    )


@dataclass(frozen=True, slots=True)
class AnalyticsSettings:
    """Statistics of the site."""

    max_users_for_statistics: int = setting(
        "MaxUsersForStatistics", default=2500, rule=at_least(0, "max_users_for_statistics")
    )


@dataclass(frozen=True, slots=True)
class JobSettings:
    """Which servers run and schedule jobs. Thresholds in days, -1 keeps everything."""

    run_jobs: bool = setting("RunJobs", default=True, restart=True)
    run_scheduler: bool = setting("RunScheduler", default=True, restart=True)
    cleanup_jobs_threshold_days: int = setting(
        "CleanupJobsThresholdDays", default=-1, rule=at_least(-1, "cleanup_jobs_threshold")
    )
    cleanup_config_threshold_days: int = setting(
        "CleanupConfigThresholdDays", default=-1, rule=at_least(-1, "cleanup_config_threshold")
    )

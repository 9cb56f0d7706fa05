"""Retention, exports, flagged content and access rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, one_of, port_text, time_of_day


@dataclass(frozen=True, slots=True)
class ComplianceSettings:
    """Compliance reports."""

    enable: bool = setting("Enable", default=False)
    directory: str = setting("Directory", default="./data/")
    enable_daily: bool = setting("EnableDaily", default=False)
    batch_size: int = setting("BatchSize", default=30000, rule=at_least(1, "compliance_batch_size"))


@dataclass(frozen=True, slots=True)
class DataRetentionSettings:
    """When messages and files are deleted. Hours count when they are not 0, days otherwise."""

    enable_message_deletion: bool = setting("EnableMessageDeletion", default=False)
    enable_file_deletion: bool = setting("EnableFileDeletion", default=False)
    enable_boards_deletion: bool = setting("EnableBoardsDeletion", default=False)
    message_retention_days: int = setting(
        "MessageRetentionDays", default=365, rule=at_least(0, "data_retention.message_retention_days_too_low")
    )
    message_retention_hours: int = setting(
        "MessageRetentionHours", default=0, rule=at_least(0, "data_retention.message_retention_hours_too_low")
    )
    file_retention_days: int = setting(
        "FileRetentionDays", default=365, rule=at_least(0, "data_retention.file_retention_days_too_low")
    )
    file_retention_hours: int = setting(
        "FileRetentionHours", default=0, rule=at_least(0, "data_retention.file_retention_hours_too_low")
    )
    boards_retention_days: int = setting(
        "BoardsRetentionDays", default=365, rule=at_least(0, "data_retention.boards_retention_days_too_low")
    )
    deletion_job_start_time: str = setting(
        "DeletionJobStartTime", default="02:00", rule=time_of_day("data_retention.deletion_job_start_time")
    )
    batch_size: int = setting("BatchSize", default=3000, rule=at_least(1, "data_retention.batch_size"))
    time_between_batches_milliseconds: int = setting(
        "TimeBetweenBatchesMilliseconds", default=100, rule=at_least(0, "data_retention.time_between_batches")
    )
    retention_ids_batch_size: int = setting(
        "RetentionIdsBatchSize", default=100, rule=at_least(1, "data_retention.retention_ids_batch_size")
    )
    preserve_pinned_posts: bool = setting("PreservePinnedPosts", default=False)


@dataclass(frozen=True, slots=True)
class GlobalRelaySettings:
    """The mail server of Global Relay."""

    customer_type: str = setting(
        "CustomerType",
        default="A9",
    )
    smtp_username: str = setting("SMTPUsername", default="")
    smtp_password: str = setting("SMTPPassword", default="", secret=True)
    email_address: str = setting("EmailAddress", default="")
    smtp_server_timeout: int = setting(
        "SMTPServerTimeout", default=1800, rule=at_least(1, "message_export.global_relay.smtp_server_timeout")
    )
    custom_smtp_server_name: str = setting("CustomSMTPServerName", default="")
    custom_smtp_port: str = setting(
        "CustomSMTPPort", default="25", rule=port_text("message_export.global_relay.custom_smtp_port")
    )


@dataclass(frozen=True, slots=True)
class MessageExportSettings:
    """Export of messages for compliance."""

    enable_export: bool = setting("EnableExport", default=False)
    export_format: str = setting(
        "ExportFormat",
        default="actiance",
        rule=one_of("actiance", "globalrelay", "csv", error="message_export.export_type"),
    )
    daily_run_time: str = setting("DailyRunTime", default="01:00", rule=time_of_day("message_export.daily_runtime"))
    export_from_timestamp: int = setting(
        "ExportFromTimestamp", default=0, rule=at_least(0, "message_export.export_from")
    )
    batch_size: int = setting("BatchSize", default=10000, rule=at_least(1, "message_export.batch_size"))
    download_export_results: bool = setting("DownloadExportResults", default=False)
    channel_batch_size: int = setting(
        "ChannelBatchSize", default=100, rule=at_least(1, "message_export.channel_batch_size")
    )
    channel_history_batch_size: int = setting(
        "ChannelHistoryBatchSize", default=10, rule=at_least(1, "message_export.channel_history_batch_size")
    )
    global_relay_settings: GlobalRelaySettings = setting("GlobalRelaySettings", default=GlobalRelaySettings())


@dataclass(frozen=True, slots=True)
class AccessControlSettings:
    """Access by attributes."""

    enable_attribute_based_access_control: bool = setting("EnableAttributeBasedAccessControl", default=False)
    enable_channel_scope_access_control: bool = setting("EnableChannelScopeAccessControl", default=True)
    enable_user_managed_attributes: bool = setting("EnableUserManagedAttributes", default=False)


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """Who hears of a flagged message, by event."""

    event_target_mapping: Mapping[str, Any] = setting(
        "EventTargetMapping",
        default={
            "assigned": ("reviewers",),
            "dismissed": ("reviewers", "reporter"),
            "flagged": ("reviewers",),
            "removed": ("reviewers", "author", "reporter"),
        },
    )


@dataclass(frozen=True, slots=True)
class AdditionalSettings:
    """The form for flagging."""

    reasons: tuple[str, ...] = setting(
        "Reasons",
        default=(
            "Inappropriate content",
            "Sensitive data",
            "Security concern",
            "Harassment or abuse",
            "Spam or phishing",
        ),
    )
    reporter_comment_required: bool = setting("ReporterCommentRequired", default=True)
    reviewer_comment_required: bool = setting("ReviewerCommentRequired", default=True)
    hide_flagged_content: bool = setting("HideFlaggedContent", default=True)


@dataclass(frozen=True, slots=True)
class ReviewerSettings:
    """Who reviews."""

    common_reviewers: bool = setting("CommonReviewers", default=True)
    system_admins_as_reviewers: bool = setting("SystemAdminsAsReviewers", default=False)
    team_admins_as_reviewers: bool = setting("TeamAdminsAsReviewers", default=True)


@dataclass(frozen=True, slots=True)
class ContentFlaggingSettings:
    """Flagging of messages for review."""

    enable_content_flagging: bool = setting("EnableContentFlagging", default=False)
    notification_settings: NotificationSettings = setting("NotificationSettings", default=NotificationSettings())
    additional_settings: AdditionalSettings = setting("AdditionalSettings", default=AdditionalSettings())
    reviewer_settings: ReviewerSettings = setting("ReviewerSettings", default=ReviewerSettings())

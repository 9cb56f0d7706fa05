"""Teams, passwords, guests and what people see of each other."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, between, longest, one_of, required


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """The site, its teams and how people appear in them."""

    site_name: str = setting(
        "SiteName", default="Mattermost", rule=(required("sitename_empty"), longest(30, "sitename_length"))
    )
    max_users_per_team: int = setting("MaxUsersPerTeam", default=50, rule=at_least(1, "max_users"))
    enable_join_leave_message_by_default: bool = setting("EnableJoinLeaveMessageByDefault", default=True)
    enable_user_creation: bool = setting("EnableUserCreation", default=True)
    enable_open_server: bool = setting("EnableOpenServer", default=False)
    enable_user_deactivation: bool = setting("EnableUserDeactivation", default=False)
    restrict_creation_to_domains: str = setting("RestrictCreationToDomains", default="")
    enable_custom_user_statuses: bool = setting("EnableCustomUserStatuses", default=True)
    enable_custom_brand: bool = setting("EnableCustomBrand", default=False)
    custom_brand_text: str = setting("CustomBrandText", default="")
    custom_description_text: str = setting("CustomDescriptionText", default="")
    restrict_direct_message: str = setting(
        "RestrictDirectMessage", default="any", rule=one_of("any", "team", error="restrict_direct_message")
    )
    enable_last_active_time: bool = setting("EnableLastActiveTime", default=True)
    user_status_away_timeout: int = setting(
        "UserStatusAwayTimeout", default=300, rule=at_least(1, "user_status_away_timeout")
    )
    max_channels_per_team: int = setting("MaxChannelsPerTeam", default=2000, rule=at_least(1, "max_channels"))
    max_notifications_per_channel: int = setting(
        "MaxNotificationsPerChannel", default=1000, rule=at_least(1, "max_notify_per_channel")
    )
    enable_confirm_notifications_to_channel: bool = setting("EnableConfirmNotificationsToChannel", default=True)
    teammate_name_display: str = setting(
        "TeammateNameDisplay",
        default="username",
        rule=one_of("username", "nickname_full_name", "full_name", error="teammate_name_display"),
    )
    experimental_view_archived_channels: bool = setting("ExperimentalViewArchivedChannels", default=True)
    experimental_enable_automatic_replies: bool = setting("ExperimentalEnableAutomaticReplies", default=False)
    lock_teammate_name_display: bool = setting("LockTeammateNameDisplay", default=False)
    experimental_primary_team: str = setting("ExperimentalPrimaryTeam", default="")
    experimental_default_channels: tuple[str, ...] = setting("ExperimentalDefaultChannels", default=())


@dataclass(frozen=True, slots=True)
class PasswordSettings:
    """What a password has to be."""

    minimum_length: int = setting("MinimumLength", default=8, rule=between(5, 72, "password_length"))
    lowercase: bool = setting("Lowercase", default=False)
    number: bool = setting("Number", default=False)
    uppercase: bool = setting("Uppercase", default=False)
    symbol: bool = setting("Symbol", default=False)
    enable_forgot_link: bool = setting("EnableForgotLink", default=True)


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """Which parts of a profile others see."""

    show_email_address: bool = setting("ShowEmailAddress", default=True)
    show_full_name: bool = setting("ShowFullName", default=True)


@dataclass(frozen=True, slots=True)
class GuestAccountsSettings:
    """Accounts of guests."""

    enable: bool = setting("Enable", default=False)
    hide_tags: bool = setting("HideTags", default=False)
    allow_email_accounts: bool = setting("AllowEmailAccounts", default=True)
    enforce_multifactor_authentication: bool = setting("EnforceMultifactorAuthentication", default=False)
    restrict_creation_to_domains: str = setting("RestrictCreationToDomains", default="")

"""Links, banners, themes, languages and apps."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, locale, one_of, url_schemes


@dataclass(frozen=True, slots=True)
class ClientRequirements:
    """Versions of the mobile apps that may connect."""

    android_latest_version: str = setting("AndroidLatestVersion", default="")
    android_min_version: str = setting("AndroidMinVersion", default="")
    ios_latest_version: str = setting("IosLatestVersion", default="")
    ios_min_version: str = setting("IosMinVersion", default="")


@dataclass(frozen=True, slots=True)
class SupportSettings:
    """Links to help and legal texts."""

    terms_of_service_link: str = setting("TermsOfServiceLink", default="https://mattermost.com/pl/terms-of-use/")
    privacy_policy_link: str = setting("PrivacyPolicyLink", default="https://mattermost.com/pl/privacy-policy/")
    about_link: str = setting("AboutLink", default="https://mattermost.com/pl/about-mattermost")
    help_link: str = setting("HelpLink", default="https://mattermost.com/pl/help/")
    report_a_problem_link: str = setting("ReportAProblemLink", default="https://mattermost.com/pl/report-a-bug")
    report_a_problem_type: str = setting(
        "ReportAProblemType",
        default="default",
        rule=one_of("default", "email", "link", "hidden", error="report_a_problem_type"),
    )
    report_a_problem_mail: str = setting("ReportAProblemMail", default="")
    allow_download_logs: bool = setting("AllowDownloadLogs", default=True)
    forgot_password_link: str = setting("ForgotPasswordLink", default="")
    support_email: str = setting("SupportEmail", default="")
    custom_terms_of_service_enabled: bool = setting("CustomTermsOfServiceEnabled", default=False)
    custom_terms_of_service_re_acceptance_period: int = setting(
        "CustomTermsOfServiceReAcceptancePeriod", default=365, rule=at_least(0, "custom_terms_of_service_period")
    )
    enable_ask_community_link: bool = setting("EnableAskCommunityLink", default=True)


@dataclass(frozen=True, slots=True)
class AnnouncementSettings:
    """The banner and notices to everybody. Frequencies in seconds."""

    enable_banner: bool = setting("EnableBanner", default=False)
    banner_text: str = setting("BannerText", default="")
    banner_color: str = setting("BannerColor", default="#f2a93b")
    banner_text_color: str = setting("BannerTextColor", default="#333333")
    allow_banner_dismissal: bool = setting("AllowBannerDismissal", default=True)
    admin_notices_enabled: bool = setting("AdminNoticesEnabled", default=True)
    user_notices_enabled: bool = setting("UserNoticesEnabled", default=True)
    notices_url: str = setting("NoticesURL", default="https://notices.mattermost.com/")
    notices_fetch_frequency: int = setting(
        "NoticesFetchFrequency", default=3600, rule=at_least(0, "notices_fetch_frequency")
    )
    notices_skip_cache: bool = setting("NoticesSkipCache", default=False)


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """Themes."""

    enable_theme_selection: bool = setting("EnableThemeSelection", default=True)
    default_theme: str = setting("DefaultTheme", default="default")
    allow_custom_themes: bool = setting("AllowCustomThemes", default=True)
    allowed_themes: tuple[str, ...] = setting("AllowedThemes", default=())


@dataclass(frozen=True, slots=True)
class LocalizationSettings:
    """Languages."""

    default_server_locale: str = setting(
        "DefaultServerLocale", default="en", rule=locale("localization.default_server_locale")
    )
    default_client_locale: str = setting(
        "DefaultClientLocale", default="en", rule=locale("localization.default_client_locale")
    )
    available_locales: str = setting("AvailableLocales", default="")
    enable_experimental_locales: bool = setting("EnableExperimentalLocales", default=False)


@dataclass(frozen=True, slots=True)
class NativeAppSettings:
    """Links to the apps and rules for them."""

    app_custom_url_schemes: tuple[str, ...] = setting("AppCustomURLSchemes", default=("mmauth://", "mmauthbeta://"))
    app_download_link: str = setting("AppDownloadLink", default="https://mattermost.com/pl/download-apps")
    android_app_download_link: str = setting("AndroidAppDownloadLink", default="https://mattermost.com/pl/android-app/")
    ios_app_download_link: str = setting("IosAppDownloadLink", default="https://mattermost.com/pl/ios-app/")
    mobile_external_browser: bool = setting("MobileExternalBrowser", default=False)
    mobile_enable_biometrics: bool = setting("MobileEnableBiometrics", default=False)
    mobile_prevent_screen_capture: bool = setting("MobilePreventScreenCapture", default=False)
    mobile_jailbreak_protection: bool = setting("MobileJailbreakProtection", default=False)
    mobile_enable_secure_file_preview: bool = setting("MobileEnableSecureFilePreview", default=False)
    mobile_allow_pdf_link_navigation: bool = setting("MobileAllowPdfLinkNavigation", default=False)


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """How messages are rendered."""

    custom_url_schemes: tuple[str, ...] = setting(
        "CustomURLSchemes", default=(), rule=url_schemes("display.custom_url_schemes")
    )
    max_markdown_nodes: int = setting("MaxMarkdownNodes", default=0, rule=at_least(0, "display.max_markdown_nodes"))

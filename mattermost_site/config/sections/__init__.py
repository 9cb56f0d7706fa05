"""The sections of the configuration, and the whole of them."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.sections.appearance import (
    AnnouncementSettings,
    ClientRequirements,
    DisplaySettings,
    LocalizationSettings,
    NativeAppSettings,
    SupportSettings,
    ThemeSettings,
)
from mattermost_site.config.sections.compliance import (
    AccessControlSettings,
    ComplianceSettings,
    ContentFlaggingSettings,
    DataRetentionSettings,
    MessageExportSettings,
)
from mattermost_site.config.sections.features import (
    AutoTranslationSettings,
    CloudSettings,
    ConnectedWorkspacesSettings,
    ElasticsearchSettings,
    ExperimentalSettings,
    PluginSettings,
    WranglerSettings,
)
from mattermost_site.config.sections.files import ExportSettings, FileSettings, ImageProxySettings, ImportSettings
from mattermost_site.config.sections.flags import FeatureFlags
from mattermost_site.config.sections.notifications import EmailSettings
from mattermost_site.config.sections.own import WebClientSettings
from mattermost_site.config.sections.people import (
    GuestAccountsSettings,
    PasswordSettings,
    PrivacySettings,
    TeamSettings,
)
from mattermost_site.config.sections.service import ServiceSettings
from mattermost_site.config.sections.sign_in import (
    GitLabSettings,
    GoogleSettings,
    LdapSettings,
    Office365Settings,
    OpenIdSettings,
    SamlSettings,
)
from mattermost_site.config.sections.system import (
    AnalyticsSettings,
    CacheSettings,
    ClusterSettings,
    ExperimentalAuditSettings,
    JobSettings,
    LogSettings,
    MetricsSettings,
    RateLimitSettings,
    SqlSettings,
)


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting. The order of the sections is that of the file."""

    service: ServiceSettings = setting("ServiceSettings", default=ServiceSettings())
    team: TeamSettings = setting("TeamSettings", default=TeamSettings())
    client_requirements: ClientRequirements = setting("ClientRequirements", default=ClientRequirements())
    sql: SqlSettings = setting("SqlSettings", default=SqlSettings())
    log: LogSettings = setting("LogSettings", default=LogSettings())
    experimental_audit: ExperimentalAuditSettings = setting(
        "ExperimentalAuditSettings", default=ExperimentalAuditSettings()
    )
    password: PasswordSettings = setting("PasswordSettings", default=PasswordSettings())
    file: FileSettings = setting("FileSettings", default=FileSettings())
    email: EmailSettings = setting("EmailSettings", default=EmailSettings())
    rate_limit: RateLimitSettings = setting("RateLimitSettings", default=RateLimitSettings())
    privacy: PrivacySettings = setting("PrivacySettings", default=PrivacySettings())
    support: SupportSettings = setting("SupportSettings", default=SupportSettings())
    announcement: AnnouncementSettings = setting("AnnouncementSettings", default=AnnouncementSettings())
    theme: ThemeSettings = setting("ThemeSettings", default=ThemeSettings())
    gitlab: GitLabSettings = setting("GitLabSettings", default=GitLabSettings())
    google: GoogleSettings = setting("GoogleSettings", default=GoogleSettings())
    office365: Office365Settings = setting("Office365Settings", default=Office365Settings())
    open_id: OpenIdSettings = setting("OpenIdSettings", default=OpenIdSettings())
    ldap: LdapSettings = setting("LdapSettings", default=LdapSettings())
    compliance: ComplianceSettings = setting("ComplianceSettings", default=ComplianceSettings())
    localization: LocalizationSettings = setting("LocalizationSettings", default=LocalizationSettings())
    saml: SamlSettings = setting("SamlSettings", default=SamlSettings())
    native_app: NativeAppSettings = setting("NativeAppSettings", default=NativeAppSettings())
    cache: CacheSettings = setting("CacheSettings", default=CacheSettings())
    cluster: ClusterSettings = setting("ClusterSettings", default=ClusterSettings())
    metrics: MetricsSettings = setting("MetricsSettings", default=MetricsSettings())
    experimental: ExperimentalSettings = setting("ExperimentalSettings", default=ExperimentalSettings())
    analytics: AnalyticsSettings = setting("AnalyticsSettings", default=AnalyticsSettings())
    elasticsearch: ElasticsearchSettings = setting("ElasticsearchSettings", default=ElasticsearchSettings())
    data_retention: DataRetentionSettings = setting("DataRetentionSettings", default=DataRetentionSettings())
    message_export: MessageExportSettings = setting("MessageExportSettings", default=MessageExportSettings())
    job: JobSettings = setting("JobSettings", default=JobSettings())
    plugin: PluginSettings = setting("PluginSettings", default=PluginSettings())
    display: DisplaySettings = setting("DisplaySettings", default=DisplaySettings())
    guest_accounts: GuestAccountsSettings = setting("GuestAccountsSettings", default=GuestAccountsSettings())
    image_proxy: ImageProxySettings = setting("ImageProxySettings", default=ImageProxySettings())
    cloud: CloudSettings = setting("CloudSettings", default=CloudSettings())
    import_: ImportSettings = setting("ImportSettings", default=ImportSettings())
    export: ExportSettings = setting("ExportSettings", default=ExportSettings())
    wrangler: WranglerSettings = setting("WranglerSettings", default=WranglerSettings())
    connected_workspaces: ConnectedWorkspacesSettings = setting(
        "ConnectedWorkspacesSettings", default=ConnectedWorkspacesSettings()
    )
    access_control: AccessControlSettings = setting("AccessControlSettings", default=AccessControlSettings())
    content_flagging: ContentFlaggingSettings = setting("ContentFlaggingSettings", default=ContentFlaggingSettings())
    auto_translation: AutoTranslationSettings = setting("AutoTranslationSettings", default=AutoTranslationSettings())
    feature_flags: FeatureFlags = setting("FeatureFlags", default=FeatureFlags())
    web_client: WebClientSettings = setting("WebClientSettings", default=WebClientSettings())

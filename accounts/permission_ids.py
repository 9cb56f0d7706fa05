"""Every permission that a role may hold (permissions.md §4)."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Ids of permissions; the comments name the nominal scope, which limits nothing."""

    # system scope
    ASSIGN_SYSTEM_ADMIN_ROLE = "assign_system_admin_role"
    MANAGE_ROLES = "manage_roles"
    MANAGE_SYSTEM = "manage_system"
    CREATE_DIRECT_CHANNEL = "create_direct_channel"
    CREATE_GROUP_CHANNEL = "create_group_channel"
    LIST_PUBLIC_TEAMS = "list_public_teams"
    JOIN_PUBLIC_TEAMS = "join_public_teams"
    LIST_PRIVATE_TEAMS = "list_private_teams"
    JOIN_PRIVATE_TEAMS = "join_private_teams"
    EDIT_OTHER_USERS = "edit_other_users"
    GET_PUBLIC_LINK = "get_public_link"
    MANAGE_OAUTH = "manage_oauth"
    MANAGE_SYSTEM_WIDE_OAUTH = "manage_system_wide_oauth"
    MANAGE_SHARED_CHANNELS = "manage_shared_channels"
    MANAGE_SECURE_CONNECTIONS = "manage_secure_connections"
    CREATE_DATA_RETENTION_JOB = "create_data_retention_job"
    MANAGE_DATA_RETENTION_JOB = "manage_data_retention_job"
    READ_DATA_RETENTION_JOB = "read_data_retention_job"
    CREATE_COMPLIANCE_EXPORT_JOB = "create_compliance_export_job"
    MANAGE_COMPLIANCE_EXPORT_JOB = "manage_compliance_export_job"
    READ_COMPLIANCE_EXPORT_JOB = "read_compliance_export_job"
    READ_AUDITS = "read_audits"
    CREATE_LDAP_SYNC_JOB = "create_ldap_sync_job"
    MANAGE_LDAP_SYNC_JOB = "manage_ldap_sync_job"
    READ_LDAP_SYNC_JOB = "read_ldap_sync_job"
    TEST_LDAP = "test_ldap"
    INVALIDATE_EMAIL_INVITE = "invalidate_email_invite"
    GET_SAML_METADATA_FROM_IDP = "get_saml_metadata_from_idp"
    ADD_SAML_PUBLIC_CERT = "add_saml_public_cert"
    ADD_SAML_PRIVATE_CERT = "add_saml_private_cert"
    ADD_SAML_IDP_CERT = "add_saml_idp_cert"
    REMOVE_SAML_PUBLIC_CERT = "remove_saml_public_cert"
    REMOVE_SAML_PRIVATE_CERT = "remove_saml_private_cert"
    REMOVE_SAML_IDP_CERT = "remove_saml_idp_cert"
    GET_SAML_CERT_STATUS = "get_saml_cert_status"
    ADD_LDAP_PUBLIC_CERT = "add_ldap_public_cert"
    ADD_LDAP_PRIVATE_CERT = "add_ldap_private_cert"
    REMOVE_LDAP_PUBLIC_CERT = "remove_ldap_public_cert"
    REMOVE_LDAP_PRIVATE_CERT = "remove_ldap_private_cert"
    GET_LOGS = "get_logs"
    READ_LICENSE_INFORMATION = "read_license_information"
    GET_ANALYTICS = "get_analytics"
    MANAGE_LICENSE_INFORMATION = "manage_license_information"
    DOWNLOAD_COMPLIANCE_EXPORT_RESULT = "download_compliance_export_result"
    TEST_SITE_URL = "test_site_url"
    TEST_ELASTICSEARCH = "test_elasticsearch"
    TEST_S3 = "test_s3"
    RELOAD_CONFIG = "reload_config"
    INVALIDATE_CACHES = "invalidate_caches"
    RECYCLE_DATABASE_CONNECTIONS = "recycle_database_connections"
    PURGE_ELASTICSEARCH_INDEXES = "purge_elasticsearch_indexes"
    TEST_EMAIL = "test_email"
    CREATE_ELASTICSEARCH_POST_INDEXING_JOB = "create_elasticsearch_post_indexing_job"
    MANAGE_ELASTICSEARCH_POST_INDEXING_JOB = "manage_elasticsearch_post_indexing_job"
    CREATE_ELASTICSEARCH_POST_AGGREGATION_JOB = "create_elasticsearch_post_aggregation_job"
    MANAGE_ELASTICSEARCH_POST_AGGREGATION_JOB = "manage_elasticsearch_post_aggregation_job"
    READ_ELASTICSEARCH_POST_INDEXING_JOB = "read_elasticsearch_post_indexing_job"
    READ_ELASTICSEARCH_POST_AGGREGATION_JOB = "read_elasticsearch_post_aggregation_job"
    CREATE_TEAM = "create_team"
    LIST_USERS_WITHOUT_TEAM = "list_users_without_team"
    CREATE_USER_ACCESS_TOKEN = "create_user_access_token"
    READ_USER_ACCESS_TOKEN = "read_user_access_token"
    REVOKE_USER_ACCESS_TOKEN = "revoke_user_access_token"
    CREATE_BOT = "create_bot"
    ASSIGN_BOT = "assign_bot"
    READ_BOTS = "read_bots"
    READ_OTHERS_BOTS = "read_others_bots"
    MANAGE_BOTS = "manage_bots"
    MANAGE_OTHERS_BOTS = "manage_others_bots"
    READ_JOBS = "read_jobs"
    MANAGE_JOBS = "manage_jobs"
    PROMOTE_GUEST = "promote_guest"
    DEMOTE_TO_GUEST = "demote_to_guest"
    READ_OTHER_USERS_TEAMS = "read_other_users_teams"
    EDIT_BRAND = "edit_brand"
    CREATE_CUSTOM_GROUP = "create_custom_group"
    MANAGE_OUTGOING_OAUTH_CONNECTIONS = "manage_outgoing_oauth_connections"
    # team scope
    INVITE_USER = "invite_user"
    ADD_USER_TO_TEAM = "add_user_to_team"
    MANAGE_OWN_SLASH_COMMANDS = "manage_own_slash_commands"
    MANAGE_OTHERS_SLASH_COMMANDS = "manage_others_slash_commands"
    CREATE_PUBLIC_CHANNEL = "create_public_channel"
    CREATE_PRIVATE_CHANNEL = "create_private_channel"
    MANAGE_TEAM_ROLES = "manage_team_roles"
    LIST_TEAM_CHANNELS = "list_team_channels"
    JOIN_PUBLIC_CHANNELS = "join_public_channels"
    READ_PUBLIC_CHANNEL = "read_public_channel"
    MANAGE_OWN_INCOMING_WEBHOOKS = "manage_own_incoming_webhooks"
    MANAGE_OWN_OUTGOING_WEBHOOKS = "manage_own_outgoing_webhooks"
    MANAGE_OTHERS_INCOMING_WEBHOOKS = "manage_others_incoming_webhooks"
    MANAGE_OTHERS_OUTGOING_WEBHOOKS = "manage_others_outgoing_webhooks"
    BYPASS_INCOMING_WEBHOOK_CHANNEL_LOCK = "bypass_incoming_webhook_channel_lock"
    CREATE_EMOJIS = "create_emojis"
    DELETE_EMOJIS = "delete_emojis"
    DELETE_OTHERS_EMOJIS = "delete_others_emojis"
    REMOVE_USER_FROM_TEAM = "remove_user_from_team"
    MANAGE_TEAM = "manage_team"
    IMPORT_TEAM = "import_team"
    VIEW_TEAM = "view_team"
    VIEW_MEMBERS = "view_members"
    INVITE_GUEST = "invite_guest"
    PLAYBOOK_PUBLIC_CREATE = "playbook_public_create"
    PLAYBOOK_PRIVATE_CREATE = "playbook_private_create"
    # channel scope
    USE_SLASH_COMMANDS = "use_slash_commands"
    MANAGE_PUBLIC_CHANNEL_MEMBERS = "manage_public_channel_members"
    MANAGE_PRIVATE_CHANNEL_MEMBERS = "manage_private_channel_members"
    CONVERT_PUBLIC_CHANNEL_TO_PRIVATE = "convert_public_channel_to_private"
    CONVERT_PRIVATE_CHANNEL_TO_PUBLIC = "convert_private_channel_to_public"
    MANAGE_CHANNEL_ROLES = "manage_channel_roles"
    MANAGE_PUBLIC_CHANNEL_PROPERTIES = "manage_public_channel_properties"
    MANAGE_PRIVATE_CHANNEL_PROPERTIES = "manage_private_channel_properties"
    MANAGE_PUBLIC_CHANNEL_AUTO_TRANSLATION = "manage_public_channel_auto_translation"
    MANAGE_PRIVATE_CHANNEL_AUTO_TRANSLATION = "manage_private_channel_auto_translation"
    DELETE_PUBLIC_CHANNEL = "delete_public_channel"
    DELETE_PRIVATE_CHANNEL = "delete_private_channel"
    READ_CHANNEL = "read_channel"
    READ_CHANNEL_CONTENT = "read_channel_content"
    READ_PUBLIC_CHANNEL_GROUPS = "read_public_channel_groups"
    READ_PRIVATE_CHANNEL_GROUPS = "read_private_channel_groups"
    ADD_REACTION = "add_reaction"
    REMOVE_REACTION = "remove_reaction"
    REMOVE_OTHERS_REACTIONS = "remove_others_reactions"
    UPLOAD_FILE = "upload_file"
    CREATE_POST = "create_post"
    CREATE_POST_PUBLIC = "create_post_public"
    CREATE_POST_EPHEMERAL = "create_post_ephemeral"
    READ_DELETED_POSTS = "read_deleted_posts"
    EDIT_POST = "edit_post"
    EDIT_OTHERS_POSTS = "edit_others_posts"
    DELETE_POST = "delete_post"
    DELETE_OTHERS_POSTS = "delete_others_posts"
    USE_CHANNEL_MENTIONS = "use_channel_mentions"
    USE_GROUP_MENTIONS = "use_group_mentions"
    ADD_BOOKMARK_PUBLIC_CHANNEL = "add_bookmark_public_channel"
    EDIT_BOOKMARK_PUBLIC_CHANNEL = "edit_bookmark_public_channel"
    DELETE_BOOKMARK_PUBLIC_CHANNEL = "delete_bookmark_public_channel"
    ORDER_BOOKMARK_PUBLIC_CHANNEL = "order_bookmark_public_channel"
    ADD_BOOKMARK_PRIVATE_CHANNEL = "add_bookmark_private_channel"
    EDIT_BOOKMARK_PRIVATE_CHANNEL = "edit_bookmark_private_channel"
    DELETE_BOOKMARK_PRIVATE_CHANNEL = "delete_bookmark_private_channel"
    ORDER_BOOKMARK_PRIVATE_CHANNEL = "order_bookmark_private_channel"
    MANAGE_PUBLIC_CHANNEL_BANNER = "manage_public_channel_banner"
    MANAGE_PRIVATE_CHANNEL_BANNER = "manage_private_channel_banner"
    MANAGE_CHANNEL_ACCESS_RULES = "manage_channel_access_rules"
    # group scope
    MANAGE_CUSTOM_GROUP_MEMBERS = "manage_custom_group_members"
    EDIT_CUSTOM_GROUP = "edit_custom_group"
    DELETE_CUSTOM_GROUP = "delete_custom_group"
    RESTORE_CUSTOM_GROUP = "restore_custom_group"
    # playbook scope
    PLAYBOOK_PUBLIC_MANAGE_PROPERTIES = "playbook_public_manage_properties"
    PLAYBOOK_PUBLIC_MANAGE_MEMBERS = "playbook_public_manage_members"
    PLAYBOOK_PUBLIC_MANAGE_ROLES = "playbook_public_manage_roles"
    PLAYBOOK_PUBLIC_VIEW = "playbook_public_view"
    PLAYBOOK_PUBLIC_MAKE_PRIVATE = "playbook_public_make_private"
    PLAYBOOK_PRIVATE_MANAGE_PROPERTIES = "playbook_private_manage_properties"
    PLAYBOOK_PRIVATE_MANAGE_MEMBERS = "playbook_private_manage_members"
    PLAYBOOK_PRIVATE_MANAGE_ROLES = "playbook_private_manage_roles"
    PLAYBOOK_PRIVATE_VIEW = "playbook_private_view"
    PLAYBOOK_PRIVATE_MAKE_PUBLIC = "playbook_private_make_public"
    RUN_CREATE = "run_create"
    # run scope
    RUN_MANAGE_PROPERTIES = "run_manage_properties"
    RUN_MANAGE_MEMBERS = "run_manage_members"
    RUN_VIEW = "run_view"
    # roles of a stock installation hold these as well


CONSOLE_SECTIONS = (
    "about_edition_and_license",
    "billing",
    "reporting_site_statistics",
    "reporting_team_statistics",
    "reporting_server_logs",
    "user_management_users",
    "user_management_groups",
    "user_management_teams",
    "user_management_channels",
    "user_management_permissions",
    "user_management_system_roles",
    "environment_web_server",
    "environment_database",
    "environment_elasticsearch",
    "environment_file_storage",
    "environment_image_proxy",
    "environment_smtp",
    "environment_push_notification_server",
    "environment_high_availability",
    "environment_rate_limiting",
    "environment_logging",
    "environment_session_lengths",
    "environment_performance_monitoring",
    "environment_developer",
    "environment_mobile_security",
    "site_customization",
    "site_localization",
    "site_users_and_teams",
    "site_notifications",
    "site_announcement_banner",
    "site_emoji",
    "site_posts",
    "site_file_sharing_and_downloads",
    "site_public_links",
    "site_notices",
    "authentication_signup",
    "authentication_email",
    "authentication_password",
    "authentication_mfa",
    "authentication_ldap",
    "authentication_saml",
    "authentication_openid",
    "authentication_guest_access",
    "plugins",
    "integrations_integration_management",
    "integrations_bot_accounts",
    "integrations_gif",
    "integrations_cors",
    "compliance_data_retention_policy",
    "compliance_compliance_export",
    "compliance_compliance_monitoring",
    "compliance_custom_terms_of_service",
    "experimental_features",
    "experimental_feature_flags",
    "products_boards",
    "site_ip_filters",
)
"""For each there is ``sysconsole_read_<section>`` and ``sysconsole_write_<section>``."""


def console_read(section: str) -> str:
    """The permission to see a section of the System Console."""
    return f"sysconsole_read_{section}"


def console_write(section: str) -> str:
    """The permission to change a section of the System Console."""
    return f"sysconsole_write_{section}"


DEPRECATED = frozenset(
    {
        "create_post_bleve_indexes_job",
        "manage_emojis",
        "manage_incoming_webhooks",
        "manage_others_emojis",
        "manage_others_webhooks",
        "manage_outgoing_webhooks",
        "manage_post_bleve_indexes_job",
        "manage_slash_commands",
        "manage_webhooks",
        "permanent_delete_user",
        "purge_bleve_indexes",
        "sysconsole_read_about",
        "sysconsole_read_authentication",
        "sysconsole_read_compliance",
        "sysconsole_read_environment",
        "sysconsole_read_experimental",
        "sysconsole_read_experimental_bleve",
        "sysconsole_read_integrations",
        "sysconsole_read_reporting",
        "sysconsole_read_site",
        "sysconsole_write_about",
        "sysconsole_write_authentication",
        "sysconsole_write_compliance",
        "sysconsole_write_environment",
        "sysconsole_write_experimental",
        "sysconsole_write_experimental_bleve",
        "sysconsole_write_integrations",
        "sysconsole_write_reporting",
        "sysconsole_write_site",
    }
)
"""Accepted in role lists, granted to nobody."""

ALL_PERMISSIONS = (
    frozenset(Permission)
    | frozenset(map(console_read, CONSOLE_SECTIONS))
    | frozenset(map(console_write, CONSOLE_SECTIONS))
    | DEPRECATED
)

"""What clients are told of the licence (bootstrap.md §7): there is none, and every feature is on.

Clients hide features behind this answer, so it reads like that of a licensed server:

- ``SkuShortName`` is ``enterprise``: that opens every gated part of the web client. The
  value above it, ``advanced``, would add only what its own settings turn on anyway.
- ``ExpiresAt`` is the last moment of the year 9999, and ``Users`` more than a server can
  hold, because clients warn before either runs out.
- ``Cloud``, ``IsTrial`` and ``IsGovSku`` are false: they lead to calls and texts of the
  hosted product.
- ``Id``, ``Name`` and so on name this software, because there is no customer.
"""

from __future__ import annotations

FEATURES = (
    "LDAP", "LDAPGroups", "MFA", "SAML", "Cluster", "Metrics", "GoogleOAuth", "Office365OAuth", "OpenId", "Compliance",
    "MHPNS", "Announcement", "Elasticsearch", "DataRetention", "IDLoadedPushNotifications",
    "EmailNotificationContents", "MessageExport", "CustomPermissionsSchemes", "GuestAccounts",
    "GuestAccountsPermissions", "CustomTermsOfService", "LockTeammateNameDisplay", "SharedChannels",
    "RemoteClusterService", "OutgoingOAuthConnections",
)  # fmt: skip
NEVER = ("Cloud", "IsTrial", "IsGovSku")

USERS = "1000000000"
LAST_MOMENT = "253402300799000"  # 9999-12-31T23:59:59Z in ms
FIRST_MOMENT = "1262304000000"  # 2010-01-01T00:00:00Z in ms: before any server of this kind
LICENCE_ID = "everyfeature" + "y" * 14  # 26 characters, like any id

FOR_ADMINISTRATORS = {
    "Id": LICENCE_ID,
    "SkuName": "Every feature",
    "IssuedAt": FIRST_MOMENT,
    "StartsAt": FIRST_MOMENT,
    "ExpiresAt": LAST_MOMENT,
    "Name": "",
    "Email": "",
}


def client_licence(*, full: bool) -> dict[str, str]:
    """The body of GET /license/client; ``full`` for those with ``read_license_information``."""
    licence = {
        "IsLicensed": "true",
        "SkuShortName": "enterprise",
        "Users": USERS,
        "Company": "",
        **dict.fromkeys(FEATURES, "true"),
        **dict.fromkeys(NEVER, "false"),
    }
    return licence | FOR_ADMINISTRATORS if full else licence

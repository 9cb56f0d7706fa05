"""The apps as the hub sees them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from accounts import sessions
from accounts.actions import status
from accounts.models import Status, User
from accounts.permissions import Permission, has_system
from mattermost_site import config
from mattermost_site.middleware import server_version
from mattermost_site.realtime.backend import Identity, Memberships

_CHANNELS = "SELECT channelid FROM channelmembers WHERE userid = %s"
_TEAMS = "SELECT teamid FROM teammembers WHERE userid = %s AND deleteat = 0"


class SocketBackend:
    """Sessions, memberships and presence for sockets; called in threads."""

    def identify(self, token: str) -> Identity | None:
        """Who holds a session token, personal token or bot token; None for nobody."""
        return _identity(sessions.find(token))

    def identify_again(self, credential: str) -> Identity | None:
        """The same by the digest under which the token is stored."""
        return _identity(sessions.live(credential))

    def memberships(self, user_id: str) -> Memberships:
        """Where the user is a member. Two statements."""
        return Memberships(_ids(_CHANNELS, user_id), _ids(_TEAMS, user_id))

    def came_online(self, user_id: str) -> None:
        """A socket of the user opened."""
        status.note_connection(user_id=user_id)

    def went_offline(self, user_ids: Sequence[str], closed_at: int) -> None:
        """No socket of these users is open in any process since ``closed_at`` (ms)."""
        status.go_offline(user_ids=user_ids, closed_at=closed_at)

    def look_for_idle(self, user_ids: Sequence[str]) -> None:
        """Turn those of the users away who are idle."""
        status.mark_idle(user_ids=user_ids)

    def apparently_online(self) -> list[str]:
        """The users who are online or away, not by hand, as far as the database knows."""
        rows = Status.objects.filter(status__in=(status.ONLINE, status.AWAY), manual=False)
        return list(rows.values_list("user_id", flat=True))


def _identity(session: sessions.LiveSession | None) -> Identity | None:
    if session is None:
        return None
    actor = session.actor
    return Identity(
        user_id=session.user_id,
        session_id=session.id,
        credential=session.token_digest,
        expires_at=session.expires_at,
        is_admin=has_system(actor, Permission.MANAGE_SYSTEM),
        is_guest=actor.is_guest,
        is_oauth=actor.is_oauth,
        may_take_part=not _owes_second_factor(session),
        locale=actor.locale,
        server_version=server_version(),
    )


def _owes_second_factor(session: sessions.LiveSession) -> bool:
    """Whether a second factor is enforced and the user, who signs in with a password here, has none yet."""
    service = config.current().service
    if not (service.enable_multifactor_authentication and service.enforce_multifactor_authentication):
        return False
    if session.actor.is_bot or session.actor.is_guest or session.actor.session_props.get("type") == "UserAccessToken":
        return False
    return User.objects.filter(id=session.user_id, mfa_active=False, auth_service__in=("", "ldap")).exists()


def _ids(sql: str, user_id: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [user_id])
        return [row[0] for row in cursor.fetchall()]

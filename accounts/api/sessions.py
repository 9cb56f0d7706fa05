"""Sessions of accounts: listing, ending, and what devices tell of theirs."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.actions import sessions as actions
from accounts.api.cookies import set_session_cookie
from accounts.authentication import token_of
from accounts.models import Session
from accounts.permissions import Permission, require_system, require_user
from accounts.scheme_roles import TEAM_ROLES
from accounts.serializers import session_json
from mattermost_site.api import OK, ApiView, json_response
from mattermost_site.errors import InvalidBodyParam, PermissionDenied
from teams.models import TeamMember
from teams.queries import role_names_of_teams
from teams.serializers import team_member_json

VERSION = re.compile(r"v?\d{1,9}\.\d{1,9}\.\d{1,9}([-+][0-9A-Za-z.+-]{1,40})?")
DEVICE_LIMIT = 512  # code points


class UserSessions(ApiView):
    """The sessions of an account, the most recently used first, without their tokens."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        require_user(self.actor, user_id)
        members = _memberships(user_id)
        rows = Session.objects.filter(user_id=user_id).order_by("-last_activity_at")
        return [session_json(session, members) for session in rows]


def _memberships(user_id: str) -> list[dict[str, Any]]:
    rows = list(TeamMember.objects.filter(user_id=user_id, delete_at=0))
    names = role_names_of_teams(row.team_id for row in rows)
    return [team_member_json(row, names.get(row.team_id, TEAM_ROLES)) for row in rows]


class SessionRevoke(ApiView):
    """Ends one session of an account."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        session_id = self.body("props").text("session_id")
        if not session_id:
            raise InvalidBodyParam("session_id")
        actions.revoke_session(user_id=user_id, session_id=session_id)
        return OK


class SessionRevokeAll(ApiView):
    """Ends all sessions of an account, the caller's own too."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        actions.end_sessions(user_id=user_id)
        return OK


class SessionRevokeEverybody(ApiView):
    """Ends every session of the server."""

    def post(self, request: HttpRequest) -> dict[str, str]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        actions.end_all()
        return OK


class SessionDevice(ApiView):
    """Ties the session to a device for push messages, and stores what the device tells of itself."""

    def put(self, request: HttpRequest) -> HttpResponse:
        body = self.body("props")
        props = {key: body.text(key) for key in ("device_notification_disabled", "mobile_version") if key in body}
        if props.get("device_notification_disabled", "true") not in ("true", "false"):
            raise InvalidBodyParam("device_notification_disabled")
        if not VERSION.fullmatch(props.get("mobile_version", "0.0.0")):
            raise InvalidBodyParam("mobile_version")
        device_id = body.text("device_id")
        if len(device_id) > DEVICE_LIMIT:
            raise InvalidBodyParam("device_id")
        response = json_response(OK)
        if device_id:
            self._attach(request, response, device_id)
        if props:
            actions.set_session_props(session_id=self.actor.session_id, props=props)
        return response

    def _attach(self, request: HttpRequest, response: HttpResponse, device_id: str) -> None:
        if not self.actor.session_id or self.actor.session_props.get("type"):
            raise PermissionDenied(Permission.EDIT_OTHER_USERS)  # a token is no device's
        session = actions.attach_device(
            session_id=self.actor.session_id, user_id=self.actor.user_id, device_id=device_id
        )
        set_session_cookie(request, response, token=token_of(request)[0], expires_at=session.expires_at)

"""The second factor of an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from accounts.actions import second_factor as actions
from accounts.api.auditing import note
from accounts.models import User
from accounts.permissions import Permission, require_user
from accounts.queries import user_by_id
from mattermost_site.api import OK, ApiView
from mattermost_site.api.responses import json_response
from mattermost_site.errors import InvalidBodyParam, PermissionDenied


class SecondFactor(ApiView):
    """Switches the second factor on, with a code that proves the app works, and off."""

    mfa_exempt = True

    def put(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        user = _access(self, user_id)
        body = self.body("props")
        if "activate" not in body:
            raise InvalidBodyParam("activate")
        if not body.flag("activate"):
            actions.deactivate(user=user)
            note(self, "deactivated", user_id=user_id)
            return OK
        code = body.text("code")
        if not code:
            raise InvalidBodyParam("code")
        actions.activate(user=user, code=code)
        note(self, "activated", user_id=user_id)
        return OK


class SecondFactorSecret(ApiView):
    """Makes a new secret, with its QR code."""

    mfa_exempt = True

    def post(self, request: HttpRequest, user_id: str) -> HttpResponse:
        response = json_response(actions.generate_secret(user=_access(self, user_id)))
        response["Cache-Control"] = "no-cache, no-store, must-revalidate"
        return response


def _access(view: ApiView, user_id: str) -> User:
    require_user(view.actor, user_id)
    if view.actor.is_oauth:
        raise PermissionDenied(Permission.EDIT_OTHER_USERS)
    return user_by_id(user_id)

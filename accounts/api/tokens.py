"""Personal access tokens."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from accounts.actions import access_tokens as actions
from accounts.api.auditing import note
from accounts.models import User, UserAccessToken
from accounts.permissions import Permission, require_system, require_user_or_bot
from accounts.queries import user_by_id
from accounts.serializers import token_json
from mattermost_site.api import OK, ApiView
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied

CREATE, READ = Permission.CREATE_USER_ACCESS_TOKEN, Permission.READ_USER_ACCESS_TOKEN
REVOKE = Permission.REVOKE_USER_ACCESS_TOKEN
TERM_LIMIT = 64  # code points: no user name is longer


class UserTokens(ApiView):
    """The tokens of an account."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        require_system(self.actor, READ)
        require_user_or_bot(self.actor, user_id)
        start = self.query.page * self.query.per_page
        rows = UserAccessToken.objects.filter(user_id=user_id).order_by("id")
        return [token_json(token) for token in rows[start : start + self.query.per_page]]

    def post(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        description = self.body("user_access_token").text("description")
        if not description:
            raise InvalidBodyParam("description")
        _refuse_oauth(self)
        require_system(self.actor, CREATE)
        require_user_or_bot(self.actor, user_id)
        token, secret = actions.create_token(user=user_by_id(user_id), description=description)
        note(self, f"token={token.id}", user_id=user_id)
        return token_json(token, secret)


def _refuse_oauth(view: ApiView) -> None:
    """An app that acts for somebody must not get access that outlives its grant."""
    if view.actor.is_oauth:
        raise PermissionDenied(CREATE)


class Tokens(ApiView):
    """The tokens of everybody."""

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        start = self.query.page * self.query.per_page
        rows = UserAccessToken.objects.order_by("id")
        return [token_json(token) for token in rows[start : start + self.query.per_page]]


class TokenSearch(ApiView):
    """Tokens whose id, or whose owner's id or user name, begins with a term."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        require_system(self.actor, Permission.MANAGE_SYSTEM)
        term = self.body("user_access_token_search").text("term")
        if not term or len(term) > TERM_LIMIT:
            raise InvalidBodyParam("term")
        owners = User.objects.filter(username__istartswith=term).values("id")
        wanted = Q(id__istartswith=term) | Q(user_id__istartswith=term) | Q(user_id__in=owners)
        return [token_json(token) for token in UserAccessToken.objects.filter(wanted).order_by("id")]


class TokenDetail(ApiView):
    """One token, without its secret."""

    def get(self, request: HttpRequest, token_id: str) -> dict[str, Any]:
        return token_json(_access(self, token_id, READ))


class TokenDisable(ApiView):
    """Lets a token not sign in any more, for the time being."""

    def post(self, request: HttpRequest) -> dict[str, str]:
        actions.set_token_active(token=_named(self, REVOKE), is_active=False)
        return OK


class TokenEnable(ApiView):
    """Lets a token sign in again."""

    def post(self, request: HttpRequest) -> dict[str, str]:
        actions.set_token_active(token=_named(self, CREATE), is_active=True)
        return OK


class TokenRevoke(ApiView):
    """Deletes a token."""

    def post(self, request: HttpRequest) -> dict[str, str]:
        token = _named(self, REVOKE)
        actions.revoke_token(token=token)
        note(self, f"token={token.id}", user_id=token.user_id)
        return OK


def _named(view: ApiView, permission: str) -> UserAccessToken:
    return _access(view, view.body("props").text("token_id"), permission)


def _access(view: ApiView, token_id: str, permission: str) -> UserAccessToken:
    """The token; the permission comes first, so that strangers do not learn which exist."""
    require_system(view.actor, permission)
    token = UserAccessToken.objects.filter(id=token_id).first()
    if token is None:
        raise AppError("app.user_access_token.get_by_user.app_error", status=404)
    require_user_or_bot(view.actor, token.user_id)
    return token

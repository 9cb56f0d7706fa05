"""Personal access tokens (semantics §5.5)."""

from __future__ import annotations

from django.db import transaction

from accounts import sessions
from accounts.actions.sessions import end_token_session
from accounts.models import User, UserAccessToken
from mattermost_site import config
from mattermost_site.errors import AppError
from mattermost_site.ids import new_id

DESCRIPTION_LIMIT = 255  # code points


def create_token(*, user: User, description: str) -> tuple[UserAccessToken, str]:
    """Make a token and answer it with its secret, of which only a digest is kept.

    ``app.user_access_token.disabled`` (501) while tokens are off, except for bots;
    ``model.user_access_token.is_valid.description.app_error`` for a long description.
    """
    if not (config.current().service.enable_user_access_tokens or user.is_bot):
        raise AppError("app.user_access_token.disabled", status=501)
    if len(description) > DESCRIPTION_LIMIT:
        raise AppError("model.user_access_token.is_valid.description.app_error")
    secret = new_id()
    token = UserAccessToken(
        id=new_id(), token=sessions.digest(secret), user_id=user.id, description=description, is_active=True
    )
    token.save(force_insert=True)
    return token, secret


def set_token_active(*, token: UserAccessToken, is_active: bool) -> None:
    """Let a token sign in, or not: then its session ends too."""
    with transaction.atomic():
        token.is_active = is_active
        token.save(update_fields=["is_active"])
        if not is_active:
            end_token_session(token_digest=token.token)


def revoke_token(*, token: UserAccessToken) -> None:
    """Delete a token with its session."""
    with transaction.atomic():
        end_token_session(token_digest=token.token)
        token.delete()

"""The second factor: codes of an authenticator app (semantics §5.4)."""

from __future__ import annotations

import base64
import io
from urllib.parse import urlsplit

import segno
from django.db import transaction

from accounts import sessions, totp
from accounts.models import User
from mattermost_site import clock, config
from mattermost_site.config.site import site_url
from mattermost_site.errors import AppError

QR_SCALE = 8  # pixels of one module
KEPT_STEPS = 10  # used codes that are remembered; three are valid at a time
FALLBACK_ISSUER = "Mattermost"
WITH_PASSWORD = ("", "ldap", "email")


def generate_secret(*, user: User) -> dict[str, str]:
    """Give an account a new secret, which counts once a code of it was shown; answers it with its QR code as PNG."""
    _require_possible(user)
    user.mfa_secret, user.update_at = totp.new_secret(), clock.now()
    user.save(update_fields=["mfa_secret", "update_at"])
    issuer = urlsplit(site_url()).hostname or FALLBACK_ISSUER
    picture = io.BytesIO()
    content = totp.address(user.mfa_secret, issuer=issuer, account=user.email)
    segno.make_qr(content).save(picture, kind="png", scale=QR_SCALE)
    return {"secret": user.mfa_secret, "qr_code": base64.b64encode(picture.getvalue()).decode()}


def activate(*, user: User, code: str) -> None:
    """Require codes at sign-in from now on; ``mfa.activate.bad_token.app_error`` (401) for a wrong one."""
    _require_possible(user)
    with transaction.atomic():
        if not use_code(user_id=user.id, code=code):
            raise AppError("mfa.activate.bad_token.app_error", status=401)
        User.objects.filter(id=user.id).update(mfa_active=True, update_at=clock.now())
        sessions.forget_user(user.id)


def deactivate(*, user: User) -> None:
    """Require no codes any more, and forget the secret."""
    with transaction.atomic():
        User.objects.filter(id=user.id).update(
            mfa_active=False, mfa_secret="", mfa_used_timestamps=[], update_at=clock.now()
        )
        sessions.forget_user(user.id)


def use_code(*, user_id: str, code: str) -> bool:
    """Whether the code is right and was not used before; it then is used, also when two come at once."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(id=user_id)
        step = totp.matching_step(user.mfa_secret, code, now=clock.now(), used=user.mfa_used_timestamps)
        if step is None:
            return False
        user.mfa_used_timestamps = [*user.mfa_used_timestamps, step][-KEPT_STEPS:]
        user.save(update_fields=["mfa_used_timestamps"])
    return True


def _require_possible(user: User) -> None:
    if not config.current().service.enable_multifactor_authentication:
        raise AppError("mfa.mfa_disabled.app_error", status=501)
    if user.auth_service not in WITH_PASSWORD:
        raise AppError("api.user.activate_mfa.email_and_ldap_only.app_error")

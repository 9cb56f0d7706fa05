"""One-time secrets: links in mails that let somebody do one thing (table ``tokens``).

``extra`` has the other server's keys, so that links sent before a change of servers still work.
"""

from __future__ import annotations

from typing import Any

import orjson

from accounts.models import Token
from mattermost_site import clock
from mattermost_site.ids import TOKEN_LENGTH, new_token

PASSWORD_RECOVERY = "password_recovery"  # noqa: S105 - names of kinds
VERIFY_EMAIL = "verify_email"
TEAM_INVITATION = "team_invitation"
GUEST_INVITATION = "guest_invitation"
CODE_EXCHANGE = "sso_code_exchange"

LIFETIMES = {
    PASSWORD_RECOVERY: clock.DAY,
    VERIFY_EMAIL: clock.DAY,
    TEAM_INVITATION: 2 * clock.DAY,
    GUEST_INVITATION: 2 * clock.DAY,
    CODE_EXCHANGE: 5 * clock.MINUTE,
}


def issue(kind: str, extra: dict[str, Any], *, instead_of: str = "") -> str:
    """Store a new secret and answer it. With ``instead_of``, a user's id, older ones of that user end."""
    if instead_of:
        Token.objects.filter(type=kind, extra__contains=instead_of).delete()
    secret = new_token()
    Token(token=secret, create_at=clock.now(), type=kind, extra=orjson.dumps(extra).decode()).save(force_insert=True)
    return secret


def find(secret: str, *kinds: str) -> Token | None:
    """The secret of one of these kinds, expired or not; None when there is none."""
    if len(secret) != TOKEN_LENGTH:
        return None
    return Token.objects.filter(token=secret, type__in=kinds).first()


def is_expired(token: Token) -> bool:
    """Whether the time of a secret is over."""
    return clock.now() - token.create_at > LIFETIMES[token.type]


def extra_of(token: Token) -> dict[str, str]:
    """What was stored with the secret; keys without text are left out."""
    try:
        values = orjson.loads(token.extra)
    except orjson.JSONDecodeError:
        return {}
    return {key: value for key, value in values.items() if isinstance(value, str)} if isinstance(values, dict) else {}


def use_up(token: Token) -> bool:
    """Delete the secret; False when somebody else was faster, and so it must not count."""
    return Token.objects.filter(token=token.token).delete()[0] == 1

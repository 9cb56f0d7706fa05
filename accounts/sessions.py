"""Who is behind a token: the cached way from a request's token to its session."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from accounts.models import Session, User, UserAccessToken
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.caches import Cache
from mattermost_site.ids import keyed_digest, new_id

TOKEN_LENGTH = 50  # code points of a presented token that count; semantics §4
FOREVER = 100 * 365 * clock.DAY
TOUCH_EVERY = 5 * clock.MINUTE
PERSONAL_TOKEN = "UserAccessToken"  # noqa: S105 - the value of a session's prop "type"


@dataclass(slots=True)
class LiveSession:
    """A session with what each request needs of it and its user; times in ms."""

    id: str
    token_digest: str
    user_id: str
    expires_at: int
    last_activity_at: int
    device_id: str
    create_at: int
    actor: Actor
    lacks_second_factor: bool = False

    def is_over(self, now: int) -> bool:
        """Whether it expired, or was idle too long while activity does not extend sessions."""
        if self.expires_at and now >= self.expires_at:
            return True
        service = config.current().service
        idle = service.session_idle_timeout_in_minutes * clock.MINUTE
        if service.extend_session_length_with_activity or not idle or self._is_permanent:
            return False
        return now - self.last_activity_at > idle

    @property
    def is_personal_token(self) -> bool:
        """Whether it came about by a personal token and not by signing in."""
        return self.actor.session_props.get("type") == PERSONAL_TOKEN

    @property
    def is_barred(self) -> bool:
        """Whether it rests on a personal token of a person while these are turned off; bots' go on."""
        tokens_are_on = config.current().service.enable_user_access_tokens
        return self.is_personal_token and not tokens_are_on and not self.actor.is_bot

    @property
    def must_set_up_second_factor(self) -> bool:
        """Whether a second factor must be set up before anything else (``EnforceMultifactorAuthentication``)."""
        settings = config.current()
        if not (self.lacks_second_factor and settings.service.enable_multifactor_authentication):
            return False
        if self.actor.is_guest:
            return settings.guest_accounts.enforce_multifactor_authentication
        return settings.service.enforce_multifactor_authentication

    @property
    def _is_permanent(self) -> bool:
        return self.is_personal_token or bool(self.device_id)


_sessions: Cache[str, LiveSession | None] = Cache("sessions", size=20_000)


def digest(token: str) -> str:
    """The form in which a session or personal token is stored: never in clear."""
    return keyed_digest(config.current().sql.at_rest_encrypt_key, token)


def find(token: str) -> LiveSession | None:
    """The live session of a token that a client presents, or None."""
    token = token[:TOKEN_LENGTH]
    return live(digest(token)) if token else None


def live(token_digest: str) -> LiveSession | None:
    """The live session whose token has this digest, or None."""
    session = _sessions.get_or_load(token_digest, _load)
    if session is None or session.is_barred:
        return None
    now = clock.now()
    if session.is_over(now):
        forget(session.token_digest)
        return None
    if now - session.last_activity_at > TOUCH_EVERY:
        _touch(session, now)
    return session


_USER_FIELDS = ("locale", "delete_at", "mfa_active", "auth_service")


def _load(token_digest: str) -> LiveSession | None:
    row = Session.objects.filter(token=token_digest).first() or _from_personal_token(token_digest)
    if row is None:
        return None
    user = User.objects.filter(id=row.user_id).only(*_USER_FIELDS).first()
    if user is None or user.delete_at:
        return None
    actor = Actor(
        user_id=row.user_id,
        roles=tuple(row.roles.split()),
        session_id=row.id,
        is_oauth=row.is_oauth,
        locale=user.locale or "en",
        session_props={key: str(value) for key, value in row.props.items()},
    )
    by_password = user.auth_service in ("", "ldap") and not row.is_oauth
    return LiveSession(
        id=row.id,
        token_digest=token_digest,
        user_id=row.user_id,
        expires_at=row.expires_at,
        last_activity_at=row.last_activity_at,
        device_id=row.device_id,
        create_at=row.create_at,
        actor=actor,
        lacks_second_factor=by_password and not user.mfa_active and row.props.get("type") != PERSONAL_TOKEN,
    )


def _from_personal_token(token_digest: str) -> Session | None:
    """A session for a personal token that is used for the first time since its last one ended."""
    token = UserAccessToken.objects.filter(token=token_digest, is_active=True).first()
    if token is None:
        return None
    user = User.objects.filter(id=token.user_id, delete_at=0).first()
    if user is None or not (user.is_bot or config.current().service.enable_user_access_tokens):
        return None
    now = clock.now()
    props = {"type": PERSONAL_TOKEN, "user_access_token_id": token.id, "is_guest": str(user.is_guest).lower()}
    if user.is_bot:
        props["is_bot"] = "true"
    session = Session(
        id=new_id(),
        token=token_digest,
        create_at=now,
        expires_at=now + FOREVER,
        last_activity_at=now,
        user_id=user.id,
        roles=user.roles,
        props=props,
    )
    session.save(force_insert=True)
    return session


def _touch(session: LiveSession, now: int) -> None:
    """Remember activity, at most every five minutes, and push the end forward where that is on."""
    session.last_activity_at = now
    changes = {"last_activity_at": now}
    length = session_length(session.device_id, is_sso=session.actor.session_props.get("isOAuthUser") == "true")
    service = config.current().service
    extend_after = min(max(TOUCH_EVERY, length // 100), clock.DAY)
    if service.extend_session_length_with_activity and session.expires_at - now < length - extend_after:
        session.expires_at = changes["expires_at"] = now + length
    Session.objects.filter(id=session.id).update(**changes)


def session_length(device_id: str, *, is_sso: bool = False) -> int:
    """How long a new session lives, in ms (semantics §4)."""
    service = config.current().service
    if device_id:
        return service.session_length_mobile_in_hours * clock.HOUR
    hours = service.session_length_sso_in_hours if is_sso else service.session_length_web_in_hours
    return hours * clock.HOUR


def forget(*token_digests: str) -> None:
    """Have every process read these sessions again."""
    _sessions.invalidate(*token_digests)


def forget_user(user_id: str) -> None:
    """Have every process read this user's sessions again: roles, locale or the account changed."""
    forget(*Session.objects.filter(user_id=user_id).values_list("token", flat=True))


def last_activity_of(user_id: str) -> int:
    """When any session of the user was last used, in ms; 0 when none is left."""
    return Session.objects.filter(user_id=user_id).aggregate(last=Max("last_activity_at"))["last"] or 0

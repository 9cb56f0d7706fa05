"""What an account may look like (semantics §2)."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import Any

import orjson

from accounts.models import User
from mattermost_site import config
from mattermost_site.errors import AppError

USERNAME = re.compile(r"[a-z0-9._-]{1,64}")
EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+")
LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?")
RESERVED_USERNAMES = frozenset({"all", "channel", "matterbot", "system"})
USERNAME_LIMIT = 64  # bytes
EMAIL_LIMIT = 128  # bytes
PASSWORD_LIMIT = 72  # bytes
NAME_LIMIT = 64  # code points
POSITION_LIMIT = 128  # code points
LOCALE_LIMIT = 5  # bytes
TIMEZONE_LIMIT = 256  # code points of JSON
SYMBOLS = string.punctuation + " "

MENTION_KEYS = "mention_keys"
DEFAULT_NOTIFY_PROPS = {
    "channel": "true",
    "comments": "never",
    "desktop": "mention",
    "desktop_sound": "true",
    "desktop_threads": "all",
    "email": "true",
    "email_threads": "all",
    "first_name": "false",
    MENTION_KEYS: "",
    "push": "mention",
    "push_status": "online",
    "push_threads": "all",
}
DEFAULT_TIMEZONE = {"automaticTimezone": "", "manualTimezone": "", "useAutomaticTimezone": "true"}

# Code points that change how other text looks: bidirectional controls, annotations, tags (semantics §1).
_UNWANTED = re.compile(
    "[\u0340\u0341\u17a3\u17d3\u2028-\u202e\u206a-\u206f\ufff9-\ufffc\ufeff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


class InvalidUser(AppError):
    """A field of an account is not allowed: ``model.user.is_valid.<field>.app_error``."""

    def __init__(self, field: str, **params: Any) -> None:
        super().__init__(f"model.user.is_valid.{field}.app_error", params=params)


def clean_text(value: str) -> str:
    """``value`` without code points that could disguise it."""
    return _UNWANTED.sub("", value)


def check_username(username: str) -> None:
    """InvalidUser unless a person or bot may be called so."""
    if not USERNAME.fullmatch(username) or username in RESERVED_USERNAMES:
        raise InvalidUser("username")


def check_email(email: str) -> None:
    """InvalidUser unless this is one plain address in lower case."""
    if not EMAIL.fullmatch(email) or len(email.encode()) > EMAIL_LIMIT or email != email.lower():
        raise InvalidUser("email")


def check_domain(email: str, allowed: str, error: str, *, status: int = 400) -> None:
    """AppError ``error`` unless the address is of one of the domains in ``allowed`` (commas or blanks between them)."""
    domains = [domain.strip().lstrip("@").lower() for domain in allowed.replace(",", " ").split()]
    if domains and email.rpartition("@")[2].lower() not in domains:
        raise AppError(error, status=status)


def check_password(password: str) -> None:
    """AppError that lists what a password lacks by the rules of ``PasswordSettings``."""
    rules = config.current().password
    if len(password) < rules.minimum_length:
        raise InvalidUser("pwd_min_length", MinimumLength=rules.minimum_length)
    if len(password.encode()) > PASSWORD_LIMIT:
        raise InvalidUser("pwd_max_length", MaximumLength=PASSWORD_LIMIT)
    classes = (
        ("lowercase", rules.lowercase, string.ascii_lowercase),
        ("uppercase", rules.uppercase, string.ascii_uppercase),
        ("number", rules.number, string.digits),
        ("symbol", rules.symbol, SYMBOLS),
    )
    lacking = [name for name, is_wanted, characters in classes if is_wanted and not set(password) & set(characters)]
    if lacking:
        raise InvalidUser("_".join(["pwd", *lacking]), MinimumLength=rules.minimum_length)


def is_locale(text: str) -> bool:
    """Whether this is a language tag of at most 5 bytes: ``de``, ``pt-BR``."""
    return len(text) <= LOCALE_LIMIT and LOCALE.fullmatch(text) is not None


def clean_notify_props(props: dict[str, str]) -> dict[str, str]:
    """Notification settings as they are stored: none at all are the defaults, blank keywords are left out."""
    if not props:
        return dict(DEFAULT_NOTIFY_PROPS)
    if MENTION_KEYS not in props:
        return props
    keys = [key.lower() for key in props[MENTION_KEYS].split(",") if key]
    return {**props, MENTION_KEYS: ",".join(keys)}


def without_name(props: dict[str, str], username: str) -> dict[str, str]:
    """Notification settings whose keywords no longer hold a user name, for one who gave it up."""
    keys = [key.strip() for key in props.get(MENTION_KEYS, "").split(",")]
    kept = [key for key in keys if key and key not in (username, f"@{username}")]
    return {**props, MENTION_KEYS: "".join(f",{key}" for key in kept)}


def check_user(user: User) -> None:
    """InvalidUser for the first field that is out of bounds; the password is checked where it is set."""
    check_username(user.username)
    check_email(user.email)
    for field, limit in (("nickname", NAME_LIMIT), ("first_name", NAME_LIMIT), ("last_name", NAME_LIMIT)):
        if len(getattr(user, field)) > limit:
            raise InvalidUser(field)
    if len(user.position) > POSITION_LIMIT:
        raise InvalidUser("position")
    if user.auth_data and not user.auth_service:
        raise InvalidUser("auth_data_type")
    if user.auth_data and len(user.auth_data) > 128:
        raise InvalidUser("auth_data")
    if user.auth_data and user.password:
        raise InvalidUser("auth_data_pwd")
    if user.locale and not is_locale(user.locale):
        raise InvalidUser("locale")
    if len(orjson.dumps(user.timezone).decode()) > TIMEZONE_LIMIT:
        raise InvalidUser("timezone_limit")
    if len(user.roles) > 256:
        raise InvalidUser("roles_limit")


def username_from(text: str) -> str:
    """A user name made of free text, for accounts that come without one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._-]", "", plain)[:USERNAME_LIMIT].strip("._-")

"""Wire shapes of accounts and their sessions, shared by REST and sockets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.bots import BotAccount
from accounts.models import Bot, Preference, Role, Session, Status, User, UserAccessToken
from accounts.profile import Profile
from mattermost_site import config
from mattermost_site.models import Audit

ViewedAs = str
SELF, ADMIN, OTHER = "self", "admin", "other"


def user_json(user: User | Profile, viewed_as: ViewedAs, *, bot: Bot | None = None) -> dict[str, Any]:
    """An account as oneself, an admin or somebody else sees it (semantics §5.3).

    Empty optional fields are left out. ``bot`` adds what the user object tells of bots;
    a profile knows that itself.
    """
    privacy = config.current().privacy
    private = viewed_as != OTHER
    out: dict[str, Any] = {
        "id": user.id,
        "create_at": user.create_at,
        "update_at": user.update_at,
        "delete_at": user.delete_at,
        "username": user.username,
        "auth_service": user.auth_service if private else "",
        "email": user.email if private or privacy.show_email_address else "",
        "nickname": user.nickname,
        "first_name": user.first_name if private or privacy.show_full_name else "",
        "last_name": user.last_name if private or privacy.show_full_name else "",
        "position": user.position,
        "roles": user.roles,
        "locale": user.locale,
        "timezone": user.timezone or None,
        "disable_welcome_email": False,
    }
    optional: dict[str, Any] = {
        "props": user.props,
        "last_picture_update": user.last_picture_update,
        "mfa_active": user.mfa_active,
    }
    if private:
        optional |= {
            "auth_data": user.auth_data,
            "notify_props": user.notify_props,
            "failed_attempts": user.failed_attempts,
        }
    else:
        out["auth_data"] = ""
    if user.remote_id is not None:
        out["remote_id"] = user.remote_id
    if viewed_as == SELF:
        optional |= {
            "email_verified": user.email_verified,
            "allow_marketing": user.allow_marketing,
            "last_password_update": user.last_password_update,
        }
    optional |= _bot_part(user, bot)
    out |= {key: value for key, value in optional.items() if value}
    return out


def _bot_part(user: User | Profile, bot: Bot | None) -> dict[str, Any]:
    if isinstance(user, Profile):
        if not user.is_bot:
            return {}
        return {
            "is_bot": True,
            "bot_description": user.bot_description,
            "bot_last_icon_update": user.bot_last_icon_update,
        }
    if bot is None:
        return {}
    return {"is_bot": True, "bot_description": bot.description, "bot_last_icon_update": bot.last_icon_update}


def users_json(users: Iterable[Profile], viewed_as: ViewedAs) -> list[dict[str, Any]]:
    """A list of accounts, all seen in the same way."""
    return [user_json(user, viewed_as) for user in users]


def bot_json(bot: BotAccount) -> dict[str, Any]:
    """A bot; texts that are empty are left out."""
    out: dict[str, Any] = {
        "user_id": bot.user_id,
        "username": bot.username,
        "owner_id": bot.owner_id,
        "create_at": bot.create_at,
        "update_at": bot.update_at,
        "delete_at": bot.delete_at,
    }
    optional = {
        "display_name": bot.display_name,
        "description": bot.description,
        "last_icon_update": bot.last_icon_update,
    }
    return out | {key: value for key, value in optional.items() if value}


def session_json(session: Session, team_members: list[dict[str, Any]]) -> dict[str, Any]:
    """A session as its owner sees it; the token is never shown."""
    return {
        "id": session.id,
        "token": "",
        "create_at": session.create_at,
        "expires_at": session.expires_at,
        "last_activity_at": session.last_activity_at,
        "user_id": session.user_id,
        "device_id": session.device_id,
        "roles": session.roles,
        "is_oauth": session.is_oauth,
        "expired_notify": session.expired_notify,
        "props": session.props,
        "team_members": team_members,
        "local": False,
    }


def status_json(status: Status) -> dict[str, Any]:
    """Presence of a user; ``dnd_end_time`` is in seconds."""
    return {
        "user_id": status.user_id,
        "status": status.status,
        "manual": status.manual,
        "last_activity_at": status.last_activity_at,
        "dnd_end_time": status.dnd_end_time,
    }


def preference_json(preference: Preference) -> dict[str, str]:
    """One setting of a user."""
    return {
        "user_id": preference.user_id,
        "category": preference.category,
        "name": preference.name,
        "value": preference.value,
    }


def role_json(role: Role) -> dict[str, Any]:
    """A role with its permissions."""
    return {
        "id": role.id,
        "name": role.name,
        "display_name": role.display_name,
        "description": role.description,
        "create_at": role.create_at,
        "update_at": role.update_at,
        "delete_at": role.delete_at,
        "permissions": role.permissions.split(),
        "scheme_managed": role.scheme_managed,
        "built_in": role.built_in,
    }


def token_json(token: UserAccessToken, secret: str = "") -> dict[str, Any]:
    """A personal token; ``secret`` is shown once, when it was made."""
    out: dict[str, Any] = {
        "id": token.id,
        "user_id": token.user_id,
        "description": token.description,
        "is_active": token.is_active,
    }
    return out | {"token": secret} if secret else out


def audit_json(audit: Audit) -> dict[str, Any]:
    """Something security-relevant that a user did."""
    return {
        "id": audit.id,
        "create_at": audit.create_at,
        "user_id": audit.user_id,
        "action": audit.action,
        "extra_info": audit.extra_info,
        "ip_address": audit.ip_address,
        "session_id": audit.session_id,
    }

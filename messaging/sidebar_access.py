"""Who may see and arrange a sidebar (permissions.md §1, corrections "Sidebar")."""

from __future__ import annotations

import re

from accounts.permissions import Permission, require_user
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError, PermissionDenied
from mattermost_site.ids import is_id
from messaging.queries.sidebar import Category, sidebar_of
from teams.permissions import require_team

_BUILT_IN = re.compile(r"(?:favorites|channels|direct_messages)_[A-Za-z0-9]{26}_[A-Za-z0-9]{26}")


def is_category_id(value: str) -> bool:
    """Whether this may be the id of a category: an id, or ``<type>_<user id>_<team id>``."""
    return is_id(value) or _BUILT_IN.fullmatch(value) is not None


def require_sidebar(actor: Actor, user_id: str, team_id: str) -> None:
    """PermissionDenied unless the actor may act for the user and view the team."""
    require_user(actor, user_id)
    require_team(actor, team_id, Permission.VIEW_TEAM)


def access_category(actor: Actor, user_id: str, team_id: str, category_id: str) -> Category:
    """A category of the user in the team.

    PermissionDenied for a category that is not there, so that ids cannot be probed; those who may act
    for others are told ``app.channel.sidebar_categories.app_error`` (404).
    """
    require_sidebar(actor, user_id, team_id)
    for category in sidebar_of(user_id, team_id):
        if category.id == category_id:
            return category
    if actor.user_id != user_id:
        raise AppError("app.channel.sidebar_categories.app_error", status=404)
    raise PermissionDenied(Permission.EDIT_OTHER_USERS)

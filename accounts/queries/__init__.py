"""Reads of accounts worth a name: one topic a module."""

from __future__ import annotations

from accounts.queries.profiles import (
    profile_by_email,
    profile_by_id,
    profile_by_username,
    profiles_by_ids,
    profiles_by_usernames,
)
from accounts.queries.statuses import statuses_of, visible_statuses
from accounts.queries.users import (
    bots_of,
    has_accounts,
    user_by_email,
    user_by_id,
    user_by_username,
    viewed_as,
    viewed_in_lists,
)

__all__ = [
    "bots_of",
    "has_accounts",
    "profile_by_email",
    "profile_by_id",
    "profile_by_username",
    "profiles_by_ids",
    "profiles_by_usernames",
    "statuses_of",
    "user_by_email",
    "user_by_id",
    "user_by_username",
    "viewed_as",
    "viewed_in_lists",
    "visible_statuses",
]

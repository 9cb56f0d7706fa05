"""Who reads with collapsed threads (semantics §11): a setting of the server, which may leave it to a preference."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import Preference
from mattermost_site import config

CATEGORY, NAME = "display_settings", "collapsed_reply_threads"


def with_collapsed_threads(user_ids: Collection[str]) -> set[str]:
    """Those of the users for whom threads are collapsed. One statement where people may choose, else none."""
    setting = config.current().service.collapsed_threads
    if setting == "always_on":
        return set(user_ids)
    if setting == "disabled" or not user_ids:
        return set()
    rows = Preference.objects.filter(user_id__in=user_ids, category=CATEGORY, name=NAME)
    chosen = dict(rows.values_list("user_id", "value"))
    default = "on" if setting == "default_on" else "off"
    return {user_id for user_id in user_ids if chosen.get(user_id, default) == "on"}


def has_collapsed_threads(user_id: str) -> bool:
    """Whether threads are collapsed for a user."""
    return bool(with_collapsed_threads([user_id]))


def may_be_off() -> bool:
    """Whether there can be anybody for whom threads are not collapsed."""
    return config.current().service.collapsed_threads != "always_on"

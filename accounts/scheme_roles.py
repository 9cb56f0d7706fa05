"""From the flags of a membership to names of roles (permissions.md §1)."""

from __future__ import annotations

from collections.abc import Sequence

TEAM_ROLES = ("team_guest", "team_user", "team_admin")
CHANNEL_ROLES = ("channel_guest", "channel_user", "channel_admin")


def membership_roles(explicit: str, flags: Sequence[bool], names: Sequence[str]) -> tuple[str, ...]:
    """Explicit roles, then those implied by the flags, in the order guest, user, admin."""
    implied = [name for flag, name in zip(flags, names, strict=True) if flag]
    return (*(role for role in explicit.split() if role not in implied), *implied)


def scheme_names(custom: Sequence[str | None], default: Sequence[str]) -> tuple[str, ...]:
    """The role names that a scheme gives to the three flags; the default where it names none."""
    return tuple(own or fallback for own, fallback in zip(custom, default, strict=True))

"""What a team may look like (semantics §2)."""

from __future__ import annotations

import re

from mattermost_site.errors import AppError
from teams.models import Team

NAME = re.compile(r"[a-z0-9][a-z0-9-]*[a-z0-9]")
RESERVED_STARTS = (
    "admin", "api", "channel", "claim", "error", "files", "help", "landing", "login", "mfa", "oauth", "plug",
    "plugins", "post", "signup", "boards", "playbooks",
)  # fmt: skip


class InvalidTeam(AppError):
    """A field of a team is not allowed: ``model.team.is_valid.<field>.app_error``."""

    def __init__(self, field: str) -> None:
        super().__init__(f"model.team.is_valid.{field}.app_error")


def check_team(team: Team) -> None:
    """InvalidTeam for the first field that is out of bounds."""
    if len(team.email) > 128 or (team.email and "@" not in team.email):
        raise InvalidTeam("email")
    if not 1 <= len(team.display_name) <= 64:
        raise InvalidTeam("name")
    if len(team.name) > 64:
        raise InvalidTeam("url")
    if len(team.description.encode()) > 255:
        raise InvalidTeam("description")
    if team.name.lower().startswith(RESERVED_STARTS):
        raise InvalidTeam("reserved")
    if not NAME.fullmatch(team.name):
        raise InvalidTeam("characters")
    if team.type not in ("O", "I"):
        raise InvalidTeam("type")
    if len(team.company_name) > 64:
        raise InvalidTeam("company")
    if len(team.allowed_domains) > 500:
        raise InvalidTeam("domains")

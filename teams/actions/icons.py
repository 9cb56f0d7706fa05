"""Pictures of teams."""

from __future__ import annotations

from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from mattermost_site import clock
from mattermost_site.errors import AppError
from mattermost_site.pictures import NotAPicture, square_png
from mattermost_site.realtime import publish
from teams import events
from teams.models import Team

SIZE = 128  # pixels


def icon_path(team_id: str) -> str:
    """Where a team's picture is kept, as the other server has it."""
    return f"teams/{team_id}/teamIcon.png"


def set_icon(*, team: Team, file: IO[bytes]) -> None:
    """Keep a picture as the team's icon; ``api.team.set_team_icon.check_image_limits.app_error`` when it is none."""
    try:
        icon = square_png(file, SIZE)
    except NotAPicture as error:
        raise AppError("api.team.set_team_icon.check_image_limits.app_error", detailed=str(error)) from error
    path = icon_path(team.id)
    default_storage.delete(path)
    default_storage.save(path, ContentFile(icon))
    _remember(team, clock.now())


def remove_icon(*, team: Team) -> None:
    """Take the icon away. The picture stays in the store, for clients that still show it (recorded)."""
    _remember(team, 0)


def _remember(team: Team, at: int) -> None:
    team.last_team_icon_update = at
    with transaction.atomic():
        # Both columns get the time of the picture, 0 without one: recorded.
        Team.objects.filter(id=team.id).update(last_team_icon_update=at, update_at=at)
        publish(events.update_team(team))

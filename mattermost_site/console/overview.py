"""The console's first page: how the installation is doing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Session, User
from mattermost_site import clock, config, jobs
from mattermost_site.models import Outbox
from mattermost_site.version import VERSION
from messaging.models import Channel
from teams.models import Team

DAY = clock.DAY


def numbers() -> list[dict[str, Any]]:
    """Counts that cost little, with the page that tells more."""
    now = clock.now()
    dead = Outbox.objects.filter(state=jobs.DEAD).count()
    return [
        _number("Active users", User.objects.filter(delete_at=0).count(), "admin:accounts_user_changelist"),
        _number(
            "Signed in during the last day",
            Session.objects.filter(last_activity_at__gt=now - DAY).values("user_id").distinct().count(),
            "admin:accounts_user_changelist",
        ),
        _number("Teams", Team.objects.filter(delete_at=0).count(), "admin:teams_team_changelist"),
        _number(
            "Channels",
            Channel.objects.filter(delete_at=0, type__in=("O", "P")).count(),
            "admin:messaging_channel_changelist",
        ),
        _number(
            "Jobs waiting", Outbox.objects.filter(state=jobs.WAITING).count(), "admin:mattermost_site_outbox_changelist"
        ),
        _number("Jobs given up", dead, "admin:mattermost_site_outbox_changelist", is_bad=dead > 0),
    ]


def _number(title: str, value: int, page: str, *, is_bad: bool = False) -> dict[str, Any]:
    return {"title": title, "value": value, "url": reverse(page), "is_bad": is_bad}


def facts() -> list[tuple[str, str]]:
    """How this installation is put together."""
    settings = config.current()
    return [
        ("Version", VERSION),
        ("Address", settings.service.site_url or "not set: links in e-mail cannot work"),
        ("Database", {"postgres": "PostgreSQL", "sqlite": "SQLite (embedded)"}.get(settings.sql.driver_name, "")),
        ("Events between processes", "Redis" if settings.cache.cache_type == "redis" else "one process"),
        (
            "Files",
            {"local": "local folder", "amazons3": "S3"}.get(settings.file.driver_name, settings.file.driver_name),
        ),
        ("Sign-up", "open to everybody" if settings.team.enable_open_server else "by invitation"),
    ]


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds both to the page (unfold's ``DASHBOARD_CALLBACK``)."""
    return context | {"numbers": numbers(), "facts": facts()}

"""Numbers about the installation or one of its teams, for the System Console."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.functions import Cast

from accounts.models import Bot, Status, User
from accounts.queries.lists import Wanted, count_users
from mattermost_site import clock, metrics
from messaging.models import Channel, Post
from teams.models import Team

Rows = list[dict[str, str | int]]

DAYS = 31
MONTH = 31 * clock.DAY
NOT_COUNTED = -1  # inactive accounts belong to no team (recorded)


def standard(team_id: str) -> Rows:
    """What the first page of the console shows. Posts are the sum of the channels' counters: none is read."""
    channels = Channel.objects.filter(team_id=team_id) if team_id else Channel.objects.all()
    open_ones, private = Q(type="O", delete_at=0), Q(type="P", delete_at=0)
    counted = channels.aggregate(
        open=Count("id", filter=open_ones), private=Count("id", filter=private), messages=Sum("total_msg_count")
    )
    numbers = {
        "channel_open_count": counted["open"],
        "channel_private_count": counted["private"],
        "post_count": counted["messages"] or 0,
        "unique_user_count": count_users(Wanted(in_team=team_id, is_active=True, with_bots=False)),
        "team_count": Team.objects.filter(delete_at=0).count(),
        "total_websocket_connections": metrics.open_sockets(),
        "total_master_db_connections": _database_connections(),
        "total_read_db_connections": 0,
        "daily_active_users": _active_within(clock.DAY),
        "monthly_active_users": _active_within(MONTH),
        "inactive_user_count": NOT_COUNTED if team_id else User.objects.exclude(delete_at=0).count(),
    }
    return [{"name": name, "value": value} for name, value in numbers.items()]


def posts_by_day(team_id: str, *, of_bots: bool = False) -> Rows:
    """How many posts each of the last days had that had any; the newest day first, today left out."""
    return _by_day(team_id, Count("id"), of_bots=of_bots)


def people_with_posts_by_day(team_id: str) -> Rows:
    """How many people posted on each of the last days; the newest day first, today left out."""
    return _by_day(team_id, Count("user_id", distinct=True))


def _by_day(team_id: str, number: Count, *, of_bots: bool = False) -> Rows:
    today = clock.now() // clock.DAY
    posts = Post.objects.filter(create_at__gte=(today - DAYS) * clock.DAY, create_at__lt=today * clock.DAY)
    posts = posts.filter(original_id="")  # no earlier versions of edited ones
    if team_id:
        posts = posts.filter(channel_id__in=Channel.objects.filter(team_id=team_id).values("id"))
    if of_bots:
        posts = posts.filter(user_id__in=Bot.objects.values("user_id"))
    day = Cast(F("create_at") / clock.DAY, IntegerField())
    rows = posts.annotate(day=day).values_list("day").annotate(number=number).order_by("-day")
    return [{"name": _date(day), "value": number} for day, number in rows]


def _date(day: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat()


def _active_within(period: int) -> int:
    """People, no bots, who did something within ``period`` ms."""
    active = Status.objects.filter(last_activity_at__gt=clock.now() - period)
    people = User.objects.filter(delete_at=0, id__in=active.values("user_id"))
    return people.exclude(id__in=Bot.objects.values("user_id")).count()


def _database_connections() -> int:
    """Open connections of this installation; SQLite keeps no list, and there only this one is known."""
    if connection.vendor != "postgresql":
        return 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
        )
        return int(cursor.fetchone()[0])

"""Who is in a channel, and numbers about it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q

from accounts.models import User
from files.models import FileInfo
from mattermost_site.errors import AppError
from messaging.models import ChannelMember, Post

PAGE_LIMIT = 200


def members_of(channel_id: str, *, page: int, per_page: int) -> list[ChannelMember]:
    """A page of a channel's members, of deactivated people too, by user id."""
    start = page * per_page
    return list(ChannelMember.objects.filter(channel_id=channel_id).order_by("user_id")[start : start + per_page])


def members_by_ids(channel_id: str, user_ids: Collection[str]) -> list[ChannelMember]:
    """Those of the users that are members of the channel."""
    return list(ChannelMember.objects.filter(channel_id=channel_id, user_id__in=set(user_ids)))


def member_or_404(channel_id: str, user_id: str) -> ChannelMember:
    """The membership; ``app.channel.get_member.missing.app_error`` (404) when there is none."""
    member = ChannelMember.objects.filter(channel_id=channel_id, user_id=user_id).first()
    if member is None:
        raise AppError("app.channel.get_member.missing.app_error", status=404)
    return member


def channel_of_post(post_id: str) -> str:
    """The id of the channel a post is in; ``app.post.get.app_error`` (404) when there is no such post."""
    channel_id = Post.objects.filter(id=post_id, delete_at=0).values_list("channel_id", flat=True).first()
    if channel_id is None:
        raise AppError("app.post.get.app_error", status=404)
    return channel_id


def active_counts(channel_ids: Collection[str]) -> dict[str, int]:
    """How many members that are not deactivated each channel has, by channel id."""
    active = User.objects.filter(delete_at=0).values("id")
    rows = (
        ChannelMember.objects.filter(channel_id__in=channel_ids, user_id__in=active)
        .values("channel_id")
        .annotate(count=Count("user_id"))
    )
    return dict.fromkeys(channel_ids, 0) | {row["channel_id"]: row["count"] for row in rows}


def channel_stats(channel_id: str, *, with_files: bool) -> dict[str, int | str]:
    """Members that are not deactivated, guests among them, pinned posts, files of posts (−1 when not asked for)."""
    active = User.objects.filter(delete_at=0).values("id")
    people = ChannelMember.objects.filter(channel_id=channel_id, user_id__in=active).aggregate(
        members=Count("user_id"), guests=Count("user_id", filter=Q(scheme_guest=True))
    )
    files = FileInfo.objects.filter(channel_id=channel_id, delete_at=0).exclude(post_id="")
    return {
        "channel_id": channel_id,
        "member_count": people["members"],
        "guest_count": people["guests"],
        "pinnedpost_count": Post.objects.filter(channel_id=channel_id, is_pinned=True, delete_at=0).count(),
        "files_count": files.count() if with_files else -1,
    }


def time_zones(channel_id: str) -> list[str] | None:
    """The time zones that members have chosen or their devices told, each once; None when nobody has one."""
    members = ChannelMember.objects.filter(channel_id=channel_id).values("user_id")
    zones = {_zone_of(chosen) for chosen in User.objects.filter(id__in=members).values_list("timezone", flat=True)}
    return sorted(zones - {""}) or None


def _zone_of(chosen: dict[str, str]) -> str:
    key = "automaticTimezone" if chosen.get("useAutomaticTimezone") == "true" else "manualTimezone"
    return chosen.get(key, "")

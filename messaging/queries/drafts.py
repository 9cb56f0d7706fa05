"""Reads of drafts (semantics §12.3)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from messaging.models import Channel, ChannelMember, Draft
from messaging.queries.post_parts import files_by_id


def drafts_of(user_id: str, team_id: str) -> list[dict[str, Any]]:
    """A user's drafts in a team's channels and in direct ones that the user is in, the latest change first."""
    places = Channel.objects.filter(Q(team_id=team_id) | Q(team_id="")).values("id")
    joined = ChannelMember.objects.filter(user_id=user_id).values("channel_id")
    rows = Draft.objects.filter(user_id=user_id, delete_at=0, channel_id__in=places)
    drafts = list(rows.filter(channel_id__in=joined).order_by("-update_at", "channel_id", "root_id"))
    return with_files(drafts)


def with_files(drafts: list[Draft]) -> list[dict[str, Any]]:
    """Drafts as they are sent, each with its files; one statement for all of them, none without files."""
    file_ids = {file_id for draft in drafts for file_id in draft.file_ids}
    infos = files_by_id(file_ids) if file_ids else {}
    return [draft_json(draft, [infos[one] for one in draft.file_ids if one in infos]) for draft in drafts]


def draft_json(draft: Draft, files: list[dict[str, Any]]) -> dict[str, Any]:
    """A draft; files and a priority are left out when there are none."""
    out: dict[str, Any] = {
        "create_at": draft.create_at,
        "update_at": draft.update_at,
        "delete_at": draft.delete_at,
        "user_id": draft.user_id,
        "channel_id": draft.channel_id,
        "root_id": draft.root_id,
        "message": draft.message,
        "props": draft.props,
        "metadata": {"files": files} if files else {},
    }
    if draft.file_ids:
        out["file_ids"] = draft.file_ids
    if draft.priority:
        out["priority"] = draft.priority
    return out

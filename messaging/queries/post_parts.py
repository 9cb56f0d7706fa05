"""What hangs on posts: files, reactions, custom emoji, acknowledgements. One statement for all posts of a page each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from files.models import FileInfo
from files.serializers import file_json
from messaging.models import Emoji, PostAcknowledgement, Reaction

Parts = dict[str, list[dict[str, Any]]]


def files_of(post_ids: Collection[str], *, include_deleted: bool = False) -> Parts:
    """The files of posts, oldest first, by post id."""
    found: Parts = defaultdict(list)
    for info in _files(Q(post_id__in=post_ids), include_deleted=include_deleted).order_by("create_at", "id"):
        found[info.post_id].append(file_json(info))
    return found


def files_by_id(file_ids: Collection[str], *, include_deleted: bool = False) -> dict[str, dict[str, Any]]:
    """Those of the files that exist, by id."""
    return {info.id: file_json(info) for info in _files(Q(id__in=file_ids), include_deleted=include_deleted)}


def _files(which: Q, *, include_deleted: bool) -> QuerySet[FileInfo]:
    rows = FileInfo.objects.filter(which).defer("content", "path", "thumbnail_path", "preview_path")
    return rows if include_deleted else rows.filter(delete_at=0)


def reaction_json(reaction: Reaction) -> dict[str, Any]:
    """A reaction."""
    return {
        "user_id": reaction.user_id,
        "post_id": reaction.post_id,
        "emoji_name": reaction.emoji_name,
        "create_at": reaction.create_at,
        "update_at": reaction.update_at,
        "delete_at": reaction.delete_at,
        "remote_id": reaction.remote_id,
        "channel_id": reaction.channel_id,
    }


def reactions_of(post_ids: Collection[str]) -> Parts:
    """The reactions to posts, oldest first, by post id."""
    found: Parts = defaultdict(list)
    for reaction in Reaction.objects.filter(post_id__in=post_ids, delete_at=0).order_by("create_at", "emoji_name"):
        found[reaction.post_id].append(reaction_json(reaction))
    return found


def emoji_json(emoji: Emoji) -> dict[str, Any]:
    """A custom emoji."""
    return {
        "id": emoji.id,
        "create_at": emoji.create_at,
        "update_at": emoji.update_at,
        "delete_at": emoji.delete_at,
        "creator_id": emoji.creator_id,
        "name": emoji.name,
    }


def emojis_by_name(names: Collection[str]) -> dict[str, dict[str, Any]]:
    """Those of the custom emoji that exist, by name."""
    return {emoji.name: emoji_json(emoji) for emoji in Emoji.objects.filter(name__in=names, delete_at=0)}


def acknowledgement_json(acknowledgement: PostAcknowledgement) -> dict[str, Any]:
    """That somebody has read a post; ``acknowledged_at`` in ms."""
    return {
        "user_id": acknowledgement.user_id,
        "post_id": acknowledgement.post_id,
        "acknowledged_at": acknowledgement.acknowledged_at,
        "channel_id": acknowledgement.channel_id,
    }


def acknowledgements_of(post_ids: Collection[str]) -> Parts:
    """Who acknowledged posts, by post id."""
    found: Parts = defaultdict(list)
    rows = PostAcknowledgement.objects.filter(post_id__in=post_ids, acknowledged_at__gt=0)
    for acknowledgement in rows.order_by("acknowledged_at", "user_id"):
        found[acknowledgement.post_id].append(acknowledgement_json(acknowledgement))
    return found

"""Keeping what people have written and not sent (semantics §12.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import transaction

from mattermost_site import clock
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from messaging.access import ChannelAccess
from messaging.events.drafts import draft_created, draft_deleted
from messaging.models import Draft
from messaging.queries.drafts import draft_json, with_files
from messaging.validation import MESSAGE_LIMIT

ROOT_LIMIT = 26
PROPS_LIMIT = 8000  # code points of JSON, as wide as the column
FILES_LIMIT = 300


class InvalidDraft(AppError):
    """A field of a draft is not allowed: ``model.draft.is_valid.<field>.app_error``."""

    def __init__(self, name: str) -> None:
        super().__init__(f"model.draft.is_valid.{name}.app_error")


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What a client wants to be kept; ``create_at`` is its own time, 0 for the server's."""

    message: str
    root_id: str = ""
    create_at: int = 0
    props: dict[str, Any] = field(default_factory=dict)
    file_ids: list[str] = field(default_factory=list)
    priority: dict[str, Any] | None = None


def save_draft(*, actor: Actor, access: ChannelAccess, wanted: NewDraft, connection_id: str) -> dict[str, Any] | None:
    """Keep a draft in the place of the one there was; without a text there is none any more, and nobody is told.

    Raises ``api.draft.create_draft.can_not_draft_to_deleted.error`` in an archived channel, InvalidDraft.
    """
    if access.channel.delete_at:
        raise AppError("api.draft.create_draft.can_not_draft_to_deleted.error")
    key = {"user_id": actor.user_id, "channel_id": access.channel.id, "root_id": wanted.root_id}
    if not wanted.message:
        Draft.objects.filter(**key).delete()
        return None
    now = clock.now()
    draft = Draft(
        **key,
        create_at=wanted.create_at or now,
        update_at=now,
        message=wanted.message,
        props=wanted.props,
        file_ids=wanted.file_ids,
        priority=wanted.priority,
    )
    _check(draft)
    with transaction.atomic():
        _store(draft)
        shape = with_files([draft])[0]
        publish(draft_created(shape, connection_id))
    return shape


def _check(draft: Draft) -> None:
    if len(draft.root_id) not in (0, ROOT_LIMIT):
        raise InvalidDraft("root_id")
    if len(draft.message) > MESSAGE_LIMIT:
        raise InvalidDraft("message_length")
    if len(orjson.dumps(draft.props).decode()) > PROPS_LIMIT:
        raise InvalidDraft("props")
    if len(orjson.dumps(draft.file_ids)) > FILES_LIMIT:
        raise InvalidDraft("file_ids")


def _store(draft: Draft) -> None:
    """One that is there keeps the time of its making."""
    fields = ("update_at", "message", "props", "file_ids", "priority")
    changes = {name: getattr(draft, name) for name in fields}
    rows = Draft.objects.filter(user_id=draft.user_id, channel_id=draft.channel_id, root_id=draft.root_id)
    if not rows.update(**changes, delete_at=0):
        draft.save(force_insert=True)


def delete_draft(*, actor: Actor, channel_id: str, root_id: str, connection_id: str) -> None:
    """Throw a draft away; one that is not there is nothing to do."""
    with transaction.atomic():
        draft = Draft.objects.filter(user_id=actor.user_id, channel_id=channel_id, root_id=root_id).first()
        if draft is None:
            return
        shape = draft_json(draft, [])  # before delete() empties the key
        draft.delete()
        publish(draft_deleted(shape, connection_id))

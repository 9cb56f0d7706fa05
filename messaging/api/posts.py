"""The collection of posts: making them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from accounts.actions.status import note_activity
from accounts.permissions import Permission, has_system, require_system
from mattermost_site.api import ApiView, created
from mattermost_site.api.inputs import Body
from mattermost_site.errors import InvalidBodyParam, InvalidParam
from messaging.actions import posts as actions
from messaging.actions.ephemeral import send_ephemeral
from messaging.permissions import access_for_posting

LARGEST_BODY = 800_000  # bytes: more than elsewhere, because props may hold as many code points
PRIORITY_LIMIT = 32  # code points


class Posts(ApiView):
    """The collection of posts."""

    body_limit = LARGEST_BODY

    def post(self, request: HttpRequest) -> HttpResponse:
        body = self.body("post")
        wanted = _wanted(body)
        if not has_system(self.actor, Permission.MANAGE_SYSTEM):
            wanted.create_at = 0
        if wanted.type.startswith("system_"):
            raise InvalidParam("post.type")
        access = access_for_posting(self.actor, body.text("channel_id"))
        set_online = self.query.flag("set_online", default=True)
        shape = actions.create_post(actor=self.actor, access=access, wanted=wanted, set_online=set_online)
        if set_online:
            note_activity(user_id=self.actor.user_id)
        return created(shape)


def _wanted(body: Body) -> actions.NewPost:
    return actions.NewPost(
        message=body.text("message"),
        root_id=body.text("root_id"),
        type=body.text("type"),
        props=body.object("props") or {},
        file_ids=body.texts("file_ids"),
        priority=_priority(body),
        pending_post_id=body.text("pending_post_id"),
        create_at=body.number("create_at"),
        edit_at=body.number("edit_at"),
        is_pinned=body.flag("is_pinned"),
        has_reactions=body.flag("has_reactions"),
        reply_count=body.number("reply_count"),
    )


def _priority(body: Body) -> actions.Priority | None:
    """The priority in the metadata; whatever else is there is passed over."""
    metadata = Body(body.object("metadata"), body.name)
    if "priority" not in metadata:
        return None
    values = Body(metadata.object("priority"), body.name)
    label = values.text("priority")
    if len(label) > PRIORITY_LIMIT:
        raise InvalidBodyParam(body.name, "priority")
    return actions.Priority(
        label=label,
        requested_ack=values.flag("requested_ack") if "requested_ack" in values else None,
        persistent_notifications=values.flag("persistent_notifications")
        if "persistent_notifications" in values
        else None,
    )


class EphemeralPosts(ApiView):
    """Messages that one person sees and nobody stores."""

    def post(self, request: HttpRequest) -> HttpResponse:
        body = self.body("post_ephemeral")
        user_id, post = body.text("user_id"), body.object("post")
        if not user_id:
            raise InvalidBodyParam("user_id")
        if post is None:
            raise InvalidBodyParam("post")
        wanted = Body(post, "post_ephemeral")
        place = {"channel_id": wanted.text("channel_id"), "root_id": wanted.text("root_id")}
        message, props = wanted.text("message"), wanted.object("props")
        require_system(self.actor, Permission.CREATE_POST_EPHEMERAL)
        shape = send_ephemeral(user_id=user_id, author_id=self.actor.user_id, message=message, props=props, **place)
        if embeds := shape["metadata"].get("embeds"):
            shape["metadata"] = shape["metadata"] | {"embeds": embeds * 2}  # recorded: the answer shows each twice
        return created(shape)

"""Reactions to posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission, require_system
from mattermost_site.api import OK, ApiView
from mattermost_site.errors import AppError, PermissionDenied
from mattermost_site.ids import is_id
from messaging.access import load_accesses
from messaging.actions import reactions as actions
from messaging.permissions import allows
from messaging.post_access import access_by_post
from messaging.queries.post_parts import reactions_of
from messaging.queries.posts import channels_of

NAME_LIMIT = 64  # characters


class Reactions(ApiView):
    """The collection of reactions."""

    def post(self, request: HttpRequest) -> dict[str, Any]:
        body = self.body("reaction")
        user_id, post_id, name = body.text("user_id"), body.text("post_id"), body.text("emoji_name")
        if not is_id(user_id) or not is_id(post_id) or not 0 < len(name) <= NAME_LIMIT:
            raise AppError("api.reaction.save_reaction.invalid.app_error")
        if user_id != self.actor.user_id:
            raise AppError("api.reaction.save_reaction.user_id.app_error", status=403)
        access = access_by_post(self.actor, post_id, Permission.ADD_REACTION)
        return actions.add_reaction(actor=self.actor, post_id=post_id, emoji_name=name, access=access)


class PostReactions(ApiView):
    """The reactions to a post, null when there are none."""

    def get(self, request: HttpRequest, post_id: str) -> list[dict[str, Any]] | None:
        access_by_post(self.actor, post_id, Permission.READ_CHANNEL_CONTENT)
        return reactions_of([post_id]).get(post_id)


class BulkReactions(ApiView):
    """The reactions to several posts, all of which the caller must be able to read as a member."""

    def post(self, request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
        post_ids = list(dict.fromkeys(self.texts("post_ids")))
        channels = channels_of(post_ids)
        accesses = load_accesses(self.actor.user_id, set(channels.values()))
        for post_id in post_ids:
            access = accesses.get(channels.get(post_id, ""))
            if access is None or not allows(self.actor, access, Permission.READ_CHANNEL_CONTENT):
                raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
        found = reactions_of(post_ids)
        return {post_id: found.get(post_id, []) for post_id in post_ids}


class ReactionDetail(ApiView):
    """A reaction of a user to a post."""

    def delete(self, request: HttpRequest, user_id: str, post_id: str, emoji_name: str) -> dict[str, str]:
        access = access_by_post(self.actor, post_id, Permission.REMOVE_REACTION)
        if user_id != self.actor.user_id:
            require_system(self.actor, Permission.REMOVE_OTHERS_REACTIONS)
        actions.remove_reaction(user_id=user_id, post_id=post_id, emoji_name=emoji_name, access=access)
        return OK

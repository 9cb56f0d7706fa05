"""What may be done to one post: a menu, editing, deleting, reacting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.permissions import Permission
from accounts.web.base import is_fragment
from mattermost_site.errors import AppError
from messaging.access import ChannelAccess
from messaging.actions.post_delete import delete_post
from messaging.actions.post_edit import Changes, edit_post
from messaging.actions.reactions import add_reaction, remove_reaction
from messaging.emoji_names import code_points
from messaging.permissions import allows, may_post
from messaging.post_access import access_by_post, access_post, deletable_post, editable_post
from messaging.queries.post_parts import reactions_of
from messaging.queries.post_rows import WirePost
from messaging.web.posts import PostPart

QUICK_REACTIONS = ("+1", "heart", "joy", "tada", "eyes", "white_check_mark")
NAME_LIMIT = 64  # characters of an emoji's name


def quick_reactions() -> list[tuple[str, str]]:
    """Names and characters of the reactions that the menu offers."""
    return [
        (name, "".join(chr(int(point, 16)) for point in (code_points(name) or "").split("-")))
        for name in QUICK_REACTIONS
    ]


class PostTools(PostPart):
    """The menu of a post."""

    def get(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        post, access = access_post(self.actor, post_id)
        context = {"post_id": post_id, "team_name": team_name, **self.rights(post, access)}
        if is_fragment(request):
            return self.render("web/_post_tools.html", context)
        return self.render("web/post_tools.html", {**context, "posts": self.views(team_name, post)})

    def rights(self, post: WirePost, access: ChannelAccess) -> dict[str, Any]:
        """What this person may do to the post; the actions ask again."""
        own = post["user_id"] == self.me.id
        edit = Permission.EDIT_POST if own else Permission.EDIT_OTHERS_POSTS
        delete = Permission.DELETE_POST if own else Permission.DELETE_OTHERS_POSTS
        is_open = not access.channel.delete_at
        is_text = not post["type"].startswith("system_")
        may_edit = is_open and is_text and allows(self.actor, access, edit) and may_post(self.actor, access)
        may_react = is_open and allows(self.actor, access, Permission.ADD_REACTION)
        return {
            "root_id": post["root_id"] or post["id"],
            "may_edit": may_edit,
            "may_delete": is_open and allows(self.actor, access, delete),
            "reactions": quick_reactions() if may_react else [],
        }


class PostEdit(PostPart):
    """The form that changes the text of a post."""

    def get(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        post, _ = editable_post(self.actor, post_id)
        return self.form(team_name, post, post["message"])

    def post(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        post, access = editable_post(self.actor, post_id)
        message = request.POST.get("message", "").replace("\r\n", "\n").replace("\0", "")
        try:
            if not message.strip() and not post["file_ids"]:
                raise AppError("api.context.invalid_body_param.app_error", params={"Name": "message"})
            if message != post["message"]:
                edit_post(actor=self.actor, post=post, access=access, changes=Changes(message=message))
        except AppError as error:
            if is_fragment(request):
                raise
            return self.form(team_name, post, message, error)
        return self.shown(team_name, post_id)

    def form(self, team_name: str, post: WirePost, message: str, error: AppError | None = None) -> HttpResponse:
        """The form, as a part or as a page."""
        context = {"post_id": post["id"], "message": message, "team_name": team_name}
        context |= {"error": self.text_of(error)} if error else {}
        template = "web/_post_edit.html" if is_fragment(self.request) else "web/post_edit.html"
        return self.render(template, context, error.status if error else 200)


class PostDelete(PostPart):
    """Deletes a post, with the replies to it."""

    def post(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        post, access = deletable_post(self.actor, post_id, include_deleted=False)
        delete_post(actor=self.actor, post=post, access=access)
        if is_fragment(request):
            return HttpResponse(status=204)
        return HttpResponseRedirect(reverse("web:team", kwargs={"team_name": team_name}))


class PostReaction(PostPart):
    """Reacts to a post, or takes the same reaction back."""

    def post(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        name = request.POST.get("name", "").strip().strip(":")
        if not 0 < len(name) <= NAME_LIMIT or "\0" in name:
            raise AppError("api.reaction.save_reaction.invalid.app_error")
        mine = {one["emoji_name"] for one in reactions_of([post_id]).get(post_id, []) if one["user_id"] == self.me.id}
        if name in mine:
            access = access_by_post(self.actor, post_id, Permission.REMOVE_REACTION)
            remove_reaction(user_id=self.me.id, post_id=post_id, emoji_name=name, access=access)
        else:
            access = access_by_post(self.actor, post_id, Permission.ADD_REACTION)
            add_reaction(actor=self.actor, post_id=post_id, emoji_name=name, access=access)
        return self.shown(team_name, post_id)

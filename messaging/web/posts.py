"""Parts of the list of posts, and new ones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.web.base import is_fragment, safe_return
from mattermost_site.ids import is_id
from messaging.actions.posts import NewPost, create_post
from messaging.permissions import access_content, access_for_posting
from messaging.post_access import access_post
from messaging.queries.post_pages import Reading, around, latest, list_of
from messaging.queries.post_rows import WirePost
from messaging.queries.posts import NoSuchPost, find_post, post_or_404
from messaging.web.channel import PER_PAGE
from messaging.web.place import TeamPage, rendered
from messaging.web.post_views import PostView, arrange
from messaging.web.rendering import channel_address


class PostPart(TeamPage):
    """Something about single posts; ids in the address are checked to be ids."""

    def entered(self) -> None:
        if "post_id" in self.kwargs and not is_id(self.kwargs["post_id"]):
            raise NoSuchPost

    def views(self, team_name: str, post: WirePost) -> list[PostView]:
        """The post for templates, with a word about the one that it answers."""
        found = list_of([post])
        root = find_post(post["root_id"]) if post["root_id"] else None
        found.add([root] if root else [])
        return rendered(found, self.reader(team_name))

    def shown(self, team_name: str, post_id: str) -> HttpResponseBase:
        """The post as it is now: as a list item for a script, else in its channel."""
        if not is_fragment(self.request):
            address = reverse("web:permalink", kwargs={"team_name": team_name, "post_id": post_id})
            return HttpResponseRedirect(address)
        views = self.views(team_name, post_or_404(post_id))
        return self.render("web/_posts.html", {"posts": views, "team_name": team_name})


class OnePost(PostPart):
    """One post as it is now; 404 when it was deleted."""

    def get(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        access_post(self.actor, post_id)
        return self.shown(team_name, post_id)


class ChannelPosts(PostPart):
    """A channel's posts ``before`` or ``after`` one, as list items; and new ones."""

    def get(self, request: HttpRequest, team_name: str, channel_id: str) -> HttpResponseBase:
        before, after = request.GET.get("before", ""), request.GET.get("after", "")
        access_content(self.actor, channel_id)
        reading = Reading(self.me.id, skip_threads=True)
        if is_id(before) or is_id(after):
            post_id, older = (before, True) if is_id(before) else (after, False)
            found = around(channel_id, reading, post_id, older=older, page=0, per_page=PER_PAGE)
        else:
            found = latest(channel_id, reading, page=0, per_page=PER_PAGE)
        views = rendered(found, self.reader(team_name))
        arrange(views)
        has_older = bool(found.prev_post_id) and not after
        context = {"posts": views, "team_name": team_name, "channel_id": channel_id, "has_older": has_older}
        response = self.render("web/_posts.html", context)
        if after and found.next_post_id:
            response["X-More"] = "true"  # the script asks again
        return response

    def post(self, request: HttpRequest, team_name: str, channel_id: str) -> HttpResponseBase:
        message = request.POST.get("message", "").replace("\r\n", "\n").replace("\0", "")
        access = access_for_posting(self.actor, channel_id)
        made = ""
        if message.strip():
            pending, root_id = request.POST.get("pending_post_id", ""), request.POST.get("root_id", "")
            wanted = NewPost(message=message, root_id=root_id, pending_post_id=pending)
            made = create_post(actor=self.actor, access=access, wanted=wanted)["id"]
        if is_fragment(request):
            return self.shown(team_name, made) if made else HttpResponse(status=204)
        return HttpResponseRedirect(safe_return(request, channel_address(team_name, access.channel.name)))

"""A thread, beside the channel that it belongs to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from mattermost_site.ids import is_id
from messaging.permissions import access_content, may_post
from messaging.queries.post_pages import Reading
from messaging.queries.post_threads import Step, thread
from messaging.queries.posts import NoSuchPost, post_or_404
from messaging.web.place import TeamPage, rendered
from messaging.web.post_views import arrange

THREAD_LIMIT = 200  # replies that are shown; the latest


def thread_context(page: TeamPage, root_id: str, team_name: str, *, channel_id: str = "") -> dict[str, Any]:
    """What the pane of a thread shows; NoSuchPost when it is not of ``channel_id``, if that is given.

    Asks whether the person may read the channel.
    """
    if not is_id(root_id):
        raise NoSuchPost
    asked = post_or_404(root_id)
    if asked["root_id"] or (channel_id and asked["channel_id"] != channel_id):
        raise NoSuchPost
    access = access_content(page.actor, asked["channel_id"])
    found = thread(root_id, Reading(page.me.id), Step(per_page=THREAD_LIMIT, direction="up"))
    replies = [post_id for post_id in found.order if post_id != root_id]
    found.order = [*replies, root_id]  # newest first, as in pages of a channel
    views = rendered(found, page.reader(team_name))
    for view in views:
        view.answers = ""
    arrange(views)
    return {
        "thread_posts": views,
        "thread_root": views[0],
        "thread_channel": access.channel,
        "may_reply": may_post(page.actor, access) and not access.channel.delete_at and access.member is not None,
    }


class ThreadPane(TeamPage):
    """The pane of a thread alone."""

    def get(self, request: HttpRequest, team_name: str, post_id: str) -> HttpResponseBase:
        return self.render("web/_thread.html", {**thread_context(self, post_id, team_name), "team_name": team_name})

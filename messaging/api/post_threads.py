"""The thread of a post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mattermost_site.api import ApiView
from mattermost_site.api.inputs import PAGE_SIZE_LIMIT, Query
from mattermost_site.api.responses import json_response, not_modified, with_etag
from mattermost_site.errors import InvalidBodyParam
from messaging.api.post_lists import complete_list, reading_of, strict_time
from messaging.post_access import require_reading
from messaging.queries.post_threads import Step, thread


def step_of(query: Query) -> Step:
    """Which part of the thread a client asks for; InvalidBodyParam when that makes no sense."""
    step = Step(
        per_page=strict_time(query, "perPage"),
        direction=query.text("direction"),
        from_post=query.text("fromPost"),
        from_create_at=strict_time(query, "fromCreateAt"),
        from_update_at=strict_time(query, "fromUpdateAt"),
        updates_only=query.flag("updatesOnly"),
    )
    if not 0 <= step.per_page <= PAGE_SIZE_LIMIT:
        raise InvalidBodyParam("perPage")
    if step.direction not in ("", "up", "down"):
        raise InvalidBodyParam("direction")
    if step.from_post and not (step.from_create_at or step.from_update_at):
        raise InvalidBodyParam("fromCreateAt")
    if step.from_update_at and step.from_create_at:
        raise InvalidBodyParam("fromUpdateAt")
    if step.updates_only and not step.from_update_at:
        raise InvalidBodyParam("fromUpdateAt")
    if step.updates_only and step.direction == "up":
        raise InvalidBodyParam("updatesOnly")
    return step


class PostThread(ApiView):
    """The thread that a post belongs to."""

    def get(self, request: HttpRequest, post_id: str) -> HttpResponse:
        step = step_of(self.query)
        reading = reading_of(self.query, self.actor.user_id)
        found = thread(post_id, reading, step)
        require_reading(self.actor, found.posts[post_id])
        etag = found.etag()
        if same := not_modified(request, etag):
            return same
        return with_etag(json_response(complete_list(found, reading, self.actor)), etag)

"""Lists of posts: of a channel, around the first unread one, by ids, pinned, saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission, require_system, require_user
from mattermost_site.actor import Actor
from mattermost_site.api import ApiView
from mattermost_site.api.inputs import Query, id_list
from mattermost_site.api.responses import json_response, not_modified, with_etag
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam, PermissionDenied
from mattermost_site.ids import is_id
from messaging.access import ChannelAccess
from messaging.permissions import channel_or_404, reads_content
from messaging.post_access import readable_posts
from messaging.post_metadata import complete
from messaging.queries import post_pages, posts
from messaging.queries.post_pages import PostList, Reading
from messaging.queries.thread_people import fill_participants

BY_IDS_LIMIT = 1000


def reading_of(query: Query, user_id: str, *, include_deleted: bool = False) -> Reading:
    """How the client of a request reads posts."""
    return Reading(
        user_id=user_id,
        collapsed=query.flag("collapsedThreads"),
        extended=query.flag("collapsedThreadsExtended"),
        skip_threads=query.flag("skipFetchThreads"),
        include_deleted=include_deleted,
    )


def complete_list(found: PostList, reading: Reading, reader: Actor) -> dict[str, Any]:
    """The wire shape of a list with all that its posts are sent with."""
    if reading.collapsed:
        fill_participants(found.posts.values(), extended=reading.extended)
    complete(found.posts.values(), reader)
    return found.json()


def readable_channel(actor: Actor, channel_id: str) -> ChannelAccess:
    """The channel whose posts are asked for: 404 when there is none, PermissionDenied when it may not be read."""
    access = channel_or_404(actor, channel_id)
    if not reads_content(actor, access):
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
    return access


def _neighbour(query: Query, name: str) -> str:
    post_id = query.text(name)
    if post_id and not is_id(post_id):
        raise InvalidBodyParam(name)
    return post_id


def strict_time(query: Query, name: str) -> int:
    """A time in ms, 0 when absent; refused by its name when it is no number."""
    try:
        return query.strict_number(name)
    except InvalidUrlParam:
        raise InvalidBodyParam(name) from None


class ChannelPosts(ApiView):
    """The posts of a channel: a page, those before or after one, those changed since a time."""

    def get(self, request: HttpRequest, channel_id: str) -> HttpResponse:
        query = self.query
        after, before, since = _neighbour(query, "after"), _neighbour(query, "before"), strict_time(query, "since")
        deleted = query.flag("include_deleted")
        if deleted:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        readable_channel(self.actor, channel_id)
        reading = reading_of(query, self.actor.user_id, include_deleted=deleted)
        if since > 0:
            return self._answer(post_pages.since(channel_id, reading, since), reading)
        etag = post_pages.channel_etag(channel_id, collapsed=reading.collapsed)
        if same := not_modified(request, etag):
            return same
        if neighbour := after or before:
            found = post_pages.around(
                channel_id, reading, neighbour, older=not after, page=query.page, per_page=query.per_page
            )
        else:
            found = post_pages.latest(channel_id, reading, page=query.page, per_page=query.per_page)
        return with_etag(self._answer(found, reading), etag)

    def _answer(self, found: PostList, reading: Reading) -> HttpResponse:
        return json_response(complete_list(found, reading, self.actor))


class UnreadPosts(ApiView):
    """The posts of a channel around the first that a member has not read; the latest ones when all is read."""

    def get(self, request: HttpRequest, user_id: str, channel_id: str) -> HttpResponse:
        require_user(self.actor, user_id)
        access = readable_channel(self.actor, channel_id)
        before, after = self.query.size("limit_before"), self.query.size("limit_after")
        if not after:
            raise InvalidUrlParam("limit_after")
        viewed_at = self._viewed_at(access, user_id)
        reading = reading_of(self.query, user_id)
        window = viewed_at and post_pages.around_unread(channel_id, reading, viewed_at, before=before, after=after)
        if window:
            return json_response(complete_list(window, reading, self.actor))
        etag = post_pages.channel_etag(channel_id, collapsed=reading.collapsed)
        if same := not_modified(request, etag):
            return same
        latest = post_pages.latest(channel_id, reading, page=0, per_page=before)
        return with_etag(json_response(complete_list(latest, reading, self.actor)), etag)

    def _viewed_at(self, access: ChannelAccess, user_id: str) -> int:
        if user_id != self.actor.user_id:
            viewed_at = post_pages.last_viewed_at(user_id, access.channel.id)
        else:
            viewed_at = access.member.last_viewed_at if access.member else None
        if viewed_at is None:
            raise AppError("app.channel.get_member.missing.app_error", status=404)
        return viewed_at


class PostsByIds(ApiView):
    """Posts by their ids; those that the caller may not read are left out, deleted ones are not."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        post_ids = id_list(self.texts("post_ids"), "post_ids")
        if len(post_ids) > BY_IDS_LIMIT:
            raise AppError("api.post.posts_by_ids.invalid_body.request_error")
        found = posts.posts_by_ids(post_ids)
        if not found:
            raise posts.NoSuchPost
        shown = readable_posts(self.actor, found)
        complete(shown, self.actor, embeds=False)
        return shown


class PinnedPosts(ApiView):
    """The pinned posts of a channel."""

    def get(self, request: HttpRequest, channel_id: str) -> HttpResponse:
        readable_channel(self.actor, channel_id)
        found = posts.pinned(channel_id)
        if same := not_modified(request, found.etag()):
            return same
        reading = Reading(self.actor.user_id)
        return with_etag(json_response(complete_list(found, reading, self.actor)), found.etag())


class FlaggedPosts(ApiView):
    """The posts that a user saved."""

    def get(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        found = posts.flagged(
            user_id,
            team_id=self.query.text("team_id"),
            channel_id=self.query.text("channel_id"),
            skipped=self.query.page,  # as recorded: the page counts posts here
            per_page=self.query.per_page,
        )
        shown = post_pages.list_of(readable_posts(self.actor, found))
        return complete_list(shown, Reading(self.actor.user_id), self.actor)

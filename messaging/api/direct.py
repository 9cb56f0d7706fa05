"""Direct and group channels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Permission, require_system
from accounts.queries import bots_of, viewed_in_lists
from accounts.queries.visibility import visible_ids
from accounts.serializers import user_json
from mattermost_site.api import ApiView, created
from mattermost_site.errors import AppError, InvalidBodyParam, PermissionDenied
from messaging.actions import direct as actions
from messaging.api.inputs import ids_of, required_body, text_list
from messaging.queries import channel_search, group_people
from messaging.serializers import channel_json


class DirectChannels(ApiView):
    """Channels of two people, or of one with itself."""

    def post(self, request: HttpRequest) -> HttpResponse:
        given = text_list(self)
        ids = ids_of(given, "user_ids")
        me = self.actor.user_id
        if len(given) > 2 or (len(ids) == 1 and ids != [me]):
            raise InvalidBodyParam("user_ids")
        require_system(self.actor, Permission.CREATE_DIRECT_CHANNEL)
        if me not in ids:
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        _require_all_visible(self, ids)
        return created(channel_json(actions.open_direct(user_id=ids[0], other_id=ids[-1])))


class GroupChannels(ApiView):
    """Channels of three to eight people."""

    def post(self, request: HttpRequest) -> HttpResponse:
        ids = ids_of(text_list(self), "user_ids")
        require_system(self.actor, Permission.CREATE_GROUP_CHANNEL)
        if len(ids) <= max(actions.GROUP_SIZES):
            _require_all_visible(self, ids)
        return created(channel_json(actions.open_group(user_ids=[*ids, self.actor.user_id])))


def _require_all_visible(view: ApiView, user_ids: list[str]) -> None:
    others = [user_id for user_id in user_ids if user_id != view.actor.user_id]
    if len(visible_ids(view.actor, others)) < len(others):
        raise PermissionDenied(Permission.VIEW_MEMBERS)


class GroupSearch(ApiView):
    """The caller's group channels by user names of their members."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        term = required_body(self, "term").text("term")
        return [channel_json(channel) for channel in channel_search.search_groups(self.actor.user_id, term)]


class GroupPeople(ApiView):
    """The other people in the caller's group channels."""

    def post(self, request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
        channel_ids = text_list(self)
        if not channel_ids:
            raise AppError("api.payload.parse.error")
        people = group_people.others_in_groups(self.actor.user_id, channel_ids)
        bots = bots_of({user.id: user for users in people.values() for user in users}.values())
        seen = viewed_in_lists(self.actor)
        return {
            channel_id: [user_json(user, seen, bot=bots.get(user.id)) for user in users]
            for channel_id, users in people.items()
        }

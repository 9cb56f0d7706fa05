"""Categories of the sidebar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mattermost_site.api import OK, ApiView
from mattermost_site.api.inputs import Body
from mattermost_site.errors import InvalidBodyParam, InvalidUrlParam
from messaging.actions import sidebar_categories as actions
from messaging.actions.sidebar import read_or_start_sidebar
from messaging.queries.sidebar import Category, sidebar_order
from messaging.serializers.sidebar import categories_json, category_json, sidebar_json
from messaging.sidebar_access import access_category, is_category_id, require_sidebar


def wanted_from(body: Body, *, id: str = "") -> actions.WantedCategory:
    """The category that a client sends; ``id`` takes the place of the body's when the path names one."""
    return actions.WantedCategory(
        id=id or body.text("id"),
        display_name=body.text("display_name"),
        sorting=body.text("sorting"),
        muted=body.flag("muted"),
        collapsed=body.flag("collapsed"),
        channel_ids=tuple(body.texts("channel_ids")),
    )


def own_body(view: ApiView, user_id: str, team_id: str) -> Body:
    """The body, whose user and team must be those of the path."""
    body = view.body("category")
    if body.text("user_id") != user_id or body.text("team_id") != team_id:
        raise InvalidBodyParam("category")
    return body


class Categories(ApiView):
    """All categories of a user in a team."""

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> dict[str, Any]:
        require_sidebar(self.actor, user_id, team_id)
        return sidebar_json(read_or_start_sidebar(user_id=user_id, team_id=team_id))

    def post(self, request: HttpRequest, user_id: str, team_id: str) -> dict[str, Any]:
        require_sidebar(self.actor, user_id, team_id)
        wanted = wanted_from(own_body(self, user_id, team_id))
        category = actions.create_category(user_id=user_id, team_id=team_id, wanted=wanted)
        return category_json(category, category.channel_ids)

    def put(self, request: HttpRequest, user_id: str, team_id: str) -> list[dict[str, Any]]:
        require_sidebar(self.actor, user_id, team_id)
        values = self.json("category")
        if not isinstance(values, list):
            raise InvalidBodyParam("category")
        wanted = [wanted_from(Body(value, "category")) for value in values]
        return categories_json(actions.update_categories(user_id=user_id, team_id=team_id, wanted=wanted))


class CategoryOrder(ApiView):
    """The order of the categories, as ids."""

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> list[str]:
        require_sidebar(self.actor, user_id, team_id)
        found = sidebar_order(user_id, team_id)
        return found or [category.id for category in read_or_start_sidebar(user_id=user_id, team_id=team_id)]

    def put(self, request: HttpRequest, user_id: str, team_id: str) -> list[str]:
        require_sidebar(self.actor, user_id, team_id)
        return actions.reorder_categories(user_id=user_id, team_id=team_id, order=self.texts("order"))


class CategoryDetail(ApiView):
    """One category."""

    free_ids = ("category_id",)

    def get(self, request: HttpRequest, user_id: str, team_id: str, category_id: str) -> dict[str, Any]:
        category = self.category(user_id, team_id, category_id)
        return category_json(category, category.channel_ids)

    def put(self, request: HttpRequest, user_id: str, team_id: str, category_id: str) -> dict[str, Any]:
        self.category(user_id, team_id, category_id)
        wanted = wanted_from(own_body(self, user_id, team_id), id=category_id)
        return categories_json(actions.update_categories(user_id=user_id, team_id=team_id, wanted=[wanted]))[0]

    def delete(self, request: HttpRequest, user_id: str, team_id: str, category_id: str) -> dict[str, str]:
        actions.delete_category(category=self.category(user_id, team_id, category_id))
        return OK

    def category(self, user_id: str, team_id: str, category_id: str) -> Category:
        """The category of the path, when the caller may touch it."""
        if not is_category_id(category_id):
            raise InvalidUrlParam("category_id")
        return access_category(self.actor, user_id, team_id, category_id)

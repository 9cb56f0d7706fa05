"""Settings of users."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.actions import preferences as actions
from accounts.models import Preference
from accounts.permissions import require_user
from accounts.queries import preferences as queries
from mattermost_site.api import OK, ApiView
from mattermost_site.api.inputs import Body
from mattermost_site.errors import InvalidBodyParam, InvalidUrlParam

AT_ONCE = 100
SHORTEST_NAME = 2  # in a path; recorded


def preferences_from(view: ApiView) -> list[Preference]:
    """The list of settings in the body: 1 to 100 of them."""
    values = view.json("preferences")
    if not isinstance(values, list) or not 0 < len(values) <= AT_ONCE:
        raise InvalidBodyParam("preferences")
    bodies = [Body(value, "preferences") for value in values]
    return [
        Preference(
            user_id=body.text("user_id"),
            category=body.text("category"),
            name=body.text("name"),
            value=body.text("value"),
        )
        for body in bodies
    ]


class Preferences(ApiView):
    """All settings of a user."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, str]]:
        require_user(self.actor, user_id)
        return queries.preferences_of(user_id)

    def put(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        actions.save_preferences(actor=self.actor, user_id=user_id, preferences=preferences_from(self))
        return OK


class PreferencesDelete(ApiView):
    """Deletes settings."""

    def post(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        actions.delete_preferences(user_id=user_id, preferences=preferences_from(self))
        return OK


class PreferenceCategory(ApiView):
    """The settings of one category."""

    def get(self, request: HttpRequest, user_id: str, category: str) -> list[dict[str, str]]:
        if len(category) < SHORTEST_NAME:
            raise InvalidUrlParam("category")
        require_user(self.actor, user_id)
        return queries.preferences_in(user_id, category)


class PreferenceDetail(ApiView):
    """One setting."""

    def get(self, request: HttpRequest, user_id: str, category: str, preference_name: str) -> dict[str, str]:
        if len(category) < SHORTEST_NAME:
            raise InvalidUrlParam("category")
        if len(preference_name) < SHORTEST_NAME:
            raise InvalidUrlParam("preference_name")
        require_user(self.actor, user_id)
        return queries.preference_named(user_id, category, preference_name)

"""Many accounts at once: by ids and names, by search, as completion, counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from accounts.actions.system_roles import is_role_name
from accounts.models import User
from accounts.permissions import Permission, has_system, require_system
from accounts.profile import Profile
from accounts.queries import lists, profiles_by_ids, profiles_by_usernames, viewed_in_lists
from accounts.queries.known import known_ids
from accounts.queries.lists import Wanted
from accounts.queries.visibility import visibility_of, visible_ids
from accounts.serializers import users_json
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.api import ApiView, Body
from mattermost_site.errors import AppError, InvalidBodyParam
from messaging.permissions import access_channel
from teams.permissions import require_team

SEARCH_DEFAULT, SEARCH_LIMIT = 100, 1000


class UsersByIds(ApiView):
    """Several accounts by id; unknown ids are left out. ``since`` (ms): only what changed after it."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        ids = self.texts("user_ids")
        if not ids:
            raise InvalidBodyParam("user_ids")
        since = _since(self.query.text("since"))
        return users_json(profiles_by_ids(visible_ids(self.actor, ids), since=since), viewed_in_lists(self.actor))


def _since(text: str) -> int:
    try:
        return int(text or 0)
    except ValueError:
        raise InvalidBodyParam("since") from None


class UsersByNames(ApiView):
    """Several accounts by user name; unknown names are left out."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        names = self.texts("usernames")
        if not names:
            raise InvalidBodyParam("usernames")
        found = _visible(self.actor, profiles_by_usernames(names))
        return users_json(found, viewed_in_lists(self.actor))


def _visible(actor: Actor, profiles: list[Profile]) -> list[Profile]:
    seen = set(visible_ids(actor, [profile.id for profile in profiles]))
    return [profile for profile in profiles if profile.id in seen]


class KnownUsers(ApiView):
    """The ids of everybody with whom the caller shares a channel."""

    def get(self, request: HttpRequest) -> list[str]:
        return known_ids(self.actor.user_id)


class UserSearch(ApiView):
    """Accounts whose names, and addresses where they are shown, hold every word of a term."""

    def post(self, request: HttpRequest) -> list[dict[str, Any]]:
        body = self.body("props")
        wanted, term, limit = _search_from(body)
        _require_places(self.actor, wanted)
        rows = lists.select_users(replace(wanted, visibility=visibility_of(self.actor)))
        full_names, emails = _seen_fields(self.actor)
        found = lists.matching(rows, term, full_names=full_names, emails=emails)
        return users_json(lists.page_of(lists.by_username(found), 0, limit), viewed_in_lists(self.actor))


def _search_from(body: Body) -> tuple[Wanted, str, int]:
    term, limit = body.text("term"), body.number("limit")
    if not term:
        raise InvalidBodyParam("term")
    if not 0 <= limit <= SEARCH_LIMIT:
        raise InvalidBodyParam("limit")
    wanted = Wanted(
        in_team=body.text("team_id"),
        not_in_team=body.text("not_in_team_id"),
        in_channel=body.text("in_channel_id"),
        not_in_channel=body.text("not_in_channel_id"),
        in_group=body.text("in_group_id"),
        not_in_group=body.text("not_in_group_id"),
        without_team=body.flag("without_team"),
        group_constrained=body.flag("group_constrained"),
        is_active=None if body.flag("allow_inactive") else True,
        roles=tuple(filter(None, [body.text("role"), *body.texts("roles")])),
        team_roles=tuple(body.texts("team_roles")),
        channel_roles=tuple(body.texts("channel_roles")),
    )
    if wanted.not_in_channel and not wanted.in_team:
        raise InvalidBodyParam("team_id")
    return wanted, term, limit or SEARCH_DEFAULT


def _require_places(actor: Actor, wanted: Wanted) -> None:
    for channel_id in filter(None, (wanted.in_channel, wanted.not_in_channel)):
        access_channel(actor, channel_id, Permission.READ_CHANNEL)
    for team_id in filter(None, (wanted.in_team, wanted.not_in_team)):
        require_team(actor, team_id, Permission.VIEW_TEAM)


def _seen_fields(actor: Actor) -> tuple[bool, bool]:
    """Whether full names and addresses may be searched: what is hidden must not be found out by guessing."""
    if has_system(actor, Permission.MANAGE_SYSTEM):
        return True, True
    privacy = config.current().privacy
    return privacy.show_full_name, privacy.show_email_address


class UserAutocomplete(ApiView):
    """Who may be meant by a name: everywhere, in a team, or in a channel with the rest of its team apart."""

    def get(self, request: HttpRequest) -> dict[str, Any]:
        team_id, channel_id = self.query.text("in_team"), self.query.text("in_channel")
        if channel_id:
            access_channel(self.actor, channel_id, Permission.READ_CHANNEL)
        if team_id:
            require_team(self.actor, team_id, Permission.VIEW_TEAM)
        if channel_id and not team_id:
            raise AppError("api.user.autocomplete_users.missing_team_id.app_error")
        if not channel_id:
            return {"users": self._complete(Wanted(in_team=team_id))}
        inside = self._complete(Wanted(in_channel=channel_id))
        outside = self._complete(Wanted(in_team=team_id, not_in_channel=channel_id))
        return {"users": inside, "out_of_channel": outside} if outside else {"users": inside}

    def _complete(self, wanted: Wanted) -> list[dict[str, Any]]:
        limit = min(self.query.number("limit", SEARCH_DEFAULT), SEARCH_LIMIT)
        wanted = replace(wanted, is_active=True, visibility=visibility_of(self.actor))
        full_names, _ = _seen_fields(self.actor)
        rows = lists.matching(lists.select_users(wanted), self.query.text("name"), full_names=full_names, emails=False)
        limit = limit if limit > 0 else SEARCH_DEFAULT
        return users_json(lists.page_of(lists.by_username(rows), 0, limit), viewed_in_lists(self.actor))


class UserStats(ApiView):
    """How many active accounts there are, as far as the caller sees them."""

    def get(self, request: HttpRequest) -> dict[str, int]:
        wanted = Wanted(is_active=True, visibility=visibility_of(self.actor))
        return {"total_users_count": lists.count_users(wanted)}


class FilteredUserStats(ApiView):
    """How many accounts there are of a kind."""

    def get(self, request: HttpRequest) -> dict[str, int]:
        require_system(self.actor, "sysconsole_read_user_management_users")
        wanted = Wanted(
            in_team=self.query.text("in_team"),
            in_channel=self.query.text("in_channel"),
            is_active=None if self.query.flag("include_deleted") else True,
            with_bots=self.query.flag("include_bots"),
            roles=self._roles("roles"),
            team_roles=self._roles("team_roles"),
            channel_roles=self._roles("channel_roles"),
        )
        return {"total_users_count": lists.count_users(wanted)}

    def _roles(self, key: str) -> tuple[str, ...]:
        names = tuple(name for name in self.query.text(key).split(",") if name)
        if not all(map(is_role_name, names)):
            raise InvalidBodyParam(key)
        return names


class InvalidEmails(ApiView):
    """Accounts whose address is of none of the domains that the server takes; only where sign-up is limited."""

    def get(self, request: HttpRequest) -> list[dict[str, Any]]:
        settings = config.current().team
        if settings.enable_open_server:
            raise AppError("<untranslated>")  # the id that is recorded
        require_system(self.actor, "sysconsole_read_user_management_users")
        domains = [domain.strip().lstrip("@") for domain in settings.restrict_creation_to_domains.split(",")]
        rows = lists.select_users(Wanted(is_active=True, with_bots=False))
        for domain in filter(None, domains):
            rows = rows.exclude(email__iendswith=f"@{domain}")
        rows = rows.filter(auth_service="") if any(domains) else User.objects.none()
        page = lists.page_of(lists.by_username(rows), self.query.page, self.query.per_page)
        return users_json(page, viewed_in_lists(self.actor))

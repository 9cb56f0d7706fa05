"""GET /users: lists of accounts by team, channel, group, roles and state, in many orders (semantics §19)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.models import Group, User
from accounts.permissions import Permission, has_system, require_system
from accounts.profile import Profile
from accounts.queries import lists, viewed_in_lists
from accounts.queries.lists import Wanted
from accounts.queries.visibility import visibility_of
from accounts.serializers import ViewedAs, users_json
from mattermost_site import config
from mattermost_site.api import ApiView, Query, json_response, not_modified
from mattermost_site.api.responses import etag_of, with_etag
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam, SessionExpired
from messaging.permissions import access_channel
from teams.permissions import require_team

TEAM_SORTS, CHANNEL_SORTS, GROUP_SORTS = ("last_activity_at", "create_at"), ("status", "admin"), ("display_name",)
PLACES = ("in_team", "not_in_team", "in_channel", "not_in_channel", "in_group", "not_in_group")


def list_users(view: ApiView) -> HttpResponse:
    """Answer the list that the query asks for."""
    if not view.actor.user_id:
        raise SessionExpired
    query, sort = view.query, view.query.text("sort")
    wanted = _wanted(query)
    _check_sort(sort, wanted)
    _check_roles(wanted)
    wanted = replace(wanted, visibility=visibility_of(view.actor))
    _require_place(view, wanted)
    if sort in TEAM_SORTS or not (wanted.in_team or wanted.not_in_team) or wanted.not_in_channel:
        return json_response(_read(view, wanted, sort))
    etag = _etag_of(view.request, wanted, viewed_in_lists(view.actor))
    if unchanged := not_modified(view.request, etag):
        return unchanged
    return with_etag(json_response(_read(view, wanted, sort)), etag)


def _wanted(query: Query) -> Wanted:
    places: dict[str, Any] = {name: query.text(name) for name in PLACES}
    if places["not_in_channel"] and not places["in_team"]:
        raise InvalidUrlParam("team_id")
    active, inactive = query.flag("active"), query.flag("inactive")
    if active and inactive:
        raise InvalidUrlParam("inactive")
    return Wanted(
        **places,
        without_team=query.flag("without_team"),
        group_constrained=query.flag("group_constrained"),
        is_active=True if active else False if inactive else None,
        roles=tuple(dict.fromkeys(_names(query, "role") + _names(query, "roles"))),
        team_roles=_names(query, "team_roles"),
        channel_roles=_names(query, "channel_roles"),
    )


def _names(query: Query, key: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in query.text(key).split(",") if name.strip())


def _check_sort(sort: str, wanted: Wanted) -> None:
    """Each order is possible for one kind of list only."""
    only_team = bool(wanted.in_team) and not any(
        (wanted.not_in_team, wanted.in_channel, wanted.not_in_channel, wanted.without_team, wanted.in_group)
    )
    allowed = {
        **dict.fromkeys(TEAM_SORTS, only_team),
        **dict.fromkeys(CHANNEL_SORTS, bool(wanted.in_channel)),
        **dict.fromkeys(GROUP_SORTS, bool(wanted.in_group)),
    }
    if sort and not allowed.get(sort):
        raise InvalidUrlParam("sort")


def _check_roles(wanted: Wanted) -> None:
    for name in ("roles", "team_roles", "channel_roles"):
        if lists.unknown_role(getattr(wanted, name)):
            raise InvalidBodyParam(name)


def _require_place(view: ApiView, wanted: Wanted) -> None:
    """The permission that the first place named asks for; the order is that of the recorded server."""
    if wanted.without_team:
        require_system(view.actor, Permission.LIST_USERS_WITHOUT_TEAM)
    elif wanted.not_in_channel:
        access_channel(view.actor, wanted.not_in_channel, Permission.READ_CHANNEL)
    elif team_id := wanted.not_in_team or wanted.in_team:
        require_team(view.actor, team_id, Permission.VIEW_TEAM)
    elif wanted.in_channel:
        access_channel(view.actor, wanted.in_channel, Permission.READ_CHANNEL)
    elif group_id := wanted.in_group or wanted.not_in_group:
        _require_group(view, group_id)


def _require_group(view: ApiView, group_id: str) -> None:
    group = Group.objects.filter(id=group_id).first()
    if group is None:
        raise AppError("app.group.no_rows", status=404)
    if group.source == "ldap":
        require_system(view.actor, "sysconsole_read_user_management_groups")


def _read(view: ApiView, wanted: Wanted, sort: str) -> list[dict[str, object]]:
    query = view.query
    profiles, times = _page(lists.select_users(wanted), wanted, sort, query, _sees_names(view))
    out = users_json(profiles, viewed_in_lists(view.actor))
    for user in out if times else ():
        user["last_activity_at"] = times[user["id"]]
    return out


def _page(
    rows: QuerySet[User], wanted: Wanted, sort: str, query: Query, full_names: bool
) -> tuple[list[Profile], dict[str, int]]:
    """One page in the order asked for, and, sorted by activity, when each was active last (ms)."""
    if sort == "last_activity_at":
        return lists.recently_active_page(rows, query.page, query.per_page)
    if sort == "create_at":
        rows = lists.by_creation(rows)
    elif sort == "status":
        rows = lists.by_status(rows)
    elif sort == "admin":
        rows = lists.admins_first(rows, wanted.in_channel)
    elif sort == "display_name":
        rows = lists.by_display_name(rows, full_names=full_names)
    else:
        rows = lists.by_username(rows)
    return lists.page_of(rows, query.page, query.per_page), {}


def _sees_names(view: ApiView) -> bool:
    return config.current().privacy.show_full_name or has_system(view.actor, Permission.MANAGE_SYSTEM)


def _etag_of(request: HttpRequest, wanted: Wanted, seen_as: ViewedAs) -> str:
    """Of lists of a team: any account that changes, or the privacy settings, change it (semantics §3.2)."""
    privacy = config.current().privacy
    return etag_of(
        lists.last_change(),
        privacy.show_full_name,
        privacy.show_email_address,
        crc32(repr((request.GET.urlencode(), wanted.visibility, seen_as)).encode()),
    )

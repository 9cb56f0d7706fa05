"""Accounts one at a time: making, reading, changing and closing them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.actions import activation, profiles, removal
from accounts.actions.passwords import confirm_password
from accounts.actions.profiles import ProfileChange
from accounts.actions.sign_up import sign_up
from accounts.actions.users import NewUser
from accounts.api.user_lists import list_users
from accounts.models import User
from accounts.permissions import Permission, has_system, is_system_admin, require_profile, require_system, require_user
from accounts.profile import Profile
from accounts.queries import (
    bots_of,
    profile_by_email,
    profile_by_id,
    profile_by_username,
    user_by_id,
    viewed_as,
    viewed_in_lists,
)
from accounts.queries.visibility import require_visible
from accounts.serializers import OTHER, SELF, ViewedAs, user_json
from accounts.validation import EMAIL, USERNAME
from mattermost_site import config
from mattermost_site.api import OK, ApiView, Body, created, json_response, not_modified
from mattermost_site.api.responses import etag_of, with_etag
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam, PermissionDenied

TEXTS = ("username", "email", "nickname", "first_name", "last_name", "position", "locale")
MAPS = ("props", "notify_props", "timezone")


class Users(ApiView):
    """The collection of accounts."""

    public = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return list_users(self)

    def post(self, request: HttpRequest) -> HttpResponse:
        body = self.body("user")
        is_admin = bool(self.actor.user_id) and has_system(self.actor, Permission.MANAGE_SYSTEM)
        if body.text("id"):
            raise AppError("app.user.save.existing.app_error")
        user = sign_up(
            actor=self.actor if self.actor.user_id else None,
            wanted=_wanted(body, is_trusted=is_admin),
            invite_id=self.query.text("iid"),
            invitation=self.query.text("t"),
        )
        return created(user_json(user, SELF))


def _wanted(body: Body, *, is_trusted: bool) -> NewUser:
    """What a client's user object asks for; roles, times and the like are nobody's to choose."""
    return NewUser(
        **_fields(body),
        password=body.text("password"),
        allow_marketing=body.flag("allow_marketing"),
        auth_service=body.text("auth_service") if is_trusted else "",
        auth_data=body.text("auth_data") or None if is_trusted else None,
        email_verified=body.flag("email_verified") and is_trusted,
        wants_welcome_mail=not body.flag("disable_welcome_email"),
    )


def _fields(body: Body) -> dict[str, Any]:
    """The fields of a profile by name; those that were not sent are empty."""
    texts = {name: body.text(name) for name in TEXTS}
    return {**texts, **{name: body.text_map(name) or {} for name in MAPS}}


class UserDetail(ApiView):
    """One account."""

    def get(self, request: HttpRequest, user_id: str) -> HttpResponse:
        require_visible(self.actor, user_id)
        return _answer(self, profile_by_id(user_id), viewed_as(self.actor, user_id))

    def put(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        body = self.body("user")
        if body.text("id") != user_id:
            raise InvalidBodyParam("id")
        require_profile(self.actor, user_id)
        user = user_by_id(user_id)
        change = ProfileChange(**_fields(body), names_remote="remote_id" in body)
        try:
            _confirm(self, user, change, body)
        except AppError as error:
            raise InvalidBodyParam("password") from error
        return _updated(user, change)

    def delete(self, request: HttpRequest, user_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        if user_id == self.actor.user_id and not has_system(self.actor, Permission.MANAGE_SYSTEM):
            activation.require_own_deactivation()
        user = user_by_id(user_id)
        if is_system_admin(user.roles):
            require_system(self.actor, Permission.MANAGE_SYSTEM)
        if self.query.flag("permanent"):
            removal.delete_for_good(user=user, by_user_id=self.actor.user_id)
        else:
            activation.deactivate(user=user, by_user_id=self.actor.user_id)
        return OK


class UserPatch(ApiView):
    """Changes what an account tells of its person."""

    def put(self, request: HttpRequest, user_id: str) -> dict[str, Any]:
        body = self.body("user")
        change = ProfileChange(**{name: value for name, value in _fields(body).items() if name in body})
        require_profile(self.actor, user_id)
        user = User.objects.filter(id=user_id).first()
        if user is None:
            raise InvalidBodyParam("user_id")  # not 404: recorded
        _confirm(self, user, change, body)
        profiles.check_provider_attributes(user=user, change=change)
        return _updated(user, change)


def _confirm(view: ApiView, user: User, change: ProfileChange, body: Body) -> None:
    """A new address of one's own needs the password, or whoever finds an open browser takes the account over."""
    if not change.changes_email(user):
        return
    if view.actor.is_oauth:
        raise PermissionDenied(Permission.EDIT_OTHER_USERS)
    if user.id == view.actor.user_id:
        password = body.text("password")
        if not password:
            raise InvalidBodyParam("password")
        confirm_password(user=user, password=password)


def _updated(user: User, change: ProfileChange) -> dict[str, Any]:
    profiles.update_profile(user=user, change=change)
    return user_json(user, SELF, bot=bots_of([user]).get(user.id))


class UserByName(ApiView):
    """One account by its user name."""

    def get(self, request: HttpRequest, username: str) -> HttpResponse:
        if not USERNAME.fullmatch(username):
            raise InvalidBodyParam("username")
        profile = profile_by_username(username)
        require_visible(self.actor, profile.id)
        return _answer(self, profile, viewed_as(self.actor, profile.id))


class UserByEmail(ApiView):
    """One account by its address; one's own is seen as others see it (recorded)."""

    def get(self, request: HttpRequest, email: str) -> HttpResponse:
        address = email.lower()
        if not EMAIL.fullmatch(address):
            raise InvalidUrlParam("email")
        view = viewed_in_lists(self.actor)
        if view == OTHER and not config.current().privacy.show_email_address:
            raise AppError("api.user.get_user_by_email.permissions.app_error", status=403)
        profile = profile_by_email(address)
        require_visible(self.actor, profile.id)
        return _answer(self, profile, view)


def _answer(view: ApiView, profile: Profile, seen_as: ViewedAs) -> HttpResponse:
    """The account with its entity tag, or 304."""
    privacy = config.current().privacy
    etag = etag_of(
        profile.id,
        profile.update_at,
        profile.terms_of_service_id,
        profile.terms_of_service_create_at,
        privacy.show_full_name,
        privacy.show_email_address,
        profile.bot_last_icon_update,
    )
    if unchanged := not_modified(view.request, etag):
        return unchanged
    out = user_json(profile, seen_as)
    if seen_as != OTHER and profile.terms_of_service_id:
        out["terms_of_service_id"] = profile.terms_of_service_id
        out["terms_of_service_create_at"] = profile.terms_of_service_create_at
    return with_etag(json_response(out), etag)

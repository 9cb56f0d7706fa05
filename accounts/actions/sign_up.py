"""Coming to the server: by open sign-up, by a team's invite id, by an invitation, made by an admin (semantics §5.2)."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from accounts import one_time, queries
from accounts.actions.users import NewUser, create_user
from accounts.models import Token, User
from accounts.permissions import Permission, has_system
from accounts.validation import check_domain
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from messaging.actions.members import add_member
from messaging.models import Channel, ChannelMember
from teams.actions.members import join_team
from teams.models import Team
from teams.queries import team_by_id, team_by_invite_id


def sign_up(*, actor: Actor | None, wanted: NewUser, invite_id: str = "", invitation: str = "") -> User:
    """Make the account that a visitor, an invited person or an admin asks for.

    The first person becomes system admin. An invite id or an invitation lets people in
    where sign-up is closed, and joins them to its team. Raises AppError when sign-up is
    not possible, and the errors of ``create_user``.
    """
    if invitation:
        return _by_invitation(wanted, invitation)
    if invite_id:
        return _by_invite_id(wanted, invite_id)
    is_admin = actor is not None and has_system(actor, Permission.MANAGE_SYSTEM)
    is_first = not queries.has_accounts()
    if not is_admin:
        _check_sign_up(is_open=is_first)
    return create_user(wanted=wanted, roles="system_admin system_user" if is_first else "system_user")


def _by_invite_id(wanted: NewUser, invite_id: str) -> User:
    _check_sign_up(is_open=True)
    team = team_by_invite_id(invite_id)
    _check_team_domain(wanted, team)
    with transaction.atomic():
        user = create_user(wanted=wanted)
        join_team(team=team, user=user, by=_actor_of(user))
    return user


def _by_invitation(wanted: NewUser, secret: str) -> User:
    _check_sign_up(is_open=True)
    token = one_time.find(secret, one_time.TEAM_INVITATION, one_time.GUEST_INVITATION)
    if token is None:
        raise _invalid_link()
    if one_time.is_expired(token):
        raise AppError("api.user.create_user.signup_link_expired.app_error")
    extra = one_time.extra_of(token)
    if wanted.email.strip().lower() != extra.get("email", "").lower():
        raise AppError("api.user.create_user.bad_token_email_data.app_error")
    team = team_by_id(extra.get("teamId", ""))
    _check_team_domain(wanted, team)
    with transaction.atomic():
        return _invited(replace(wanted, email_verified=True), token, team, extra.get("channels", "").split())


def _invited(wanted: NewUser, token: Token, team: Team, channel_ids: list[str]) -> User:
    if not one_time.use_up(token):
        raise _invalid_link()
    is_guest = token.type == one_time.GUEST_INVITATION
    user = create_user(wanted=wanted, roles="system_guest" if is_guest else "system_user")
    join_team(team=team, user=user, by=_actor_of(user))
    for channel in Channel.objects.filter(id__in=channel_ids, team_id=team.id, delete_at=0).order_by("create_at"):
        if not ChannelMember.objects.filter(channel_id=channel.id, user_id=user.id).exists():
            add_member(channel=channel, user=user, adder=None)
    return user


def _check_sign_up(*, is_open: bool) -> None:
    settings = config.current()
    if not (settings.team.enable_user_creation and settings.email.enable_sign_up_with_email):
        raise AppError("api.user.create_user.signup_email_disabled.app_error", status=501)
    if not is_open and not settings.team.enable_open_server:
        raise AppError("api.user.create_user.no_open_server", status=403)


def _check_team_domain(wanted: NewUser, team: Team) -> None:
    """Before there is an account: the team takes addresses of some domains only."""
    check_domain(wanted.email, team.allowed_domains, "api.team.invite_members.invalid_email.app_error", status=403)


def _actor_of(user: User) -> Actor:
    return Actor(user.id, tuple(user.roles.split()))


def _invalid_link() -> AppError:
    return AppError("api.user.create_user.signup_link_invalid.app_error", status=404)

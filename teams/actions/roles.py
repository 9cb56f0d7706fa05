"""What members may do in a team."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import Role
from accounts.scheme_roles import TEAM_ROLES
from mattermost_site.errors import AppError
from mattermost_site.realtime import publish
from teams import events
from teams.models import TeamMember
from teams.queries import role_names_of_teams


def set_roles(*, member: TeamMember, names: Sequence[str]) -> TeamMember:
    """Give a member these roles: built-in names set flags, others are kept as explicit roles (permissions.md §1).

    Raises ``app.role.get_by_name.app_error`` for unknown roles and
    ``api.*.update_team_member_roles.*`` for combinations that cannot be.
    """
    scheme = role_names_of_teams([member.team_id]).get(member.team_id, TEAM_ROLES)
    flags, explicit = [False, False, False], []
    for name in names:
        role = Role.objects.filter(name=name).first()
        if role is None:
            raise AppError("app.role.get_by_name.app_error")
        if name in scheme or name in TEAM_ROLES:
            flags[(scheme if name in scheme else TEAM_ROLES).index(name)] = True
        elif role.scheme_managed:
            raise AppError("api.channel.update_team_member_roles.scheme_role.app_error")
        else:
            explicit.append(name)
    guest, user, admin = flags
    if guest and (user or admin):
        raise AppError("api.team.update_team_member_roles.guest_and_user.app_error")
    if guest != member.scheme_guest:
        raise AppError("api.channel.update_team_member_roles.changing_guest_role.app_error")
    member.roles = " ".join(explicit)
    return _save(member, guest=guest, user=user, admin=admin, role_names=scheme)


def set_scheme_roles(*, member: TeamMember, guest: bool, user: bool, admin: bool) -> TeamMember:
    """Set the flags of a member; AppError when they contradict each other."""
    if guest:
        raise AppError("api.team.update_team_member_roles.user_and_guest.app_error")
    if not user:
        raise AppError("api.team.update_team_member_roles.unset_user_scheme.app_error")
    scheme = role_names_of_teams([member.team_id]).get(member.team_id, TEAM_ROLES)
    return _save(member, guest=guest, user=user, admin=admin, role_names=scheme)


def _save(member: TeamMember, *, guest: bool, user: bool, admin: bool, role_names: tuple[str, ...]) -> TeamMember:
    member.scheme_guest, member.scheme_user, member.scheme_admin = guest, user, admin
    with transaction.atomic():
        member.save()
        publish(events.memberrole_updated(member, role_names))
    return member

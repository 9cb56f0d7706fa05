"""Joining teams."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from accounts.validation import check_domain
from mattermost_site import clock, config
from mattermost_site.actor import Actor
from mattermost_site.errors import AppError
from mattermost_site.realtime import control, publish
from messaging.actions.default_channels import join_default_channels
from messaging.actions.sidebar import create_default_categories
from teams import events
from teams.models import Team, TeamMember


def join_team(*, team: Team, user: User, by: Actor, added: bool = False) -> TeamMember:
    """Make a user a member of a team, with its default channels and sidebar (semantics §6).

    ``added``: the posts shall say that ``by`` added the user. The one whose address is
    the team's becomes its admin. A living membership is returned unchanged. Raises
    ``api.team.join_user_to_team.allowed_domains.app_error`` and
    ``app.team.join_user_to_team.max_accounts.app_error``.
    """
    member = TeamMember.objects.filter(team_id=team.id, user_id=user.id).first()
    if member and not member.delete_at:
        publish(events.added_to_team(user_id=user.id, team_id=team.id))
        return member
    check_domain(user.email, team.allowed_domains, "api.team.join_user_to_team.allowed_domains.app_error")
    if TeamMember.objects.filter(team_id=team.id, delete_at=0).count() >= config.current().team.max_users_per_team:
        raise AppError("app.team.join_user_to_team.max_accounts.app_error")
    fresh = TeamMember(
        team_id=team.id,
        user_id=user.id,
        create_at=clock.now(),
        scheme_guest=user.is_guest,
        scheme_user=not user.is_guest,
        scheme_admin=not user.is_guest and user.email == team.email,
    )
    with transaction.atomic():
        fresh.save(force_insert=member is None, force_update=member is not None)
        User.objects.filter(id=user.id).update(update_at=clock.now())
        control.member_joined(user_id=user.id, team_id=team.id)
        create_default_categories(user_id=user.id, team_id=team.id)
        if not user.is_guest:
            join_default_channels(
                team_id=team.id, user=user, is_admin=fresh.scheme_admin, added_by=by.user_id if added else ""
            )
        publish(events.added_to_team(user_id=user.id, team_id=team.id))
    return fresh

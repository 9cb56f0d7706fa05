"""Deleting accounts for good (semantics §5.4)."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model

from accounts import one_time
from accounts.actions import activation
from accounts.actions.sessions import end_sessions
from accounts.models import (
    Bot,
    GroupMember,
    Preference,
    Status,
    Token,
    User,
    UserAccessToken,
    UserTermsOfService,
)
from accounts.pictures import picture_path
from mattermost_site import config, hooks
from mattermost_site.errors import AppError
from mattermost_site.models import Audit
from mattermost_site.realtime import control
from messaging.actions.user_removal import remove_user_from_channels
from teams.models import TeamMember

OF_USER: tuple[type[Model], ...] = (
    Audit, Bot, GroupMember, Preference, Status, TeamMember, UserAccessToken, UserTermsOfService,
)  # fmt: skip
LINKS = (one_time.PASSWORD_RECOVERY, one_time.VERIFY_EMAIL)


def delete_for_good(*, user: User, by_user_id: str) -> None:
    """Delete an account with its posts, memberships, tokens and integrations; its name and address are free then.

    It is deactivated first, which is all that others hear. Direct channels stay with
    those who are left in them. ``api.user.delete_user.not_enabled.app_error`` (401)
    unless ``EnableAPIUserDeletion``.
    """
    if not config.current().service.enable_api_user_deletion:
        raise AppError("api.user.delete_user.not_enabled.app_error", status=401)
    teams = list(TeamMember.objects.filter(user_id=user.id).values_list("team_id", flat=True))
    with transaction.atomic():
        activation.deactivate(user=user, by_user_id=by_user_id)
        end_sessions(user_id=user.id)
        remove_user_from_channels(user_id=user.id)
        hooks.account_removed(user.id)
        for model in OF_USER:
            model._default_manager.filter(user_id=user.id).delete()
        Token.objects.filter(type__in=LINKS, extra__contains=user.id).delete()
        for team_id in teams:
            control.member_left(user_id=user.id, team_id=team_id)
        User.objects.filter(id=user.id).delete()
        transaction.on_commit(lambda: default_storage.delete(picture_path(user.id)), robust=True)

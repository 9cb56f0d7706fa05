"""What becomes of integrations when the account behind them ends."""

from __future__ import annotations

from integrations.models import (
    Command,
    CommandWebhook,
    IncomingWebhook,
    OAuthAccess,
    OAuthApp,
    OAuthAuthorization,
    OutgoingWebhook,
)


def end_grants(user_id: str) -> None:
    """Take back what OAuth apps may do in a user's name: a refresh token would outlive the sessions."""
    OAuthAccess.objects.filter(user_id=user_id).delete()
    OAuthAuthorization.objects.filter(user_id=user_id).delete()


def remove_owned(user_id: str) -> None:
    """Delete the webhooks, commands and OAuth apps of a user, with what others granted to these apps."""
    end_grants(user_id)
    apps = OAuthApp.objects.filter(creator_id=user_id)
    OAuthAccess.objects.filter(client_id__in=apps.values("id")).delete()
    OAuthAuthorization.objects.filter(client_id__in=apps.values("id")).delete()
    apps.delete()
    IncomingWebhook.objects.filter(user_id=user_id).delete()
    OutgoingWebhook.objects.filter(creator_id=user_id).delete()
    Command.objects.filter(creator_id=user_id).delete()
    CommandWebhook.objects.filter(user_id=user_id).delete()

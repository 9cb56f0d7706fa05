"""Webhooks, commands, OAuth 2.0 and other servers."""

from __future__ import annotations

from integrations.models.command import Command, CommandWebhook
from integrations.models.oauth import OAuthAccess, OAuthApp, OAuthAuthorization, OutgoingOAuthConnection
from integrations.models.remote_cluster import RemoteCluster
from integrations.models.webhook import IncomingWebhook, OutgoingWebhook

__all__ = [
    "Command",
    "CommandWebhook",
    "IncomingWebhook",
    "OAuthAccess",
    "OAuthApp",
    "OAuthAuthorization",
    "OutgoingOAuthConnection",
    "OutgoingWebhook",
    "RemoteCluster",
]

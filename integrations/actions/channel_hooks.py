"""What becomes of webhooks when their channel ends or moves to another team."""

from __future__ import annotations

from integrations.listening import forget_listeners
from integrations.models import IncomingWebhook, OutgoingWebhook
from mattermost_site import clock


def end_hooks(channel_id: str) -> None:
    """Delete the webhooks of a channel that is archived or deleted; they do not come back with it (recorded)."""
    now = clock.now()
    outgoing = OutgoingWebhook.objects.filter(channel_id=channel_id, delete_at=0)
    team_ids = set(outgoing.values_list("team_id", flat=True))
    IncomingWebhook.objects.filter(channel_id=channel_id, delete_at=0).update(delete_at=now, update_at=now)
    if team_ids:
        outgoing.update(delete_at=now, update_at=now)
        forget_listeners(team_ids)


def move_hooks(channel_id: str, team_id: str) -> None:
    """Have the webhooks of a channel follow it to another team."""
    outgoing = OutgoingWebhook.objects.filter(channel_id=channel_id, delete_at=0)
    team_ids = set(outgoing.values_list("team_id", flat=True))
    IncomingWebhook.objects.filter(channel_id=channel_id, delete_at=0).update(team_id=team_id)
    if team_ids:
        outgoing.update(team_id=team_id)
        forget_listeners(team_ids | {team_id})

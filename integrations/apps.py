"""The app integrations."""

from __future__ import annotations

from django.apps import AppConfig

from mattermost_site import hooks


class IntegrationsConfig(AppConfig):
    """Settings of the app."""

    name = "integrations"

    def ready(self) -> None:
        from integrations.actions import accounts, channel_hooks, firing  # models can be imported only now

        hooks.account_closed.subscribe(accounts.end_grants)
        hooks.account_removed.subscribe(accounts.remove_owned)
        hooks.channel_closed.subscribe(channel_hooks.end_hooks)
        hooks.channel_moved.subscribe(channel_hooks.move_hooks)
        hooks.post_created.subscribe(firing.on_post)

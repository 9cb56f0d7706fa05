"""Which channels of a team are its default ones."""

from __future__ import annotations

from mattermost_site import config
from messaging.models.channel import TOWN_SQUARE


def default_channel_names() -> list[str]:
    """Town square, then off-topic or what ``ExperimentalDefaultChannels`` puts in its place."""
    chosen = config.current().team.experimental_default_channels or ["off-topic"]
    return list(dict.fromkeys([TOWN_SQUARE, *chosen]))

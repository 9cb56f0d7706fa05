"""Events to clients: ``publish(event, …)`` in actions; ``start``, ``drain`` and ``stop`` for the server.

``events`` describes what is told to whom, ``control`` holds orders to every process.
"""

from __future__ import annotations

from mattermost_site import config
from mattermost_site.realtime import control, testing
from mattermost_site.realtime.runtime import current_hub, drain, start, stop, use
from mattermost_site.realtime.stream import publish

__all__ = ["control", "current_hub", "drain", "publish", "start", "stop", "testing", "use"]

# Whichever process saves the configuration, every one reads it again.
config.set_broadcaster(control.config_changed)

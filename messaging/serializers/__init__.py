"""Wire shapes of channels, memberships and posts, shared by REST and sockets: one module a topic."""

from __future__ import annotations

from messaging.serializers.channels import channel_json, channel_member_json, channel_with_team_json
from messaging.serializers.posts import post_json
from messaging.serializers.sidebar import category_json

__all__ = ["category_json", "channel_json", "channel_member_json", "channel_with_team_json", "post_json"]

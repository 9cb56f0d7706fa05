"""Who may read a file (permissions.md §1, "read channel content").

Beside the layers, because files stand below channels and the right to read one comes
from its channel: only entry points may ask this module.
"""

from __future__ import annotations

from accounts.permissions import Permission
from files.models import FileInfo
from files.queries import file_or_404
from mattermost_site.actor import Actor
from mattermost_site.errors import PermissionDenied
from messaging.models import Channel, Post
from messaging.permissions import access_channel, access_content


def access_file(actor: Actor, file_id: str) -> FileInfo:
    """A file that the actor uploaded, or whose channel the actor may read; 404 or PermissionDenied otherwise."""
    info = file_or_404(file_id)
    if info.creator_id != actor.user_id:
        access_content(actor, channel_of(info))
    return info


def channel_of(info: FileInfo) -> str:
    """The channel of a file; old ones know their post only. PermissionDenied when it has neither."""
    channel_id = info.channel_id
    if not channel_id and info.post_id:
        channel_id = Post.objects.filter(id=info.post_id).values_list("channel_id", flat=True).first() or ""
    if not channel_id:
        raise PermissionDenied(Permission.READ_CHANNEL_CONTENT)
    return channel_id


def access_for_upload(actor: Actor, channel_id: str) -> Channel:
    """The channel, when the actor may upload files to it; PermissionDenied otherwise."""
    return access_channel(actor, channel_id, Permission.UPLOAD_FILE).channel

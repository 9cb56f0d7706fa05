"""Sign-ins."""

from __future__ import annotations

from mattermost_site.schema import Flag, Id, Json, Millis, SchemaIndex, SchemaModel, Text


class Session(SchemaModel):
    """A sign-in of a user, by password, personal token, OAuth app or device.

    ``token`` is the keyed digest of what the client holds. ``props`` are strings: ``csrf``,
    ``platform``, ``os``, ``browser``, ``type`` and others.
    """

    id = Id(primary_key=True)
    token = Id()
    create_at = Millis()
    expires_at = Millis()
    last_activity_at = Millis()
    user_id = Id()
    device_id = Text(max_length=512)
    roles = Text(max_length=256)
    is_oauth = Flag()
    props = Json()
    expired_notify = Flag()

    class Meta:
        db_table = "sessions"
        indexes = [
            SchemaIndex(fields=["create_at"], name="idx_sessions_create_at"),
            SchemaIndex(fields=["expires_at"], name="idx_sessions_expires_at"),
            SchemaIndex(fields=["last_activity_at"], name="idx_sessions_last_activity_at"),
            SchemaIndex(fields=["token"], name="idx_sessions_token"),
            SchemaIndex(fields=["user_id"], name="idx_sessions_user_id"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} since {self.create_at}"

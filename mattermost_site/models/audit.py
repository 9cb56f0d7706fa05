"""Records for administrators."""

from __future__ import annotations

from mattermost_site.schema import Id, Millis, Number, SchemaIndex, SchemaModel, Text


class Audit(SchemaModel):
    """Something security-relevant that a user did."""

    id = Id(primary_key=True)
    create_at = Millis()
    user_id = Id()
    action = Text(max_length=512)
    extra_info = Text(max_length=1024)
    ip_address = Text(max_length=64)
    session_id = Id()

    class Meta:
        db_table = "audits"
        indexes = [
            SchemaIndex(fields=["user_id"], name="idx_audits_user_id"),
        ]

    def __str__(self) -> str:
        return self.action


class Compliance(SchemaModel):
    """An export of posts for compliance that somebody asked for."""

    id = Id(primary_key=True)
    create_at = Millis()
    user_id = Id()
    status = Text(max_length=64)
    count = Number()
    desc = Text(max_length=512)
    type = Text(max_length=64)
    start_at = Millis()
    end_at = Millis()
    keywords = Text(max_length=512)
    emails = Text(max_length=1024)

    class Meta:
        db_table = "compliances"

    def __str__(self) -> str:
        return self.desc

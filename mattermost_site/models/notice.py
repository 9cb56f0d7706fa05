"""Product notices."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Count, Flag, Id, Millis, Number, SchemaIndex, SchemaModel, Text


class ProductNoticeView(SchemaModel):
    """That a user saw a notice; ``timestamp`` is in seconds."""

    pk = models.CompositePrimaryKey("user_id", "notice_id")
    user_id = Id(required=True)
    notice_id = Id(required=True)
    viewed = Number()
    timestamp = Count()

    class Meta:
        db_table = "productnoticeviewstate"
        indexes = [
            SchemaIndex(fields=["notice_id"], name="idx_notice_views_notice_id"),
            SchemaIndex(fields=["timestamp"], name="idx_notice_views_timestamp"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} saw {self.notice_id}"


class NotifyAdmin(SchemaModel):
    """A user's wish that administrators get a feature; ``sent_at`` is None until they were told."""

    pk = models.CompositePrimaryKey("user_id", "required_feature", "required_plan")
    user_id = Id(required=True)
    create_at = Millis()
    required_plan = Text(max_length=100, required=True)
    required_feature = Text(max_length=255, required=True)
    trial = Flag(required=True)
    sent_at = Millis(null=True)

    class Meta:
        db_table = "notifyadmin"

    def __str__(self) -> str:
        return self.required_feature

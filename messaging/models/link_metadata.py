"""What links lead to."""

from __future__ import annotations

from mattermost_site.schema import Count, Json, Millis, SchemaIndex, SchemaModel, Text


class LinkMetadata(SchemaModel):
    """A link's preview as of an hour (``timestamp``); ``hash`` is of the URL and the hour.

    ``type`` says what ``data`` is: image, permalink, opengraph or none.
    """

    hash = Count(primary_key=True)
    url = Text(max_length=2048)
    timestamp = Millis()
    type = Text(max_length=16)
    data = Json()

    class Meta:
        db_table = "linkmetadata"
        indexes = [
            SchemaIndex(fields=["url", "timestamp"], name="idx_link_metadata_url_timestamp"),
        ]

    def __str__(self) -> str:
        return self.url

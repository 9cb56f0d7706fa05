"""What has arrived of uploads: a table of ours."""

from __future__ import annotations

from django.db import models


class UploadPart(models.Model):
    """A part of an upload: the bytes from ``file_offset`` on, at ``path`` in the store until the file is whole.

    Neither a bucket nor several nodes on one folder can append to a file, so parts are
    kept apart. Of two requests that send the same part only one gets to write the row.
    """

    path = models.CharField(max_length=512, primary_key=True)
    upload_id = models.CharField(max_length=26)
    file_offset = models.BigIntegerField()
    size = models.BigIntegerField()

    class Meta:
        db_table = "site_uploadparts"
        constraints = [
            models.UniqueConstraint(fields=["upload_id", "file_offset"], name="site_uploadparts_upload_offset")
        ]

    def __str__(self) -> str:
        return self.path

"""What a new installation knows of itself."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from mattermost_site.installation import create_missing


def store(apps: Any, schema_editor: Any) -> None:
    create_missing(apps.get_model("mattermost_site", "System"))


class Migration(migrations.Migration):
    dependencies = [("mattermost_site", "0002_own_tables")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop)]

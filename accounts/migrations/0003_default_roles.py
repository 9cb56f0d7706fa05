"""The roles that every installation starts with."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from accounts.default_roles import create_missing


def store(apps: Any, schema_editor: Any) -> None:
    create_missing(apps.get_model("accounts", "Role"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_postgres")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop)]

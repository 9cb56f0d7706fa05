"""The roles of a new installation (permissions.md §3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from mattermost_site import clock
from mattermost_site.ids import new_id

DATA = Path(__file__).parent / "data" / "roles.json"


def create_missing(role_model: Any) -> None:
    """Store each built-in role that the table lacks; those that exist keep what administrators made of them.

    ``role_model`` is the Role model, or its historical form inside a migration.
    """
    known = set(role_model.objects.values_list("name", flat=True))
    now = clock.now()
    role_model.objects.bulk_create(
        role_model(
            id=new_id(),
            name=role["name"],
            display_name=role["display_name"],
            description=role["description"],
            create_at=now,
            update_at=now,
            delete_at=0,
            permissions=" " + " ".join(role["permissions"]),
            scheme_managed=role["scheme_managed"],
            built_in=role["built_in"],
        )
        for role in orjson.loads(DATA.read_bytes())
        if role["name"] not in known
    )

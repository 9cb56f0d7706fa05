"""Facts about this installation, kept in the ``systems`` table."""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db.models import Max

from mattermost_site import clock
from mattermost_site.ids import new_id
from mattermost_site.models import DbMigration, System

DIAGNOSTIC_ID = "DiagnosticId"
INSTALLATION_DATE = "InstallationDate"
SIGNING_KEY = "AsymmetricSigningKey"
SCHEMA_VERSION = 146  # the last migration of the other server whose tables our models describe


def create_missing(system_model: Any) -> None:
    """Store id, date and signing key of a new installation; existing ones stay. ``system_model`` may be historical."""
    values = ((DIAGNOSTIC_ID, new_id()), (INSTALLATION_DATE, str(clock.now())), (SIGNING_KEY, _new_signing_key()))
    for name, value in values:
        system_model.objects.get_or_create(name=name, defaults={"value": value})


def fact(name: str, default: str = "") -> str:
    """One value of the table, read from the database."""
    return System.objects.filter(name=name).values_list("value", flat=True).first() or default


@lru_cache
def diagnostic_id() -> str:
    """The id by which the installation calls itself; it never changes."""
    return fact(DIAGNOSTIC_ID)


@lru_cache
def installation_date() -> str:
    """When the installation was made, ms as text; it never changes."""
    return fact(INSTALLATION_DATE)


def _new_signing_key() -> str:
    """A P-256 key in the form in which the other server keeps its own: JSON of big integers."""
    numbers = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    public = numbers.public_numbers
    key = {"curve": "P-256", "x": public.x, "y": public.y, "d": numbers.private_value}
    return json.dumps({"ecdsa_key": key})


@lru_cache
def signing_public_key() -> str:
    """The public half of the installation's signing key, base64 of DER; ``""`` when there is none."""
    text = fact(SIGNING_KEY)
    if not text:
        return ""
    key = json.loads(text)["ecdsa_key"]  # orjson reads no integers of 256 bits
    public = ec.EllipticCurvePublicNumbers(key["x"], key["y"], ec.SECP256R1()).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


@lru_cache
def schema_version() -> int:
    """The number of the database's last migration as the other server counts them."""
    return DbMigration.objects.aggregate(last=Max("version"))["last"] or SCHEMA_VERSION

"""What clients are told that is no setting."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.version import BUILD_NUMBER, VERSION


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of an installation.

    ``no_accounts``: whether nobody has signed up yet (bots do not count).
    ``installation_date``: in ms. ``schema_version``: number of the database's last
    migration as the other server counts them. ``diagnostic_id``: a 26-character id that
    stays. ``asymmetric_signing_public_key``: base64 of a DER public key; without one, clients
    are not given the key. ``max_post_size``: in characters.
    """

    no_accounts: bool = False
    installation_date: int = 0
    schema_version: int = 0
    diagnostic_id: str = ""
    asymmetric_signing_public_key: str = ""
    version: str = VERSION
    build_number: str = BUILD_NUMBER
    build_date: str = ""
    build_hash: str = ""
    build_hash_enterprise: str = ""
    service_environment: str = "production"
    max_post_size: int = 16383

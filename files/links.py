"""Public links to files: whoever has one needs no session (semantics §9)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from mattermost_site import config


def link_hash(file_id: str) -> str:
    """What makes a link to a file valid: a digest of the secret salt and the id.

    Made as the other server makes it, so that links that were given away go on working;
    changing ``FileSettings.PublicLinkSalt`` revokes all of them.
    """
    salt = config.current().file.public_link_salt
    digest = hashlib.sha256(salt.encode() + file_id.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_valid_hash(file_id: str, given: str) -> bool:
    """Whether ``given`` is the hash of this file's link."""
    return hmac.compare_digest(link_hash(file_id).encode(), given.encode())

"""Secrets that stand for a user or for one permitted step."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Flag, Id, Millis, SchemaIndex, SchemaModel, Text


class Token(SchemaModel):
    """A one-time secret of 64 characters: invitation, e-mail verification, password reset and the like.

    ``type`` says which; ``extra`` is JSON or an e-mail address, as the type wants it.
    """

    token = Text(max_length=64, primary_key=True)
    create_at = Millis()
    type = Text(max_length=64)
    extra = Text(max_length=2048)

    class Meta:
        db_table = "tokens"

    def __str__(self) -> str:
        return self.type


class UserAccessToken(SchemaModel):
    """A personal token, which signs in without a password until it is revoked.

    ``token`` is the keyed digest of the secret that was shown once.
    """

    id = Id(primary_key=True)
    token = Id()
    user_id = Id()
    description = Text(max_length=512)
    is_active = Flag()

    class Meta:
        db_table = "useraccesstokens"
        constraints = [
            models.UniqueConstraint(fields=["token"], name="useraccesstokens_token_key"),
        ]
        indexes = [
            SchemaIndex(fields=["user_id"], name="idx_user_access_tokens_user_id"),
        ]

    def __str__(self) -> str:
        return self.description


class DesktopToken(SchemaModel):
    """A short-lived secret with which the desktop app takes over a sign-in done in the browser."""

    token = Text(max_length=64, primary_key=True)
    create_at = Millis(required=True)
    user_id = Id(required=True)

    class Meta:
        db_table = "desktoptokens"
        indexes = [
            SchemaIndex(fields=["token", "create_at"], name="idx_desktoptokens_token_createat"),
        ]

    def __str__(self) -> str:
        return self.user_id

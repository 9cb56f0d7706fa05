"""This server as an OAuth 2.0 provider."""

from __future__ import annotations

from django.db import models

from mattermost_site.schema import Enum, Flag, Id, JsonText, LongText, Millis, Number, SchemaIndex, SchemaModel, Text


class OAuthApp(SchemaModel):
    """An application that may ask users for access."""

    id = Id(primary_key=True)
    creator_id = Id()
    create_at = Millis()
    update_at = Millis()
    client_secret = Text(max_length=128)
    name = Text(max_length=64)
    description = Text(max_length=512)
    callback_urls = JsonText(max_length=1024)
    homepage = Text(max_length=256)
    is_trusted = Flag()
    icon_url = Text(max_length=512)
    mattermost_app_id = Text(max_length=32, required=True, db_default="")
    is_dynamically_registered = Flag(db_default=False)

    class Meta:
        db_table = "oauthapps"
        indexes = [
            SchemaIndex(fields=["creator_id"], name="idx_oauthapps_creator_id"),
        ]

    def __str__(self) -> str:
        return self.name


class OAuthAuthorization(SchemaModel):
    """An authorization code until it is exchanged; ``expires_in`` is in seconds."""

    client_id = Id()
    user_id = Id()
    code = Text(max_length=128, primary_key=True)
    expires_in = Number()
    create_at = Millis()
    redirect_uri = Text(max_length=256)
    state = Text(max_length=1024)
    scope = Text(max_length=128)
    code_challenge = Text(max_length=128, db_default="")
    code_challenge_method = Text(max_length=10, db_default="")
    resource = Text(max_length=512, db_default="")

    class Meta:
        db_table = "oauthauthdata"

    def __str__(self) -> str:
        return f"{self.client_id} for {self.user_id}"


class OAuthAccess(SchemaModel):
    """What an application was given for a user: its access token's digest and its refresh token."""

    token = Id(primary_key=True)
    refresh_token = Id()
    redirect_uri = Text(max_length=256)
    client_id = Id()
    user_id = Id()
    expires_at = Millis()
    scope = Text(max_length=128)
    audience = Text(max_length=512, db_default="")

    class Meta:
        db_table = "oauthaccessdata"
        constraints = [
            models.UniqueConstraint(fields=["client_id", "user_id"], name="oauthaccessdata_clientid_userid_key"),
        ]
        indexes = [
            SchemaIndex(fields=["refresh_token"], name="idx_oauthaccessdata_refresh_token"),
            SchemaIndex(fields=["user_id"], name="idx_oauthaccessdata_user_id"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} for {self.user_id}"


class OutgoingOAuthConnection(SchemaModel):
    """Credentials with which this server signs in elsewhere.

    They are used for integrations whose URL starts with one of ``audiences``.
    """

    id = Id(primary_key=True)
    name = Text(max_length=64)
    creator_id = Id()
    create_at = Millis()
    update_at = Millis()
    client_id = Text(max_length=255)
    client_secret = Text(max_length=255)
    credentials_username = Text(max_length=255, null=True)
    credentials_password = Text(max_length=255, null=True)
    oauth_token_url = LongText()
    grant_type = Enum(
        enum="outgoingoauthconnections_granttype", default="client_credentials", db_default="client_credentials"
    )
    audiences = JsonText(max_length=1024)

    class Meta:
        db_table = "outgoingoauthconnections"
        indexes = [
            SchemaIndex(fields=["name"], name="idx_outgoingoauthconnections_name"),
        ]

    def __str__(self) -> str:
        return self.name

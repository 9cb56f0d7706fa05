"""Terms of service."""

from __future__ import annotations

from mattermost_site.schema import Id, Millis, SchemaModel, Text


class TermsOfService(SchemaModel):
    """A version of the terms; the newest applies."""

    id = Id(primary_key=True)
    create_at = Millis()
    user_id = Id()
    text = Text(max_length=65535)

    class Meta:
        db_table = "termsofservice"

    def __str__(self) -> str:
        return self.id


class UserTermsOfService(SchemaModel):
    """The version that a user accepted, and when."""

    user_id = Id(primary_key=True)
    terms_of_service_id = Id()
    create_at = Millis()

    class Meta:
        db_table = "usertermsofservice"

    def __str__(self) -> str:
        return self.user_id

"""A user as lists read it: the columns that are shown, without a model's cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Profile:
    """What ``user_json`` shows of an account. Times in ms; the bot's fields are empty for people.

    Reading a page of models costs several times as much as its statement; hot lists read these.
    """

    id: str
    create_at: int
    update_at: int
    delete_at: int
    username: str
    auth_data: str | None
    auth_service: str
    email: str
    email_verified: bool
    nickname: str
    first_name: str
    last_name: str
    position: str
    roles: str
    allow_marketing: bool
    props: dict[str, Any]
    notify_props: dict[str, Any]
    last_password_update: int
    last_picture_update: int
    failed_attempts: int
    locale: str
    mfa_active: bool
    timezone: dict[str, Any]
    remote_id: str | None
    is_bot: bool
    bot_description: str
    bot_last_icon_update: int
    terms_of_service_id: str
    terms_of_service_create_at: int

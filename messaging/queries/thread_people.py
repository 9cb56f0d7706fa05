"""The people in threads: participants as objects in place of their ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from accounts.queries import bots_of
from accounts.serializers import OTHER, user_json


def bare_person(user_id: str) -> dict[str, Any]:
    """A user of whom only the id is told: what a participant is unless more was asked for."""
    return {
        "id": user_id,
        "delete_at": 0,
        "username": "",
        "auth_service": "",
        "email": "",
        "nickname": "",
        "first_name": "",
        "last_name": "",
        "position": "",
        "roles": "",
        "locale": "",
        "timezone": None,
        "disable_welcome_email": False,
    }


def people(user_ids: Iterable[str], *, extended: bool) -> dict[str, dict[str, Any]]:
    """Users by id as others see them, or told of by their ids only. Two statements when ``extended``, else none."""
    wanted = set(user_ids)
    if not extended or not wanted:
        return {user_id: bare_person(user_id) for user_id in wanted}
    users = list(User.objects.filter(id__in=wanted))
    bots = bots_of(users)
    return {user.id: user_json(user, OTHER, bot=bots.get(user.id)) for user in users}


def fill_participants(items: Iterable[dict[str, Any]], *, extended: bool, of_threads: bool = False) -> None:
    """Put people in the place of the ids under ``participants`` of posts or threads; whoever is gone is left out.

    As recorded, people in threads (``of_threads``) have an empty ``auth_data`` even when nothing else is told of them.
    """
    threads = [item for item in items if item["participants"]]
    known = people({user_id for item in threads for user_id in item["participants"]}, extended=extended)
    if of_threads:
        known = {user_id: {"auth_data": ""} | person for user_id, person in known.items()}
    for item in threads:
        item["participants"] = [known[user_id] for user_id in item["participants"] if user_id in known]

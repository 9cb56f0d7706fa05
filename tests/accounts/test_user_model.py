"""A user row is Django's auth user."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model, user_logged_in
from django.db import IntegrityError, transaction

from accounts.models import Bot, User

pytestmark = pytest.mark.django_db

ID, OTHER = "a" * 26, "b" * 26


def user(**values: Any) -> User:
    return User.objects.create(**{"id": ID, "username": "alice", "email": "alice@test", **values})


def test_it_is_the_auth_user() -> None:
    assert get_user_model() is User


def test_it_gives_back_what_was_saved() -> None:
    values = {"first_name": "Al", "roles": "system_user", "notify_props": {"push": "all"}, "last_login": 7}
    user(**values)
    loaded = User.objects.get(id=ID)
    assert {name: getattr(loaded, name) for name in values} == values


def test_it_is_found_by_user_name() -> None:
    assert User.objects.get_by_natural_key(user().get_username()).id == ID


@pytest.mark.parametrize("taken", ["username", "email"])
def test_it_refuses_a_taken(taken: str) -> None:
    first = user()
    values = {"username": "bob", "email": "bob@test", taken: getattr(first, taken)}
    with pytest.raises(IntegrityError), transaction.atomic():
        user(id=OTHER, **values)


def test_it_lets_many_have_no_external_id() -> None:
    user()
    user(id=OTHER, username="bob", email="bob@test")
    assert User.objects.filter(auth_data__isnull=True).count() == 2


def test_it_keeps_a_password() -> None:
    alice = user()
    alice.set_password("Passw0rd-1234!")
    alice.save()
    assert User.objects.get(id=ID).check_password("Passw0rd-1234!")


def test_it_has_no_password_without_one() -> None:
    assert not user().check_password("")


def test_it_forgets_a_password() -> None:
    alice = user()
    alice.set_password("Passw0rd-1234!")
    alice.set_unusable_password()
    assert not alice.has_usable_password()


def test_it_opens_the_console_to_admins() -> None:
    assert user(roles="system_user system_admin").has_module_perms("accounts")


def test_it_closes_the_console_to_others() -> None:
    assert not user(roles="system_user system_administrator").is_staff


def test_it_closes_the_console_to_deactivated_admins() -> None:
    assert not user(roles="system_admin", delete_at=1).has_perm("accounts.view_user")


def test_it_is_active_until_it_is_deactivated() -> None:
    assert [user().is_active, user(id=OTHER, username="b", email="b", delete_at=1).is_active] == [True, False]


def test_it_tells_guests() -> None:
    assert user(roles="system_guest").is_guest


def test_it_tells_bots() -> None:
    Bot.objects.create(user_id=ID, owner_id=OTHER)
    assert user().is_bot


def test_it_takes_a_person_for_no_bot() -> None:
    assert not user().is_bot


def test_it_keeps_djangos_sign_in_from_writing_a_date_into_milliseconds() -> None:
    alice = user()
    user_logged_in.send(sender=User, request=None, user=alice)
    assert User.objects.get(id=ID).last_login == 0

"""GET /bots and /bots/{id}."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Bot, User
from tests.accounts.bots import MISSING, grant, make_bot


def names(reply: Any) -> list[str]:
    """The user names of a reply, in order."""
    return [bot["username"] for bot in reply.json()]


def test_admins_read_everybodys(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(alice, display_name="Robo")
    shown = client_for(admin).get(f"/bots/{bot.id}").json()
    assert (shown["user_id"], shown["owner_id"], shown["display_name"]) == (bot.id, alice.id, "Robo")


@pytest.mark.parametrize("path", ["zzzzzzzzzzzzzzzzzzzzzzzzzz", "alice"])
def test_who_is_no_bot_is_not_there(client_for: Any, admin: User, alice: User, path: str) -> None:
    reply = client_for(admin).get(f"/bots/{alice.id if path == 'alice' else path}")
    assert (reply.status_code, reply.json()["id"]) == (404, MISSING)


def test_members_do_not_learn_of_one(client_for: Any, admin: User, alice: User) -> None:
    bot, _ = make_bot(admin)
    reply = client_for(alice).get(f"/bots/{bot.id}")
    assert (reply.status_code, reply.json()["id"]) == (404, MISSING)


def test_owners_read_their_own_where_they_may(client_for: Any, admin: User, alice: User) -> None:
    own, other = make_bot(alice)[0], make_bot(admin, "other")[0]
    owner = client_for(alice)
    assert owner.get("/bots").status_code == 403
    assert owner.get(f"/bots/{own.id}").status_code == 404
    grant("system_user", "read_bots")
    assert names(owner.get("/bots")) == ["robo"]
    assert owner.get(f"/bots/{own.id}").status_code == 200
    assert owner.get(f"/bots/{other.id}").status_code == 404


def test_disabled_ones_have_to_be_asked_for(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    boss.post(f"/bots/{bot.id}/disable")
    assert (boss.get(f"/bots/{bot.id}").status_code, names(boss.get("/bots"))) == (404, [])
    assert boss.get(f"/bots/{bot.id}?include_deleted=true").json()["delete_at"] > 0
    assert names(boss.get("/bots?include_deleted=true")) == ["robo"]


def test_the_list_begins_with_the_oldest_and_has_pages(client_for: Any, admin: User) -> None:
    for number, name in enumerate(("third", "first", "second")):
        bot, _ = make_bot(admin, name)
        Bot.objects.filter(user_id=bot.id).update(create_at=(number - 1) % 3 + 1)
    boss = client_for(admin)
    assert names(boss.get("/bots?per_page=2")) == ["first", "second"]
    assert names(boss.get("/bots?per_page=2&page=1")) == ["third"]
    assert boss.get("/bots?page=500").json() == []


def test_orphans_are_those_of_deactivated_owners(client_for: Any, admin: User, alice: User) -> None:
    make_bot(admin, "kept")
    make_bot(alice, "orphan")
    plugins, _ = make_bot(admin, "plugins")
    Bot.objects.filter(user_id=plugins.id).update(owner_id="com.example.plugin")
    User.objects.filter(id=alice.id).update(delete_at=1)
    assert names(client_for(admin).get("/bots?only_orphaned=true")) == ["orphan"]


def test_a_tag_holds_until_the_account_changes(client_for: Any, admin: User) -> None:
    bot, _ = make_bot(admin)
    boss = client_for(admin)
    for path in (f"/bots/{bot.id}", "/bots"):
        etag = boss.get(path)["ETag"]
        assert boss.get(path, headers={"If-None-Match": etag}).status_code == 304
        User.objects.filter(id=bot.id).update(first_name="Other", update_at=User.objects.get(id=bot.id).update_at + 9)
        assert boss.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_the_tag_of_a_list_tells_that_one_has_left_it(client_for: Any, admin: User) -> None:
    older, _ = make_bot(admin, "older")
    make_bot(admin, "newer")
    boss = client_for(admin)
    etag = boss.get("/bots")["ETag"]
    boss.post(f"/bots/{older.id}/disable")
    reply = boss.get("/bots", headers={"If-None-Match": etag})
    assert (reply.status_code, names(reply)) == (200, ["newer"])


@pytest.mark.usefixtures("serving")
def test_a_page_takes_one_statement_however_long_it_is(client_for: Any, admin: User) -> None:
    boss = client_for(admin)
    boss.get("/bots")
    counts = []
    for name in ("one", "two"):
        make_bot(admin, name)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            boss.get("/bots")
        counts.append(len([row for row in statements if "SELECT" in row["sql"]]))
    assert counts == [1, 1]

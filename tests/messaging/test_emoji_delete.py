"""Deleting custom emoji."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from mattermost_site import jobs
from mattermost_site.ids import new_id
from messaging.emoji_pictures import picture_path
from messaging.models import Emoji, Post
from teams.models import Team
from tests.cast import ApiClient
from tests.messaging.writer import NO_RIGHT, SOME_ID, Writer, make_channel, read, refusal

NO_EMOJI = "app.emoji.get.no_result"


@pytest.fixture
def emoji(bob: User) -> Emoji:
    """bob's parrot."""
    made = Emoji.objects.create(id=new_id(), create_at=1, creator_id=bob.id, name="party_parrot")
    default_storage.save(picture_path(made.id), ContentFile(b"\x89PNG"))
    return made


@pytest.fixture
def bobs(client_for: Callable[[User | None], ApiClient], bob: User) -> ApiClient:
    """bob."""
    return client_for(bob)


def delete(client: ApiClient, emoji: Emoji) -> Any:
    return client.delete(f"/emoji/{emoji.id}")


def test_its_creator_deletes_it(bobs: ApiClient, emoji: Emoji) -> None:
    delete(bobs, emoji)
    assert refusal(bobs.get(f"/emoji/{emoji.id}")) == (404, NO_EMOJI)


def test_others_do_not(client_for: Callable[[User | None], ApiClient], alice: User, team: Team, emoji: Emoji) -> None:
    assert refusal(delete(client_for(alice), emoji)) == (403, NO_RIGHT)


def test_system_admins_do(client_for: Callable[[User | None], ApiClient], admin: User, emoji: Emoji) -> None:
    assert delete(client_for(admin), emoji).status_code == 200


def test_it_is_deleted_once(bobs: ApiClient, emoji: Emoji) -> None:
    delete(bobs, emoji)
    assert refusal(delete(bobs, emoji)) == (404, NO_EMOJI)


@pytest.mark.parametrize(("emoji_id", "status"), [(SOME_ID, 404), ("short", 400)])
def test_it_needs_one(bobs: ApiClient, emoji_id: str, status: int) -> None:
    assert bobs.delete(f"/emoji/{emoji_id}").status_code == status


def test_its_picture_leaves_the_store(bobs: ApiClient, emoji: Emoji) -> None:
    delete(bobs, emoji)
    jobs.run_due()
    assert not default_storage.exists(picture_path(emoji.id))


def test_its_picture_is_not_shown_any_more(bobs: ApiClient, emoji: Emoji) -> None:
    delete(bobs, emoji)
    assert refusal(bobs.get(f"/emoji/{emoji.id}/image")) == (404, NO_EMOJI)


def test_a_lost_picture_is_no_crash(bobs: ApiClient, emoji: Emoji) -> None:
    default_storage.delete(picture_path(emoji.id))
    assert refusal(bobs.get(f"/emoji/{emoji.id}/image")) == (404, "api.emoji.get_image.read.app_error")


def test_its_reactions_go_and_others_stay(team: Team, alice: User, bob: User, bobs: ApiClient, emoji: Emoji) -> None:
    writer = Writer(alice, make_channel(team, alice, bob))
    both, single = writer.say("both"), writer.say("single")
    for post_id, name in ((both, "party_parrot"), (both, "smile"), (single, "party_parrot")):
        writer.post("/reactions", {"user_id": alice.id, "post_id": post_id, "emoji_name": name})
    delete(bobs, emoji)
    assert [one["emoji_name"] for one in read(writer.get(f"/posts/{both}/reactions"))] == ["smile"]
    assert [Post.objects.get(id=post_id).has_reactions for post_id in (both, single)] == [True, False]


def test_its_name_is_free_again(bobs: ApiClient, emoji: Emoji) -> None:
    delete(bobs, emoji)
    assert refusal(bobs.get("/emoji/name/party_parrot")) == (404, "app.emoji.get_by_name.no_result")

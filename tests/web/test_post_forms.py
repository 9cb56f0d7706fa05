"""What is done to posts by form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from messaging.models import Channel, Post, Reaction
from tests.web.test_channel_page import say

Pages = Callable[[User | None], Client]
HTMX = {"HX-Request": "true"}


def test_it_posts_and_leads_back(pages_for: Pages, alice: User, town_square: Channel) -> None:
    form = {"message": "one\r\ntwo", "redirect_to": "/crew/channels/town-square?thread=x"}
    response = pages_for(alice).post(f"/_/crew/channels/{town_square.id}/posts", form)
    assert response["Location"] == form["redirect_to"]
    assert Post.objects.get(user_id=alice.id, type="").message == "one\ntwo"


def test_it_answers_a_script_with_the_post(pages_for: Pages, alice: User, town_square: Channel) -> None:
    address = f"/_/crew/channels/{town_square.id}/posts"
    response = pages_for(alice).post(address, {"message": "*hi*"}, headers=HTMX)
    assert "<em>hi</em>" in response.content.decode() and "<html" not in response.content.decode()


def test_it_posts_nothing_that_is_empty(pages_for: Pages, alice: User, town_square: Channel) -> None:
    response = pages_for(alice).post(f"/_/crew/channels/{town_square.id}/posts", {"message": " \n"}, headers=HTMX)
    assert response.status_code == 204
    assert not Post.objects.filter(user_id=alice.id, type="").exists()


def test_it_lets_no_stranger_post(pages_for: Pages, charlie: User, town_square: Channel) -> None:
    address = f"/_/crew/channels/{town_square.id}/posts"
    assert pages_for(charlie).post(address, {"message": "hi"}).status_code == 403


def test_it_refuses_forms_of_other_sites(pages_for: Pages, alice: User, town_square: Channel) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = pages_for(alice).cookies
    assert strict.post(f"/_/crew/channels/{town_square.id}/posts", {"message": "hi"}).status_code == 403
    assert not Post.objects.filter(user_id=alice.id, type="").exists()


def test_it_edits_own_posts(pages_for: Pages, alice: User, town_square: Channel) -> None:
    post_id = say(alice, town_square, "old")
    pages_for(alice).post(f"/_/crew/posts/{post_id}/edit", {"message": "new"})
    assert Post.objects.get(id=post_id).message == "new"


@pytest.mark.parametrize("deed", ["edit", "delete"])
def test_it_leaves_posts_of_others_alone(
    pages_for: Pages, alice: User, bob: User, town_square: Channel, deed: str
) -> None:
    post_id = say(alice, town_square, "mine")
    assert pages_for(bob).post(f"/_/crew/posts/{post_id}/{deed}", {"message": "yours"}).status_code == 403
    assert Post.objects.get(id=post_id, delete_at=0).message == "mine"


def test_it_offers_only_what_is_allowed(pages_for: Pages, alice: User, bob: User, town_square: Channel) -> None:
    address = f"/_/crew/posts/{say(alice, town_square, 'mine')}/tools"
    assert "Delete" in pages_for(alice).get(address).content.decode()
    assert "Delete" not in pages_for(bob).get(address).content.decode()


def test_it_deletes_own_posts(pages_for: Pages, alice: User, town_square: Channel) -> None:
    post_id = say(alice, town_square, "mine")
    assert pages_for(alice).post(f"/_/crew/posts/{post_id}/delete", headers=HTMX).status_code == 204
    assert pages_for(alice).get(f"/_/crew/posts/{post_id}", headers=HTMX).status_code == 404


def test_it_reacts_and_takes_it_back(pages_for: Pages, alice: User, bob: User, town_square: Channel) -> None:
    post_id, client = say(alice, town_square, "so?"), pages_for(bob)
    for count in (1, 0):
        client.post(f"/_/crew/posts/{post_id}/reactions", {"name": ":+1:"})
        assert Reaction.objects.filter(post_id=post_id, delete_at=0).count() == count


def test_it_says_in_words_why_a_script_is_refused(pages_for: Pages, alice: User, town_square: Channel) -> None:
    post_id = say(alice, town_square, "so?")
    response = pages_for(alice).post(f"/_/crew/posts/{post_id}/reactions", {"name": "no_such_emoji"}, headers=HTMX)
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain") and response.content


@pytest.mark.parametrize("path", ["posts/x", "posts/x/tools", "posts/x/edit", "threads/x", "channels/x/posts"])
def test_it_takes_no_id_that_is_none(pages_for: Pages, alice: User, town_square: Channel, path: str) -> None:
    assert pages_for(alice).get(f"/_/crew/{path}").status_code in (403, 404)


def test_it_reads_what_is_newer_than_a_post(pages_for: Pages, alice: User, bob: User, town_square: Channel) -> None:
    first, second = say(alice, town_square, "first"), say(bob, town_square, "second")
    response = pages_for(alice).get(f"/_/crew/channels/{town_square.id}/posts?after={first}", headers=HTMX)
    page = response.content.decode()
    assert f"post-{second}" in page and f"post-{first}" not in page


def test_it_sends_scripts_without_a_session_to_the_login_page(pages_for: Pages, town_square: Channel) -> None:
    response = pages_for(None).get(f"/_/crew/channels/{town_square.id}/posts", headers=HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (401, "/login")

"""What the tests of search share: many posts at once, and asking for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from mattermost_site.ids import new_id
from messaging.models import Channel, Post
from messaging.post_content import hashtags_in
from messaging.search import index
from tests.cast import ApiClient
from tests.messaging.writer import read

NOON = 1_519_905_600_000  # of 2018-03-01, UTC


def store(channel: Channel, author: User, texts: Mapping[str, str], *, start: int = NOON, **fields: Any) -> None:
    """Posts, a second apart, with what they are found by; ids are not needed, the texts tell them apart."""
    posts = [
        Post(
            id=new_id(),
            create_at=start + 1000 * number,
            update_at=start + 1000 * number,
            user_id=author.id,
            channel_id=channel.id,
            message=text,
            hashtags=hashtags_in(text),
            **fields,
        )
        for number, text in enumerate(texts.values())
    ]
    Post.objects.bulk_create(posts)
    index.add_posts(posts)


def found(client: ApiClient, terms: str, *, team: str = "", **more: Any) -> list[str]:
    """The texts of what a search finds, in its order; of a team, or of all."""
    path = f"/teams/{team}/posts/search" if team else "/posts/search"
    response = client.post(path, {"terms": terms, **more})
    assert response.status_code == 200, response.content
    listed = read(response)
    return [listed["posts"][post_id]["message"] for post_id in listed["order"]]

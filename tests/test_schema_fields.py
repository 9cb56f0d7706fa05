"""What fields of the given schema store is what they give back, on the database of this run."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models

from accounts.models import PropertyValue, User
from files.models import FileInfo
from integrations.models import OutgoingOAuthConnection, OutgoingWebhook
from mattermost_site.models import PluginKeyValue
from messaging.models import Channel, ChannelMember, Draft, Post, RecentSearch, Thread
from teams.models import RetentionBatch, Team

pytestmark = pytest.mark.django_db

ID, OTHER = "a" * 26, "b" * 26


def stored(table: str, column: str) -> Any:
    """The column of the only row, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names from this file
        return cursor.fetchone()[0]


def forget(table: str, column: str) -> None:
    """Put NULL where the other server may have left it."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = NULL")  # noqa: S608 - names from this file


def fresh(row: models.Model) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


@pytest.mark.parametrize("value", [{}, {"a": 1}, {"deep": [{"ü": None, "n": 2**53}], "quote": "'\"\\"}])
def test_it_gives_back_json(value: dict[str, Any]) -> None:
    assert fresh(Post.objects.create(id=ID, props=value)).props == value


def test_it_gives_back_lists_in_json() -> None:
    assert fresh(Thread.objects.create(post_id=ID, participants=[ID, OTHER])).participants == [ID, OTHER]


@pytest.mark.parametrize("value", ["text", "", 5, True, ["a", "b"], {"a": "b"}])
def test_it_gives_back_any_json_value_of_a_property(value: Any) -> None:
    row = PropertyValue.objects.create(
        id=ID, target_id=OTHER, target_type="user", group_id=ID, field_id=ID,
        value=value, create_at=1, update_at=1, delete_at=0,
    )  # fmt: skip
    assert fresh(row).value == value


def test_it_reads_json_null_as_empty() -> None:
    User.objects.create(id=ID, mfa_used_timestamps=[1])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE users SET mfausedtimestamps = 'null'")
    assert User.objects.get(id=ID).mfa_used_timestamps == []


def test_it_finds_by_a_key_inside_json() -> None:
    Post.objects.create(id=ID, props={"from_webhook": "true"})
    Post.objects.create(id=OTHER, props={"from_webhook": "false"})
    assert [post.id for post in Post.objects.filter(props__from_webhook="true")] == [ID]


def test_it_gives_back_json_kept_in_text() -> None:
    hook = OutgoingWebhook.objects.create(id=ID, trigger_words=["a", "ü"], callback_urls=["http://a/?b=1"])
    assert (fresh(hook).trigger_words, fresh(hook).callback_urls) == (["a", "ü"], ["http://a/?b=1"])


def test_it_keeps_json_in_text_in_the_other_servers_form() -> None:
    Post.objects.create(id=ID, file_ids=[OTHER])
    assert stored("posts", "fileids") == f'["{OTHER}"]'


def test_it_writes_an_empty_list_in_text_as_such() -> None:
    Post.objects.create(id=ID)
    assert stored("posts", "fileids") == "[]"


@pytest.mark.parametrize("text", ["", "null"])
def test_it_reads_a_missing_list_in_text_as_empty(text: str) -> None:
    Post.objects.create(id=ID, file_ids=[OTHER])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE posts SET fileids = %s", [text])
    assert Post.objects.get(id=ID).file_ids == []


def test_it_searches_text_that_holds_json() -> None:
    Post.objects.create(id=ID, file_ids=[OTHER])
    assert Post.objects.filter(file_ids__contains=OTHER).exists()


def test_it_writes_a_draft_without_priority_as_the_other_server_does() -> None:
    Draft.objects.create(user_id=ID, channel_id=OTHER, root_id="", priority=None)
    assert stored("drafts", "priority") == "null"


def test_it_gives_back_the_priority_of_a_draft() -> None:
    draft = Draft.objects.create(user_id=ID, channel_id=OTHER, root_id="", priority={"priority": "urgent"})
    assert fresh(draft).priority == {"priority": "urgent"}


def test_it_gives_back_enumerations() -> None:
    assert fresh(Channel.objects.create(id=ID, type="D")).type == "D"


def test_it_finds_by_enumerations() -> None:
    Channel.objects.create(id=ID, type="D", name="a")
    Channel.objects.create(id=OTHER, type="O", name="b")
    assert [channel.id for channel in Channel.objects.filter(type__in=["D", "G"])] == [ID]


def test_it_stores_no_enumeration_as_null() -> None:
    Team.objects.create(id=ID, type="")
    assert stored("teams", "type") is None


def test_it_gives_an_enumeration_its_default() -> None:
    assert fresh(OutgoingOAuthConnection.objects.create(id=ID)).grant_type == "client_credentials"


def test_it_gives_back_bytes() -> None:
    value = bytes(range(256))
    assert fresh(FileInfo.objects.create(id=ID, mini_preview=value)).mini_preview == value


def test_it_tells_no_bytes_from_none() -> None:
    assert fresh(FileInfo.objects.create(id=ID)).mini_preview is None


def test_it_reads_missing_bytes_as_empty_where_none_means_nothing() -> None:
    row = PluginKeyValue.objects.create(plugin_id="p", pkey="k", pvalue=b"v")
    forget("pluginkeyvaluestore", "pvalue")
    assert fresh(row).pvalue == b""


def test_it_gives_back_lists_of_ids() -> None:
    assert fresh(RetentionBatch.objects.create(id=ID, table_name="Posts", ids=[ID, OTHER])).ids == [ID, OTHER]


def test_it_gives_back_padded_ids() -> None:
    row = RecentSearch.objects.create(user_id=ID, search_pointer=3, query={"terms": "x"}, create_at=1)
    assert fresh(row).user_id == ID


@pytest.mark.parametrize(("column", "empty"), [("nickname", ""), ("createat", 0), ("mfaactive", False), ("props", {})])
def test_it_reads_null_as_empty(column: str, empty: Any) -> None:
    user = User.objects.create(id=ID, nickname="n", create_at=5, mfa_active=True, props={"a": "b"})
    forget("users", column)
    field = {"createat": "create_at", "mfaactive": "mfa_active"}.get(column, column)
    assert getattr(fresh(user), field) == empty


@pytest.mark.parametrize("column", ["nickname", "createat", "mfaactive", "props", "position"])
def test_it_never_writes_null_that_the_other_server_cannot_read(column: str) -> None:
    values: dict[str, Any] = dict.fromkeys(["nickname", "create_at", "mfa_active", "props", "position"])
    User.objects.create(id=ID)
    User.objects.filter(id=ID).update(**values)
    assert stored("users", column) is not None


def test_it_keeps_null_that_means_something() -> None:
    assert fresh(Channel.objects.create(id=ID, type="O")).scheme_id is None


def test_it_stores_many_rows_at_once() -> None:
    Channel.objects.bulk_create([Channel(id=ID, type="O", name="a"), Channel(id=OTHER, type="P", name="b")])
    assert set(Channel.objects.values_list("type", "name")) == {("O", "a"), ("P", "b")}


def test_it_stores_many_lists_of_ids_at_once() -> None:
    RetentionBatch.objects.bulk_create([RetentionBatch(id=ID, ids=[ID]), RetentionBatch(id=OTHER, ids=[])])
    assert list(RetentionBatch.objects.order_by("id").values_list("ids", flat=True)) == [[ID], []]


def test_it_changes_many_rows_at_once() -> None:
    rows = [Post(id=ID, props={}), Post(id=OTHER, props={})]
    Post.objects.bulk_create(rows)
    for row in rows:
        row.props, row.file_ids, row.edit_at = {"of": row.id}, [row.id], 7
    Post.objects.bulk_update(rows, ["props", "file_ids", "edit_at"])
    assert [(post.props["of"], post.file_ids, post.edit_at) for post in Post.objects.order_by("id")] == [
        (ID, [ID], 7),
        (OTHER, [OTHER], 7),
    ]


def test_it_finds_by_a_composite_key() -> None:
    member = ChannelMember.objects.create(channel_id=ID, user_id=OTHER, notify_props={"push": "all"})
    assert ChannelMember.objects.get(pk=(ID, OTHER)).notify_props == member.notify_props

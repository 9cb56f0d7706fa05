"""What the official web client asks for, from its login page to a posted message, in its order and as it asks.

The steps stand in the order of a recorded visit, and each needs what those before it learnt.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.services import Server
from tests.system.browser import NDJSON, Browser
from tests.system.conftest import PASSWORD, Person

PATIENCE = 10  # seconds
TOLERATED = tuple(range(200, 500))  # where the recorded server fails and the client does not mind
USER = {
    "id", "username", "roles", "email", "nickname", "first_name", "last_name", "locale", "timezone", "notify_props",
    "position", "auth_service", "delete_at", "create_at",
}  # fmt: skip
TEAM = {
    "id", "name", "display_name", "description", "type", "delete_at", "invite_id", "allow_open_invite",
    "group_constrained", "scheme_id",
}  # fmt: skip
CHANNEL = {
    "id", "team_id", "type", "name", "display_name", "header", "purpose", "delete_at", "create_at", "update_at",
    "last_post_at", "last_root_post_at", "total_msg_count", "total_msg_count_root", "creator_id", "group_constrained",
    "scheme_id", "shared", "props", "policy_id",
}  # fmt: skip
CHANNEL_MEMBER = {
    "channel_id", "user_id", "roles", "notify_props", "last_viewed_at", "msg_count", "mention_count",
    "mention_count_root", "urgent_mention_count", "msg_count_root", "last_update_at", "scheme_guest", "scheme_user",
    "scheme_admin",
}  # fmt: skip
TEAM_MEMBER = {"team_id", "user_id", "roles", "delete_at", "scheme_guest", "scheme_user", "scheme_admin"}
CATEGORY = {"id", "type", "display_name", "sorting", "muted", "collapsed", "channel_ids"}
POSTS = {"order", "posts", "next_post_id", "prev_post_id", "first_inaccessible_post_time"}
CONFIG_BEFORE = {"SiteName", "EnableSignInWithEmail", "EnableSignInWithUsername", "NoAccounts", "DefaultClientLocale"}
CONFIG_AFTER = {"CollapsedThreads", "TeammateNameDisplay", "MaxPostSize", "TimeBetweenUserTypingUpdatesMilliseconds"}


class Visit:
    """One person's visit, and what the client has learnt during it."""

    def __init__(self, live: Server, person: Person, *, is_admin: bool, team_id: str) -> None:
        self.person, self.is_admin, self.team_id = person, is_admin, team_id
        self.browser = Browser(live.url)
        self.open = ExitStack()
        self.address = live.url.replace("http", "ws", 1) + "/api/v4/websocket"
        self.me: dict[str, Any] = {}
        self.channels: list[dict[str, Any]] = []
        self.socket: ClientConnection

    @property
    def town_square(self) -> str:
        return str(next(channel["id"] for channel in self.channels if channel["name"] == "town-square"))

    def hear(self, *names: str) -> None:
        """Wait until an event of each name came."""
        missing = set(names)
        end = time.monotonic() + PATIENCE
        while missing and time.monotonic() < end:
            missing.discard(json.loads(self.socket.recv(PATIENCE)).get("event"))
        assert not missing, f"not heard: {missing}"

    def answered(self, seq: int, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """The reply to a request over the socket."""
        self.socket.send(json.dumps({"action": action, "seq": seq, "data": data}))
        while (frame := json.loads(self.socket.recv(PATIENCE))).get("seq_reply") != seq:
            continue
        return dict(frame)


def has(fields: set[str], found: dict[str, Any]) -> None:
    assert fields <= found.keys(), f"missing: {fields - found.keys()}"


def open_login_page(visit: Visit) -> None:
    reply = visit.browser.get("/config/client?format=old", type=None)
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-Version-Id"] and "Cache-Control" not in reply.headers
    has(CONFIG_BEFORE, reply.json())
    assert all(isinstance(value, str) for value in reply.json().values())
    assert visit.browser.get("/license/client?format=old")["IsLicensed"] in ("true", "false")
    assert reply.json()["PluginsEnabled"] == "false"  # the client then does not ask for them; if it does:
    visit.browser.get("/plugins/webapp", status=(200, 501))


def sign_in(visit: Visit) -> None:
    body = {"login_id": visit.person.name, "password": PASSWORD, "token": "", "deviceId": ""}
    user = visit.browser.post("/users/login", body)
    has(USER, user)
    assert ("system_admin" in user["roles"]) == visit.is_admin
    assert {"MMAUTHTOKEN", "MMUSERID", "MMCSRF"} <= set(visit.browser.http.cookies.keys())


def load_me(visit: Visit) -> None:
    browser = visit.browser
    browser.get("/limits/server")
    if visit.is_admin:
        path = "/users/stats/filtered?include_bots=false&include_deleted=true"
        assert browser.get(path)["total_users_count"] >= 1
    has(CONFIG_BEFORE | CONFIG_AFTER, browser.get("/config/client?format=old"))
    browser.get("/license/client?format=old")
    visit.me = browser.get("/users/me")
    has(USER, visit.me)
    for preference in browser.get("/users/me/preferences"):
        has({"category", "name", "value"}, preference)
    (team,) = browser.get("/users/me/teams")
    has(TEAM, team)
    (member,) = browser.get("/users/me/teams/members")
    has(TEAM_MEMBER, member)
    for roles in (visit.me["roles"], member["roles"]):
        for role in browser.post("/roles/names", roles.split()):
            has({"name", "permissions"}, role)
    (unread,) = browser.get("/users/me/teams/unread?include_collapsed_threads=true")
    has({"team_id", "msg_count", "mention_count", "thread_count", "thread_mention_count"}, unread)


def load_channels_of_team(visit: Visit) -> None:
    path = f"/users/me/teams/{visit.team_id}/channels"
    visit.channels = visit.browser.get(f"{path}?include_deleted=false")
    assert len(visit.channels) == 2
    for channel in visit.channels:
        has(CHANNEL, channel)
    for member in visit.browser.get(f"{path}/members"):
        has(CHANNEL_MEMBER, member)
    has({"name", "permissions"}, visit.browser.post("/roles/names", ["channel_user"])[0])


def open_socket(visit: Visit) -> None:
    query = "connection_id=&sequence_number=0&posted_ack=true"
    opening = connect(f"{visit.address}?{query}", additional_headers=visit.browser.cookie_header)
    visit.socket = visit.open.enter_context(opening)
    visit.hear("hello")
    assert visit.answered(1, "ping", {})["status"] == "OK"
    assert visit.answered(2, "presence", {"channel_id": visit.town_square})["status"] == "OK"


def mount_shell(visit: Visit) -> None:
    browser, me = visit.browser, visit.me["id"]
    zone = {"useAutomaticTimezone": "true", "automaticTimezone": "Europe/Berlin", "manualTimezone": ""}
    assert browser.put("/users/me/patch", {**visit.me, "timezone": zone})["timezone"] == zone
    visit.hear("user_updated")
    assert browser.get(f"/users/{me}/image", type=None).headers["Content-Type"].startswith("image/")
    if visit.is_admin:
        numbers = {row["name"] for row in browser.get("/analytics/old?name=standard&team_id=")}
        assert {"unique_user_count", "inactive_user_count", "post_count"} <= numbers
    browser.get("/trial-license/prev", status=TOLERATED)
    joinable = "/teams?page=0&per_page=200&include_total_count=false&exclude_policy_constrained=false"
    for team in browser.get(joinable):
        has(TEAM, team)
    preference = {"user_id": me, "category": "recommended_next_steps", "name": "hide", "value": "true"}
    assert browser.put(f"/users/{me}/preferences", [preference]) == {"status": "OK"}
    visit.hear("preferences_changed")


def load_sidebar(visit: Visit) -> None:
    browser, me = visit.browser, visit.me["id"]
    members = browser.get(f"/users/{me}/channel_members?page=-1&per_page=60", type=NDJSON)
    assert {member["channel_id"] for member in members} == {channel["id"] for channel in visit.channels}
    for member in members:
        has(CHANNEL_MEMBER, member)
    assert {channel["id"] for channel in browser.get("/users/me/channels")} == {c["id"] for c in visit.channels}
    (status,) = browser.post("/users/status/ids", [me])
    has({"user_id", "status", "manual", "last_activity_at"}, status)
    sidebar = browser.get(f"/users/{me}/teams/{visit.team_id}/channels/categories")
    assert sidebar["order"] == [category["id"] for category in sidebar["categories"]]
    for category in sidebar["categories"]:
        has(CATEGORY, category)


def load_what_hangs_on_team(visit: Visit) -> None:
    browser, team = visit.browser, visit.team_id
    assert browser.get(f"/system/notices/{team}?client=web&clientVersion=11.2.0") == []
    query = "before=&after=&per_page=20&extended=false&deleted=false&unread=false&since=0"
    path = f"/users/{visit.me['id']}/teams/{team}/threads?{query}&totalsOnly=true&threadsOnly=false"
    totals = browser.get(path)
    has({"total", "total_unread_threads", "total_unread_mentions", "total_unread_urgent_mentions"}, totals)
    assert browser.get(f"/users/me/teams/{team}/drafts") in ([], None)
    assert visit.me["id"] in {user["id"] for user in browser.get("/users?page=0&per_page=100")}


def open_channel(visit: Visit) -> None:
    browser, channel = visit.browser, visit.town_square
    stats = browser.get(f"/channels/{channel}/stats?exclude_files_count=true")
    has({"member_count", "guest_count", "pinnedpost_count"}, stats)
    query = "limit_after=30&limit_before=30&skipFetchThreads=false&collapsedThreads=true&collapsedThreadsExtended=false"
    posts = browser.get(f"/users/{visit.me['id']}/channels/{channel}/posts/unread?{query}")
    has(POSTS, posts)
    assert set(posts["order"]) <= posts["posts"].keys()
    viewed = browser.post("/channels/members/me/view", {"channel_id": channel, "collapsed_threads_supported": True})
    assert channel in viewed["last_viewed_at_times"]
    for _ in range(2):
        browser.get("/agents", status=TOLERATED)
    assert browser.get("/users/stats")["total_users_count"] >= 1
    authors = sorted({post["user_id"] for post in posts["posts"].values()})
    for author in browser.post("/users/ids", authors):
        has({"id", "username", "roles", "delete_at"}, author)
    assert len(browser.post("/users/status/ids", authors)) == len(authors)


def post_message(visit: Visit) -> None:
    browser, me, channel = visit.browser, visit.me["id"], visit.town_square
    assert visit.answered(3, "user_typing", {"channel_id": channel, "parent_id": ""})["status"] == "OK"
    pending = f"{me}:{time.time_ns() // 1_000_000}"
    body = {
        "file_ids": [], "message": "hello from a browser", "channel_id": channel, "root_id": "", "user_id": me,
        "pending_post_id": pending, "create_at": 0, "update_at": 0, "props": {}, "metadata": {}, "reply_count": 0,
    }  # fmt: skip
    post = browser.post("/posts", body, status=(201,))
    assert (post["pending_post_id"], post["user_id"], post["message"]) == (pending, me, body["message"])
    visit.hear("posted")
    browser.delete(f"/users/me/channels/{channel}/drafts")
    assert browser.get(f"/users/{me}/image?_=0", type=None).headers["Content-Type"].startswith("image/")


def change_without_csrf_token(visit: Visit) -> None:
    """Any page can make a browser send cookies; only ours knows the token. So this must be refused."""
    reply = visit.browser.http.put("/api/v4/users/me/patch", json={"nickname": "x"}, headers={"X-Requested-With": ""})
    assert reply.status_code == 401


STEPS = (
    open_login_page, sign_in, load_me, load_channels_of_team, open_socket, mount_shell, load_sidebar,
    load_what_hangs_on_team, open_channel, post_message, change_without_csrf_token,
)  # fmt: skip


@pytest.mark.parametrize("role", ["first admin", "member"])
def test_it_answers_everything_that_the_client_asks_for(
    live: Server, sign_up: Callable[[str], Person], place: dict[str, Any], role: str
) -> None:
    is_admin = role == "first admin"
    person: Person = place["owner"] if is_admin else sign_up("member")
    if not is_admin:
        place["owner"].post(f"/teams/{place['team']}/members", {"team_id": place["team"], "user_id": person.id})
    visit = Visit(live, person, is_admin=is_admin, team_id=place["team"])
    with visit.open:
        visit.open.callback(visit.browser.close)
        for step in STEPS:
            step(visit)


@pytest.fixture(scope="module")
def place(sign_up: Callable[[str], Person]) -> dict[str, Any]:
    """The owner of the server and the team that both people are in."""
    owner = sign_up("owner")
    return {"owner": owner, "team": owner.post("/teams", {"name": "crew", "display_name": "Crew", "type": "O"})["id"]}

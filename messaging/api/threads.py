"""The threads that a user follows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import Permission, require_user
from mattermost_site.api import OK, ApiView
from mattermost_site.api.inputs import Query
from mattermost_site.errors import AppError, InvalidBodyParam, InvalidUrlParam
from messaging.actions import threads as actions
from messaging.api.post_lists import strict_time
from messaging.post_access import access_by_post
from messaging.queries.threads import Wanted, followed_threads, totals
from teams.permissions import require_team

NO_TOTALS = {
    "total": 0,
    "total_unread_threads": 0,
    "total_unread_mentions": 0,
    "total_unread_urgent_mentions": 0,
}


def wanted_of(query: Query, user_id: str, team_id: str) -> Wanted:
    """Which threads a client asks for; InvalidBodyParam or ``api.getThreadsForUser.bad_params`` for nonsense."""
    wanted = Wanted(
        user_id=user_id,
        team_id=team_id,
        since=strict_time(query, "since"),
        before=query.text("before"),
        after=query.text("after"),
        per_page=query.per_page,
        extended=query.flag("extended"),
        deleted=query.flag("deleted"),
        unread=query.flag("unread"),
        exclude_direct=query.flag("excludeDirect"),
    )
    if wanted.since < 0:
        raise InvalidBodyParam("since")
    if wanted.before and wanted.after:
        raise AppError("api.getThreadsForUser.bad_params")
    return wanted


class Threads(ApiView):
    """The threads that a user follows in a team and in direct messages, with totals."""

    def get(self, request: HttpRequest, user_id: str, team_id: str) -> dict[str, Any]:
        require_user(self.actor, user_id)
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        wanted = wanted_of(self.query, user_id, team_id)
        only_totals, only_threads = self.query.flag("totalsOnly"), self.query.flag("threadsOnly")
        if only_totals and only_threads:
            raise AppError("api.getThreadsForUser.bad_only_params")
        counts = NO_TOTALS if only_threads else totals(wanted)
        return counts | {"threads": None if only_totals else followed_threads(wanted)}


class ThreadsRead(ApiView):
    """Reading all threads of a team."""

    def put(self, request: HttpRequest, user_id: str, team_id: str) -> dict[str, str]:
        require_user(self.actor, user_id)
        require_team(self.actor, team_id, Permission.VIEW_TEAM)
        actions.mark_all_read(user_id=user_id, team_id=team_id)
        return OK


class _OneThread(ApiView):
    """What concerns one thread needs the right to act for the user and to read the channel as its member."""

    def check(self, user_id: str, thread_id: str) -> None:
        """PermissionDenied unless both is so."""
        require_user(self.actor, user_id)
        access_by_post(self.actor, thread_id, Permission.READ_CHANNEL_CONTENT)


class ThreadDetail(_OneThread):
    """One thread that a user follows."""

    def get(self, request: HttpRequest, user_id: str, team_id: str, thread_id: str) -> dict[str, Any]:
        self.check(user_id, thread_id)
        return actions.thread_or_404(user_id, thread_id, extended=self.query.flag("extended"))


class ThreadFollowing(_OneThread):
    """Whether a user follows a thread."""

    def put(self, request: HttpRequest, user_id: str, team_id: str, thread_id: str) -> dict[str, str]:
        self.check(user_id, thread_id)
        actions.set_following(user_id=user_id, team_id=team_id, root_id=thread_id, following=True)
        return OK

    def delete(self, request: HttpRequest, user_id: str, team_id: str, thread_id: str) -> dict[str, str]:
        self.check(user_id, thread_id)
        actions.set_following(user_id=user_id, team_id=team_id, root_id=thread_id, following=False)
        return OK


class ThreadRead(_OneThread):
    """Up to when a user has read a thread."""

    def put(self, request: HttpRequest, user_id: str, team_id: str, thread_id: str, timestamp: int) -> dict[str, Any]:
        if not timestamp:
            raise InvalidUrlParam("timestamp")
        self.check(user_id, thread_id)
        return actions.mark_read(user_id=user_id, team_id=team_id, root_id=thread_id, time=timestamp)


class ThreadUnread(_OneThread):
    """Making a thread unread from one of its posts on."""

    def post(self, request: HttpRequest, user_id: str, team_id: str, thread_id: str, post_id: str) -> dict[str, Any]:
        self.check(user_id, thread_id)
        return actions.set_unread(user_id=user_id, team_id=team_id, root_id=thread_id, post_id=post_id)

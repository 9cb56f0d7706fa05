"""What the hub does on orders from the stream (``control.py`` says what each is for)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mattermost_site import caches, config
from mattermost_site.realtime import control
from mattermost_site.realtime.people import Person
from mattermost_site.realtime.threads import in_thread
from mattermost_site.realtime.wire import Control

if TYPE_CHECKING:
    from mattermost_site.realtime.hub import Hub

PERSONAL = frozenset({control.JOINED, control.LEFT, control.USER})
RESTART = 1012  # close code

logger = logging.getLogger(__name__)


class Orders:
    """Carries orders out; one of a kind that this version does not know is for a newer one."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._by_kind = {
            control.JOINED: self._member_changed,
            control.LEFT: self._member_changed,
            control.USER: self._user_changed,
            control.SESSIONS: self._sessions_over,
            control.INVALIDATE: self._invalidate,
            control.CONFIG: self._reload,
            control.RESET: self._reset,
            control.LEAVING: hub.departures.asked,
            control.STAYING: hub.departures.answered,
            control.CLAIM: self._claimed,
        }

    def obey(self, order: Control) -> None:
        """Do what is ordered."""
        if carry_out := self._by_kind.get(order.kind):
            carry_out(order)

    def _settled(self, user_id: str) -> Person | None:
        """The user's person here. One that is being loaded gets the order from the log."""
        person = self.hub.people.by_user.get(user_id)
        return None if person is None or person.is_loading else person

    def _member_changed(self, order: Control) -> None:
        if person := self._settled(order.data["user"]):
            people = self.hub.people
            change = people.join if order.kind == control.JOINED else people.leave
            change(person, channel_id=order.data["channel"], team_id=order.data["team"])

    def _user_changed(self, order: Control) -> None:
        if person := self._settled(order.data["user"]):
            person.is_admin, person.is_guest = order.data["admin"], order.data["guest"]

    def _sessions_over(self, order: Control) -> None:
        person, named = self.hub.people.by_user.get(order.data["user"]), order.data["sessions"]
        for connection in person.connections if person else ():
            if not named or connection.identity.session_id in named:
                connection.end_session()

    def _invalidate(self, order: Control) -> None:
        caches.invalidated(order.data["cache"], order.data["keys"])
        self.hub.logins.invalidated(order.data["cache"], order.data["keys"])

    def _reload(self, order: Control) -> None:
        self.hub.background(in_thread(_reload_config))

    def _reset(self, order: Control) -> None:
        logger.warning("events were lost: all sockets are closed, so that clients load anew")
        self.hub.drop_all(RESTART)

    def _claimed(self, order: Control) -> None:
        if self.hub.handover:
            self.hub.handover.asked(order)


def _reload_config() -> None:
    try:
        config.reload()
    except config.ConfigError as error:
        logger.error("the new configuration is not taken over: %s", error)

"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, bot or integration on whose behalf something is done.

    ``roles`` are names of system roles; ``session_id`` is empty when the server
    itself acts for the user (jobs, invitations, webhooks). ``session_props`` are
    those of the API's session object (``csrf``, ``type``, ``is_bot`` …).
    """

    user_id: str
    roles: tuple[str, ...] = ()
    session_id: str = ""
    is_oauth: bool = False
    locale: str = "en"
    session_props: dict[str, str] = field(default_factory=dict)
    connection_id: str = ""

    @property
    def is_bot(self) -> bool:
        return self.session_props.get("is_bot") == "true"

    @property
    def is_guest(self) -> bool:
        return "system_guest" in self.roles

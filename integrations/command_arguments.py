"""What clients are told of the arguments of built-in commands that have several (``autocomplete_data``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Part = dict[str, Any]
ANYBODY = "system_user"  # whose role it takes to be shown a part


def _part(
    trigger: str, help_text: str, *, hint: str = "", arguments: Sequence[Part] = (), parts: Sequence[Part] = ()
) -> Part:
    return {
        "Trigger": trigger,
        "Hint": hint,
        "HelpText": help_text,
        "RoleID": ANYBODY,
        "Arguments": list(arguments),
        "SubCommands": list(parts),
    }


def _text(name: str, help_text: str, hint: str, *, required: bool = True, pattern: str = "") -> Part:
    """Something that is written; ``pattern`` is a regular expression that it has to match."""
    data = {"Hint": hint, "Pattern": pattern}
    return {"Name": name, "HelpText": help_text, "Type": "TextInput", "Required": required, "Data": data}


def _choice(name: str, help_text: str, source: str) -> Part:
    """One of a list that the command itself gives."""
    data = {"FetchURL": f"builtin:{source}"}
    return {"Name": name, "HelpText": help_text, "Type": "DynamicList", "Required": True, "Data": data}


_SERVER = (
    _text("name", "Name of the connection", "A name that no other connection has"),
    _text("displayname", "Name to show", "A name for people to read", required=False),
    _text("password", "Password of the invitation", "What the invitation is encrypted with"),
)

ARGUMENTS: dict[str, Part] = {
    "rename": _part(
        "rename", "Give this channel another name", hint="[text]", arguments=[_text("", "[text]", "[text]")]
    ),
    "secure-connection": _part(
        "secure-connection",
        "Manage connections with other servers: create, accept, remove, status",
        hint="[action]",
        parts=[
            _part("create", "Make an invitation for another server", arguments=_SERVER),
            _part(
                "accept",
                "Accept the invitation of another server",
                arguments=[*_SERVER, _text("invite", "The invitation", "The encrypted text of the invitation")],
            ),
            _part(
                "remove",
                "Remove a connection",
                arguments=[_choice("connectionID", "Which connection to remove", "secure-connection")],
            ),
            _part("status", "Show all connections and how they are"),
        ],
    ),
    "share-channel": _part(
        "share-channel",
        "Share this channel: invite, uninvite, unshare, status",
        hint="[action]",
        parts=[
            _part(
                "invite",
                "Share this channel with another server",
                arguments=[
                    _choice("connectionID", "With whom: one of the secure connections", "share-channel"),
                    _text("readonly", "Read only", "Y or N (default)", required=False, pattern="Y|N|y|n"),
                ],
            ),
            _part(
                "uninvite",
                "Share this channel with a server no more",
                arguments=[_choice("connectionID", "With whom no more", "share-channel")],
            ),
            _part("unshare", "Share this channel with nobody any more"),
            _part("status", "Show with whom this channel is shared"),
        ],
    ),
}
"""By trigger."""

"""The slash commands that every team has (semantics §14.1): names, and what suggestions say of them."""

from __future__ import annotations

from integrations.models import Command
from mattermost_site import config

_SUGGESTED: dict[str, tuple[str, str, str]] = {
    # trigger: name, arguments, what it does
    "away": ("away", "", "Show yourself as away"),
    "code": ("code", "[text]", "Post a text as a block of code"),
    "collapse": ("collapse", "", "Collapse the previews of pictures from now on"),
    "dnd": ("dnd", "", "Do not disturb: no notifications on the desktop and by push"),
    "echo": ("echo", "[text] [delay in seconds]", "Post a text as yourself, later if you like"),
    "expand": ("expand", "", "Expand the previews of pictures from now on"),
    "groupmsg": ("message", "[@user1, @user2] [text]", "Write to several people"),
    "header": ("header", "[text]", "Change the header of this channel"),
    "help": ("help", "", "Where to find help"),
    "invite": ("invite", "@[user] ~[channel]", "Add people to a channel"),
    "join": ("join", "~[channel]", "Join a public channel"),
    "kick": ("kick", "@[user]", "Remove somebody from this channel"),
    "leave": ("leave", "", "Leave this channel"),
    "logout": ("logout", "", "Sign out"),
    "me": ("me", "[text]", "Say what you are doing"),
    "msg": ("message", "@[user] [text]", "Write to one person"),
    "mute": ("mute", "~[channel]", "Mute a channel, this one unless you name another, or end it"),
    "offline": ("offline", "", "Show yourself as offline"),
    "online": ("online", "", "Show yourself as online"),
    "open": ("open", "~[channel]", "Join a public channel"),
    "purpose": ("purpose", "[text]", "Change the purpose of this channel"),
    "remove": ("remove", "@[user]", "Remove somebody from this channel"),
    "rename": ("rename", "[name]", "Give this channel another name"),
    "search": ("search", "[text]", "Search in messages"),
    "secure-connection": ("secure-connection", "[action]", "Manage connections with other servers"),
    "settings": ("settings", "", "Open your settings"),
    "share-channel": ("share-channel", "[action]", "Share this channel with another server"),
    "shortcuts": ("shortcuts", "", "Show the keyboard shortcuts"),
    "shrug": ("shrug", "[text]", "Add a shrug to your message"),
    "status": ("status", "[:emoji:] [text], or clear", "Set your custom status, or end it"),
}
_INVITE_PEOPLE = ("invite_people", "[address@example.com]", "Invite people to the team by e-mail")
_UNSUGGESTED = frozenset({"exportlink", "invite_people", "marketplace"})

TRIGGERS = frozenset(_SUGGESTED) | _UNSUGGESTED
"""All their triggers: no other command may be called so."""


def suggested_commands() -> list[Command]:
    """Those that are suggested, as commands without an id; none of them is stored."""
    suggested = dict(_SUGGESTED)
    if not config.current().team.enable_custom_user_statuses:
        del suggested["status"]
    email = config.current().email
    if email.send_email_notifications and config.current().service.enable_email_invitations:
        suggested["invite_people"] = _INVITE_PEOPLE
    return [
        Command(
            trigger=trigger,
            auto_complete=True,
            auto_complete_desc=description,
            auto_complete_hint=hint,
            display_name=name,
        )
        for trigger, (name, hint, description) in suggested.items()
    ]

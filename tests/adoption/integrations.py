"""Webhooks, slash commands and bots, as the tables have them."""

from __future__ import annotations

from itertools import chain

from tests.adoption.wire import ALIVE, Adopted, differences


def incoming_hooks(server: Adopted) -> list[str]:
    """Every incoming webhook."""
    return differences(server.pages("/hooks/incoming"), server.rows(f"incomingwebhooks {ALIVE}"))


def outgoing_hooks(server: Adopted) -> list[str]:
    """Every outgoing webhook."""
    return differences(server.pages("/hooks/outgoing"), server.rows(f"outgoingwebhooks {ALIVE}"))


def commands(server: Adopted) -> list[str]:
    """Every slash command that somebody made."""
    rows = server.rows(f"commands {ALIVE}")
    answers = chain.from_iterable(
        server.get("/commands", team_id=id_, custom_only="true") for id_ in {row["teamid"] for row in rows}
    )
    return differences(answers, rows)


def bots(server: Adopted) -> list[str]:
    """Every bot."""
    rows = server.rows("bots")
    return differences(server.pages("/bots", include_deleted="true"), rows, key="userid", hidden=["lasticonupdate"])

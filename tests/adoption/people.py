"""Teams, people and what is theirs, as the tables have them."""

from __future__ import annotations

from itertools import chain

from tests.adoption.wire import Adopted, differences


def teams(server: Adopted) -> list[str]:
    """Every team."""
    return differences(server.pages("/teams"), server.rows("teams"))


def team_members(server: Adopted) -> list[str]:
    """Every membership of every team."""
    ids = [team["id"] for team in server.rows("teams")]
    answers = chain.from_iterable(server.pages(f"/teams/{id_}/members") for id_ in ids)
    rows = server.rows("teammembers")
    return differences(answers, rows, key="teamid userid", hidden=["createat"], roles="explicit_roles")


def users(server: Adopted) -> list[str]:
    """Every account, but for its secrets and what only its own eyes see."""
    hidden = ["password", "lastpasswordupdate", "authdata", "mfasecret", "mfausedtimestamps", "lastlogin"]
    return differences(server.pages("/users"), server.rows("users"), hidden=hidden)


def roles(server: Adopted) -> list[str]:
    """Every role with what administrators made of it."""
    rows = [row | {"permissions": row["permissions"].split()} for row in server.rows("roles")]
    return differences(server.get("/roles"), rows)


def personal_tokens(server: Adopted) -> list[str]:
    """Every personal token, without its secret."""
    return differences(server.pages("/users/tokens"), server.rows("useraccesstokens"), hidden=["token"])


def preferences(server: Adopted) -> list[str]:
    """Every preference of everybody."""
    rows = server.rows("preferences")
    people = {row["userid"] for row in rows}
    answers = chain.from_iterable(server.get(f"/users/{id_}/preferences") for id_ in people)
    return differences(answers, rows, key="userid category name")


def statuses(server: Adopted) -> list[str]:
    """Whether somebody is away was last known by hand or by himself; times of activity move on with use."""
    rows = server.rows("status WHERE manual")
    answers = [server.get(f"/users/{row['userid']}/status") for row in rows]
    return differences(answers, rows, key="userid", hidden=["lastactivityat", "prevstatus", "dndendtime"])


def sidebar(server: Adopted) -> list[str]:
    """Every category of everybody's sidebar."""
    rows = server.rows("sidebarcategories")
    places = {(row["userid"], row["teamid"]) for row in rows}
    answers = [
        category
        for user_id, team_id in places
        for category in server.get(f"/users/{user_id}/teams/{team_id}/channels/categories")["categories"]
    ]
    return differences(answers, rows)

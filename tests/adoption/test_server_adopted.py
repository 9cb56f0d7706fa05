"""A server on what a v11.2 server left behind serves all of it, and nobody has to sign in again."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from mattermost_site.ids import keyed_digest
from tests.adoption.live import CONFIG, installation
from tests.adoption.subjects import SUBJECTS, Subject
from tests.adoption.wire import Adopted, differences
from tests.services import Server, server

TOKEN, ADMIN = "nrwig11ip3fp8xek7tcdazekfh", "o6noegc35ib55jz7ifyohzxjmh"
HELD_BY = {"j9aq497u6pgwiyu5chgd5nygeh": "ann.leowpjo", "8tc3fq1g9i8q3e3q9m3aycbf1y": "robo.nhcfiyy"}
TOKEN_OF_A_DEACTIVATED_ACCOUNT = "kqrjoyic5f8qum3qyxwmzpqn7r"
PASSWORD, ADMIN_PASSWORD = "Passw0rd-1234!", "Sys@dmin-sample1"

WITH_OLD_FORM = "ann.bdmcqzm"  # a bcrypt hash, as before version 11
LOGINS = {"sysadmin": ADMIN_PASSWORD, WITH_OLD_FORM: PASSWORD, "ann.nhcfiyy": PASSWORD, "boss.qkaeyig": PASSWORD}


@pytest.fixture(scope="module")
def served(left_behind: str) -> Iterator[Server]:
    """A server on an installation that was taken over, files and all."""
    with installation(left_behind, files=True) as copy:
        copy.adopt()
        with server(copy.env) as running:
            yield running


@pytest.fixture(scope="module")
def adopted(served: Server, left_behind: str) -> Iterator[Adopted]:
    """The same, asked with the token that the admin held before."""
    with httpx.Client(base_url=f"{served.url}/api/v4", headers=bearer(TOKEN), timeout=30) as client:
        yield Adopted(client, left_behind)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def me(served: Server, token: str) -> httpx.Response:
    return httpx.get(f"{served.url}/api/v4/users/me", headers=bearer(token))


def log_in(served: Server, name: str, password: str) -> httpx.Response:
    return httpx.post(f"{served.url}/api/v4/users/login", json={"login_id": name, "password": password}, timeout=30)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.name)
def test_it_serves_what_the_tables_hold(adopted: Adopted, subject: Subject) -> None:
    assert subject.check(adopted) == []


def test_it_goes_on_with_the_session_that_the_admin_has(served: Server) -> None:
    assert me(served, TOKEN).json()["id"] == ADMIN


@pytest.mark.parametrize(("token", "name"), HELD_BY.items())
def test_it_goes_on_with_personal_tokens(served: Server, token: str, name: str) -> None:
    assert me(served, token).json()["username"] == name


def test_it_keeps_out_whom_the_other_server_kept_out(served: Server) -> None:
    assert me(served, TOKEN_OF_A_DEACTIVATED_ACCOUNT).status_code == 401


def test_it_takes_no_stored_digest_for_a_token(served: Server) -> None:
    key = json.loads(CONFIG.read_text())["SqlSettings"]["AtRestEncryptKey"]
    assert me(served, keyed_digest(key, TOKEN)).status_code == 401


@pytest.mark.parametrize(("name", "password"), LOGINS.items())
def test_it_knows_passwords_in_both_stored_forms(served: Server, name: str, password: str) -> None:
    assert log_in(served, name, password).json()["username"] == name


@pytest.mark.parametrize("name", ["ann.nhcfiyy", WITH_OLD_FORM])
def test_it_refuses_a_wrong_password_in_both_stored_forms(served: Server, name: str) -> None:
    assert log_in(served, name, ADMIN_PASSWORD).status_code == 401


def test_it_shows_authors_what_their_posts_said_before(served: Server, adopted: Adopted) -> None:
    out = []
    for post in adopted.rows("posts WHERE deleteat = 0 AND id IN (SELECT originalid FROM posts)"):
        (author,) = adopted.rows(f"users WHERE id = '{post['userid']}'")
        token = log_in(served, author["username"], PASSWORD).headers["Token"]
        answer = httpx.get(f"{served.url}/api/v4/posts/{post['id']}/edit_history", headers=bearer(token))
        kept = adopted.rows(f"posts WHERE originalid = '{post['id']}'")
        out += differences(answer.json(), kept, hidden=["filenames"])
    assert out == []


def test_it_is_the_installation_that_it_was(adopted: Adopted) -> None:
    facts = {row["name"]: row["value"] for row in adopted.rows("systems")}
    client_config = adopted.get("/config/client", format="old")
    assert {name: client_config[name] for name in ("DiagnosticId", "InstallationDate")} == {
        name: facts[name] for name in ("DiagnosticId", "InstallationDate")
    }

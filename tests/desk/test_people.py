"""Coming in: tokens, accounts, sessions, invitations; and those who should not."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.testclient import TestClient

from isnad.archive import Archive
from isnad.desk.auth.store import Accounts
from isnad.desk.desk import Desk
from isnad.desk.settings import Settings
from isnad.errors import UsageError

from .conftest import BASE, PASSWORD, Open, desk_of, signed_in

API = "/api/v1"


def other(client: TestClient, base: str = BASE) -> TestClient:
    """Another browser on the same desk."""
    made = TestClient(client.app, base_url=base, raise_server_exceptions=False)
    made.headers["origin"] = base
    return made


def test_the_printed_address_lets_in_once_and_leaves_no_token_behind(open_desk: Open) -> None:
    client = open_desk()
    assert client.get(f"{API}/incidents").status_code == 401
    assert client.get("/enter?token=wrong").status_code == 403
    got = client.get(f"/enter?token={desk_of(client).token}", follow_redirects=False)
    assert got.status_code == 303 and got.headers["location"] == "/"
    cookie = got.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    assert desk_of(client).token not in cookie
    assert client.get(f"{API}/incidents").status_code == 200
    client.headers["origin"] = BASE
    assert client.delete(f"{API}/session").status_code == 204
    assert client.get(f"{API}/incidents").status_code == 401


def test_the_token_serves_programs(open_desk: Open) -> None:
    client = open_desk()
    token = desk_of(client).token
    assert (
        client.get(f"{API}/state", headers={"authorization": f"Bearer {token}"}).status_code == 200
    )
    for bad in ("Bearer", "Bearer wrong", f"Basic {token}", "Bearer " + "x" * 500):
        assert client.get(f"{API}/state", headers={"authorization": bad}).status_code == 401


def test_sign_in_gives_a_new_session_and_a_planted_one_is_worth_nothing(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    signed_in(client, "coder", "Samira")
    victim = other(client)
    victim.cookies.set("isnad_session", "planted-by-somebody", domain="127.0.0.1")
    got = victim.post(f"{API}/session", json={"name": "  samira ", "password": PASSWORD})
    assert got.status_code == 201
    assert "planted" not in got.headers["set-cookie"]
    attacker = other(client)
    attacker.cookies.set("isnad_session", "planted-by-somebody", domain="127.0.0.1")
    assert attacker.get(f"{API}/incidents").status_code == 401
    first = victim.cookies["isnad_session"]
    victim.post(f"{API}/session", json={"name": "Samira", "password": PASSWORD})
    attacker.cookies.clear()
    attacker.cookies.set("isnad_session", first, domain="127.0.0.1")
    assert attacker.get(f"{API}/incidents").status_code == 401, "the session before has ended"


def test_guessing_is_slow_and_says_nothing(open_desk: Open) -> None:
    client = other(open_desk(accounts=True))
    answers = [
        client.post(f"{API}/session", json={"name": n, "password": "a wrong password"})
        for n in ("nobody", "somebody", *["nobody"] * 12)
    ]
    assert {a.json()["error"]["message"] for a in answers[:2]} == {"name and password do not fit"}
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0


def test_roles_and_closed_accounts_count_at_once(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    admin, coder = signed_in(client, "admin", "boss"), signed_in(client, "coder", "one")
    people = {a["name"]: a["id"] for a in admin.get(f"{API}/accounts").json()["items"]}
    assert (
        admin.patch(f"{API}/accounts/{people['one']}", json={"role": "viewer"}).status_code == 200
    )
    assert coder.get(f"{API}/state").status_code == 401, "sessions of the old role end"
    assert (
        admin.patch(f"{API}/accounts/{people['boss']}", json={"role": "viewer"}).status_code == 422
    )
    assert (
        admin.patch(f"{API}/accounts/{people['boss']}", json={"disabled": True}).status_code == 422
    )
    assert admin.patch(f"{API}/accounts/none", json={"disabled": True}).status_code == 404
    assert admin.patch(f"{API}/accounts/{people['one']}", json={"role": "god"}).status_code == 422


def test_an_invitation_is_good_once_and_for_a_while(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    admin = signed_in(client, "admin", "boss")
    made = admin.post(f"{API}/invitations", json={"role": "coder", "note": "for Omar"}).json()
    link = made["link"].replace("/invite/", f"{API}/invitations/")
    guest = other(client)
    assert guest.get(link).json()["role"] == "coder"
    assert guest.post(link, json={"name": "boss ", "password": PASSWORD}).status_code == 422
    assert guest.post(link, json={"name": "Omar", "password": "short"}).status_code == 422
    assert guest.post(link, json={"name": "Omar", "password": PASSWORD}).status_code == 201
    assert guest.get(f"{API}/session").json()["role"] == "coder"
    assert guest.post(link, json={"name": "Eve", "password": PASSWORD}).status_code == 404
    late = admin.post(f"{API}/invitations", json={"role": "viewer"}).json()["link"]
    desk = desk_of(client)
    clock = desk.clock
    desk.clock = lambda: clock() + dt.timedelta(days=4)
    assert other(client).get(late.replace("/invite/", f"{API}/invitations/")).status_code == 404
    desk.clock = clock
    (waiting,) = admin.get(f"{API}/invitations").json()["items"]
    assert (
        "link" not in waiting
        and admin.delete(f"{API}/invitations/{waiting['id']}").status_code == 204
    )


def test_a_reset_ends_every_session_and_audit_tells_of_it(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    admin, coder = signed_in(client, "admin", "boss"), signed_in(client, "coder", "one")
    ident = next(
        a["id"] for a in admin.get(f"{API}/accounts").json()["items"] if a["name"] == "one"
    )
    link = admin.post(f"{API}/accounts/{ident}/reset").json()["link"]
    guest, path = other(client), link.replace("/reset/", f"{API}/resets/")
    assert guest.post(path, json={"password": "another long one"}).status_code == 204
    assert guest.post(path, json={"password": "another long one"}).status_code == 404
    assert coder.get(f"{API}/state").status_code == 401
    body = {"name": "one", "password": "another long one"}
    assert guest.post(f"{API}/session", json=body).status_code == 201
    done = guest.post(f"{API}/password", json={"old": "another long one", "new": PASSWORD + "!"})
    assert done.status_code == 204 and guest.get(f"{API}/state").status_code == 200
    what = [a["what"] for a in admin.get(f"{API}/audit").json()["items"]]
    for each in ("password reset", "password reset made", "signed in", "password changed"):
        assert each in what
    text = admin.get(f"{API}/audit?limit=200").text
    assert PASSWORD not in text and link.rpartition("/")[2] not in text


def test_tokens_of_programs_have_their_owners_role_and_end(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    viewer = signed_in(client, "viewer", "one")
    token = viewer.post(f"{API}/tokens", json={"label": "script"}).json()["token"]
    program = TestClient(client.app, base_url=BASE, headers={"authorization": f"Bearer {token}"})
    assert program.get(f"{API}/session").json()["role"] == "viewer"
    assert (
        program.post(f"{API}/decisions/preview", json={"query": "", "kind": "accept"}).status_code
        == 403
    )
    assert program.post(f"{API}/tokens", json={"label": "more"}).status_code == 403
    thief = other(client)
    thief.cookies.set("isnad_session", token, domain="127.0.0.1")
    assert thief.get(f"{API}/state").status_code == 401, "a token is no cookie"
    (kept,) = viewer.get(f"{API}/tokens").json()["items"]
    assert viewer.delete(f"{API}/tokens/{kept['id']}").status_code == 204
    assert program.get(f"{API}/state").status_code == 401


def test_secrets_are_kept_as_hashes(open_desk: Open, archive: Archive) -> None:
    client = open_desk(accounts=True)
    person = signed_in(client, "admin", "boss")
    link = person.post(f"{API}/invitations", json={"role": "viewer"}).json()["link"]
    token = person.post(f"{API}/tokens", json={"label": "x"}).json()["token"]
    with archive.engine.connect() as c:
        rows = [str(r) for t in ("account", "session", "invitation", "audit")
                for r in c.exec_driver_sql(f"SELECT * FROM {t}")]  # fmt: skip
    kept = "\n".join(rows)
    assert "$argon2id$" in kept
    for secret in (PASSWORD, token, link.rpartition("/")[2], person.cookies["isnad_session"]):
        assert secret not in kept


def test_a_session_ends_by_itself(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    person = signed_in(client, "viewer")
    desk = desk_of(client)
    clock = desk.clock
    assert person.get(f"{API}/state").status_code == 200
    desk.clock = lambda: clock() + dt.timedelta(hours=13)
    assert person.get(f"{API}/state").status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "desk.example.org"])
def test_others_are_not_let_near_without_accounts(host: str) -> None:
    for settings in (Settings(host=host), Settings(host=host, accounts=True)):
        with pytest.raises(UsageError, match="account"):
            settings.checked(people=False)
    assert Settings(host=host, accounts=True).checked(people=True)
    assert Settings().checked(people=False)


def test_many_requests_are_too_many(archive: Archive) -> None:
    from isnad.desk.app import create_app

    desk = Desk(archive, Settings(port=8000))
    with TestClient(create_app(desk, per_minute=20), base_url=BASE) as client:
        got = [client.get(f"{API}/session").status_code for _ in range(40)]
        assert got[0] == 200 and got[-1] == 429
        assert client.get(f"{API}/health").status_code == 200


def test_names_that_look_alike_are_one(archive: Archive) -> None:
    accounts, now = Accounts(archive), dt.datetime.now(dt.UTC)
    accounts.add("Ali", PASSWORD, "admin", by="t", now=now)
    from isnad.desk.errors import DeskError

    for name in ("ali", " ALI ", "\uff21li", "a\u202eb", "", "x" * 100):
        with pytest.raises(DeskError):
            accounts.add(name, PASSWORD, "viewer", by="t", now=now)

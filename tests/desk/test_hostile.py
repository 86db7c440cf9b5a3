"""What comes from outside, by HTTP: text stays text, and no other site's page gets anything done."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from isnad.desk.answers import attached, cell
from isnad.desk.routes.pages import STATIC
from isnad.desk.settings import Settings, origin_of
from isnad.desk.views.text import Units, followable

from .conftest import BASE, Open, desk_of, signed_in
from .test_overview import every
from .test_roles import ROUTES

API = "/api/v1"


@pytest.mark.parametrize("route", sorted(r for r in ROUTES if r.startswith("GET")))
def test_no_answer_is_a_page_that_a_browser_would_run(reader: TestClient, route: str) -> None:
    path = route.partition(" ")[2].replace("{path}", "assets/x").replace("{n}", "0")
    for name in ("ident", "secret", "field", "name"):
        path = path.replace(f"{{{name}}}", "%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    got = reader.get(path, follow_redirects=False)
    kind = got.headers.get("content-type", "")
    assert not kind.startswith(("text/html", "image/svg", "application/xhtml", "text/xml")), kind
    assert got.headers["x-content-type-options"] == "nosniff"
    rules = got.headers["content-security-policy"]
    assert "sandbox" in rules or (
        "default-src 'none'" in rules and "frame-ancestors 'none'" in rules
    )
    assert "unsafe" not in rules and "*" not in rules
    assert got.headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in got.headers


def test_hostile_reports_come_out_as_they_are_and_only_in_json(reader: TestClient) -> None:
    found = every(reader, "reports")
    bad = [r for r in found if r["given"] in ("hostile-1", "../../etc/passwd")]
    assert len(bad) == 2 and not any(r["url_safe"] for r in bad)
    for head in bad:
        got = reader.get(f"{API}/reports/{head['id']}")
        assert got.headers["content-type"] == "application/json"
        assert "<script>" in got.json()["text"] and got.json()["claims"]


def test_cells_that_a_spreadsheet_would_run_are_defused(reader: TestClient) -> None:
    for address in ("/incidents.csv", "/search.csv", "/outlets.csv", "/incidents.csv?excel=1"):
        got = reader.get(address)
        assert got.headers["content-type"].startswith("text/csv")
        assert re.fullmatch(
            r'attachment; filename="[a-z]+\.csv"', got.headers["content-disposition"]
        )
        rows = list(csv.reader(io.StringIO(got.text.removeprefix("\ufeff"))))
        assert len(rows) > 2 and len({len(r) for r in rows}) == 1
        for value in (v for row in rows[1:] for v in row):
            number = re.fullmatch(r"-?[0-9.]+", value)
            start = re.sub("^[\u200e-\u202e\u2066-\u2069\ufeff\\s]+", "", value)
            assert number or start[:1] not in set("=+-@|%＝＋－＠"), value


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_no_text_begins_a_cell_with_a_formula(text: str) -> None:
    made = str(cell(text))
    assert made == text or made == "'" + text
    assert made[:1] not in set("=+-@\t\r\n|%＝＋－＠")


@given(st.text(max_size=60))
def test_names_of_downloads_are_plain(name: str) -> None:
    value = attached(name)["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9_\-.]{1,100}"', value)
    assert ".." not in value.replace("...", "") or "/" not in value


@pytest.mark.parametrize(
    "path",
    ["../conftest.py", "..%2f..%2fapp.py", "%2e%2e/app.py", "....//app.py", "/etc/passwd",
     "//etc/passwd", "..\\app.py", "%00", "assets/../../app.py", "assets/%2e%2e/%2e%2e/app.py",
     ".git/config", "static/../../desk.py"],
)  # fmt: skip
def test_nothing_outside_the_built_pages_is_served(reader: TestClient, path: str) -> None:
    got = reader.get(f"/{path}", follow_redirects=False)
    assert "import" not in got.text and "root:" not in got.text
    index = STATIC / "index.html"
    assert got.status_code == 404 or got.text == index.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "address",
    ["/enter?token=x&next=//evil.example", "//evil.example/%2e%2e", "/\\evil.example",
     "/%2f%2fevil.example", "/?next=https://evil.example", "/incidents/", "//evil.example"],
)  # fmt: skip
def test_no_address_leads_to_another_site(client: TestClient, address: str) -> None:
    token = desk_of(client).token
    for path in (address, address.replace("token=x", f"token={token}")):
        got = client.get(BASE + path, follow_redirects=False)
        assert got.headers.get("location", "/") in ("/", None)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1:9999", "127.0.0.1.evil.example", "",
             "localhost.evil.example:8000", "[::1", "a b", "127.0.0.1:8000@evil.example"],
)  # fmt: skip
def test_another_hosts_name_is_refused(client: TestClient, host: str) -> None:
    """Another name that leads to this machine (DNS rebinding) must not reach the desk."""
    got = client.get(f"{API}/state", headers={"host": host})
    assert got.status_code in (400, 421), got.text
    assert "incidents" not in got.text


def test_names_that_were_given_are_known(open_desk: Open) -> None:
    client = open_desk(names=("desk.example.org",), secure=True, accounts=True)
    got = client.get(f"{API}/session", headers={"host": "desk.example.org"})
    assert got.status_code == 200 and "strict-transport-security" in got.headers


def test_no_other_sites_page_gets_anything_done(open_desk: Open) -> None:
    client = open_desk(accounts=True)
    person = signed_in(client, "admin", "boss")
    body = {"role": "admin", "note": "planted"}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:8001", "https://127.0.0.1:8000",
                   "http://127.0.0.1:8000.evil.example", ""):  # fmt: skip
        got = person.post(f"{API}/invitations", json=body, headers={"origin": origin})
        assert got.status_code == 403 and got.json()["error"]["code"] == "E707", origin
    del person.headers["origin"]
    assert person.post(f"{API}/invitations", json=body).status_code == 403
    person.headers["origin"] = BASE
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        got = person.post(
            f"{API}/invitations", content='{"role":"admin"}', headers={"content-type": kind}
        )
        assert got.status_code == 415, kind
    crossed = {"sec-fetch-site": "cross-site"}
    assert person.post(f"{API}/invitations", json=body, headers=crossed).status_code == 403
    assert person.get(f"{API}/invitations").json()["items"] == []
    assert person.post(f"{API}/invitations", json=body).status_code == 201
    stranger = TestClient(client.app, base_url=BASE, headers={"origin": "https://evil.example"})
    got = stranger.post(f"{API}/session", json={"name": "boss", "password": "x"})
    assert got.status_code == 403, "nobody is signed in from elsewhere"


def test_large_and_broken_bodies_are_refused(client: TestClient) -> None:
    big = b'{"about":"' + b"x" * (1 << 20) + b'"}'
    kind = {"content-type": "application/json"}
    assert client.post(f"{API}/comments", content=big, headers=kind).status_code == 413
    chunks = (b"x" * 65_536 for _ in range(40))
    assert client.post(f"{API}/comments", content=chunks, headers=kind).status_code in (400, 413)
    for broken in (b"{", b"[]", b"nul", b'{"about": NaN}', b"\xff\xfe", b'{"about":"\\ud800"}',
                   b'{"a":' * 2000):  # fmt: skip
        got = client.post(f"{API}/comments", content=broken, headers=kind)
        assert got.status_code in (400, 422), broken[:20]
        assert got.json()["error"]["code"] == "E701"


def test_comments_and_names_are_only_ever_text(client: TestClient) -> None:
    evil = "<img src=x onerror=alert(1)>\u202e javascript:alert(1)"
    about = f"report:{client.get(f'{API}/reports?limit=1').json()['items'][0]['id']}"
    client.post(f"{API}/comments", json={"about": about, "text": evil})
    got = client.get(f"{API}/comments?about={about}")
    assert got.headers["content-type"] == "application/json"
    assert got.json()["items"][0]["text"] == evil
    kept = client.post(f"{API}/searches", json={"name": evil + "\x0b", "query": "status=happened"})
    feed = client.get(kept.json()["feed"])
    root = ElementTree.fromstring(feed.content)
    assert root.findtext("{http://www.w3.org/2005/Atom}title") == evil
    for link in root.iter("{http://www.w3.org/2005/Atom}link"):
        assert link.get("href", "").startswith(BASE)


def test_raw_copies_are_downloads_in_a_sandbox(reader: TestClient) -> None:
    heads = every(reader, "reports")
    raws = [r for h in heads if h["version"] > 1
            for r in reader.get(f"{API}/reports/{h['id']}").json()["raw"]]  # fmt: skip
    assert raws
    got = reader.get(raws[0]["href"])
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-security-policy"] == "sandbox"
    assert got.headers["content-disposition"].startswith("attachment")
    assert len(got.content) == raws[0]["bytes"]


@pytest.mark.parametrize("url,safe", [
    ("https://example.org/a", True), ("http://example.org", True), ("javascript:alert(1)", False),
    ("JAVASCRIPT:alert(1)", False), ("data:text/html,x", False), ("https://user@evil.example", False),
    (" https://example.org", False), ("https://exa\u202emple.org", False), ("//example.org", False),
    ("https://", False), ("ftp://example.org", False), ("java\nscript:alert(1)", False), (None, False),
    ("https://[::1", False),
])  # fmt: skip
def test_only_plain_addresses_become_links(url: str | None, safe: bool) -> None:
    assert followable(url) is safe


@given(st.text(max_size=30), st.data())
def test_units_lead_there_and_back(text: str, data: st.DataObject) -> None:
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    units = Units(text)
    start, end = units.utf16((a, b))
    packed = text.encode("utf-16-le", "surrogatepass")
    assert packed[2 * start : 2 * end] == text[a:b].encode("utf-16-le", "surrogatepass")
    assert units.points((start, end)) == (a, b)


@pytest.mark.parametrize("url,origin", [
    ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
    ("https://{s}.tiles.example.org:8443/a", "https://*.tiles.example.org:8443"),
    ("https://a;script-src *", None), ("javascript:x", None), ("https://", None), ("https://a b/", None),
])  # fmt: skip
def test_tiles_open_the_policy_for_their_origin_alone(url: str, origin: str | None) -> None:
    assert origin_of(url) == origin
    if origin is None:
        with pytest.raises(Exception, match="address"):
            Settings(tiles=url).checked(people=False)

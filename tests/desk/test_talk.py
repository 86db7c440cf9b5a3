"""Comments, kept searches, feeds, snapshots; and what goes when a report has to go."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from xml.etree import ElementTree

from starlette.testclient import TestClient

from isnad.archive import Archive
from isnad.archive.backup import backup
from isnad.archive.verify import verify

from .conftest import BASE, Open, desk_of, signed_in

API = "/api/v1"


def test_comments_are_written_edited_and_withdrawn_and_nothing_is_lost(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two, lead, viewer = (signed_in(base, r, n) for r, n in
        (("coder", "one"), ("coder", "two"), ("lead", "three"), ("viewer", "four")))  # fmt: skip
    about = f"incident:{one.get(f'{API}/incidents?limit=1').json()['items'][0]['id']}"
    made = one.post(f"{API}/comments", json={"about": about, "text": "  <b>نص</b>  "})
    assert made.status_code == 201 and made.json()["text"] == "<b>نص</b>"
    ident = made.json()["id"]
    reply = two.post(f"{API}/comments", json={"about": about, "text": "yes", "reply_to": ident})
    assert reply.status_code == 201
    assert [c["by"] for c in viewer.get(f"{API}/comments?about={about}").json()["items"]] == [
        "one",
        "two",
    ]
    assert one.get(f"{API}/incidents?limit=1").json()["items"][0]["comments"] == 2
    change = {"text": "another", "version": 1}
    assert two.patch(f"{API}/comments/{ident}", json=change).status_code == 403
    assert viewer.post(f"{API}/comments", json={"about": about, "text": "x"}).status_code == 403
    assert one.patch(f"{API}/comments/{ident}", json=change).json()["version"] == 2
    clash = one.patch(f"{API}/comments/{ident}", json={"text": "third", "version": 1})
    assert clash.status_code == 409
    assert clash.json()["error"]["current"]["text"] == "another"
    assert clash.json()["error"]["yours"]["text"] == "third"
    assert two.delete(f"{API}/comments/{ident}").status_code == 403
    assert lead.delete(f"{API}/comments/{ident}").json()["withdrawn"] is True
    shown = viewer.get(f"{API}/comments?about={about}").json()["items"]
    assert shown[0]["text"] is None and shown[1]["text"] == "yes"
    for text in ("", "   ", "x" * 10_001, "a\0b"):
        got = one.post(f"{API}/comments", json={"about": about, "text": text})
        assert got.status_code == 422, text[:5]
    assert (
        one.post(f"{API}/comments", json={"about": "incident:no", "text": "x"}).status_code == 404
    )


def test_a_comment_stays_with_its_event_when_incidents_are_joined(client: TestClient) -> None:
    rows = client.get(f"{API}/incidents?tellings=2&limit=2").json()["items"]
    for row in rows:
        client.post(f"{API}/comments", json={"about": f"incident:{row['id']}", "text": row["id"]})
    claims = [client.get(f"{API}/incidents/{r['id']}").json()["tellings"][0] for r in rows]
    body = {"kind": "same", "claims": [c["claim"] for c in claims],
            "seen": {c["claim"]: c["version"] for c in claims}}  # fmt: skip
    (joined,) = client.post(f"{API}/decisions", json=body).json()["incidents"]
    texts = [
        c["text"] for c in client.get(f"{API}/comments?about=incident:{joined}").json()["items"]
    ]
    assert sorted(texts) == sorted(r["id"] for r in rows)


def test_a_kept_search_tells_what_is_new(client: TestClient, archive: Archive) -> None:
    import isnad
    from isnad.model import Report

    body = {"name": "قصف سرمين", "query": "?type=shelling&q=سرمين&zoom=5", "alert": True}
    kept = client.post(f"{API}/searches", json=body).json()
    assert kept["new"] == 0 and kept["count"] > 0 and "zoom" not in kept["query"]
    text = "قتل تسعة مدنيين بقصف مدفعي على بلدة سرمين يوم 3 أيار 2031، بحسب وكالة الميناء."
    archive.add(Report(text=text, id="new", publisher="وكالة الميناء"), isnad.read, "test")
    desk_of(client).world.refresh()
    got = client.get(f"{API}/alerts").json()
    assert got["new"] == 1 and got["searches"][0]["id"] == kept["id"]
    feed = client.get(kept["feed"])
    root = ElementTree.fromstring(feed.content)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert root.findtext("{http://www.w3.org/2005/Atom}title") == "قصف سرمين"
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == got["searches"][0]["count"]
    assert client.post(f"{API}/searches/{kept['id']}/seen").json()["new"] == 0
    assert client.get(f"{API}/alerts").json()["new"] == 0
    changed = client.patch(f"{API}/searches/{kept['id']}", json={"name": "other"}).json()
    assert changed["name"] == "other" and changed["query"] == kept["query"]
    assert client.post(f"{API}/searches", json={**body, "query": "tpye=x"}).status_code == 422
    assert client.delete(f"{API}/searches/{kept['id']}").status_code == 204
    assert client.get(kept["feed"]).status_code == 404


def test_a_search_is_its_owners_and_its_feed_ends_with_the_account(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two, admin = (signed_in(base, r, n) for r, n in
                       (("viewer", "one"), ("viewer", "two"), ("admin", "boss")))  # fmt: skip
    kept = one.post(f"{API}/searches", json={"name": "x", "query": "type=shelling"}).json()
    assert two.get(f"{API}/searches").json()["items"] == []
    for got in (two.patch(f"{API}/searches/{kept['id']}", json={"name": "y"}),
                two.delete(f"{API}/searches/{kept['id']}"),
                two.post(f"{API}/searches/{kept['id']}/seen")):  # fmt: skip
        assert got.status_code == 404
    assert base.get(kept["feed"]).status_code == 200, "readers of feeds send no cookie"
    ident = next(
        a["id"] for a in admin.get(f"{API}/accounts").json()["items"] if a["name"] == "one"
    )
    admin.patch(f"{API}/accounts/{ident}", json={"disabled": True})
    assert base.get(kept["feed"]).status_code == 404


def test_a_snapshot_stays_as_it_was_and_can_be_cited(client: TestClient, archive: Archive) -> None:
    body = {"title": "Shelling", "query": "type=shelling", "note": "for a paper"}
    made = client.post(f"{API}/snapshots", json=body).json()
    before = client.get(f"{API}/snapshots/{made['id']}/file.json").content
    assert hashlib.sha256(before).hexdigest() == made["sha256"]
    assert made["sha256"] in made["cite"]["en"] and made["id"] in made["cite"]["ar"]
    entry = list(archive.journal())[-1]
    assert (entry.action, entry.subject, entry.data["sha256"]) == (
        "freeze",
        made["id"],
        made["sha256"],
    )
    row = json.loads(before.splitlines()[0])
    telling = client.get(f"{API}/incidents/{row['id']}").json()["tellings"][0]
    client.post(f"{API}/decisions", json={
        "kind": "fix", "slot": "status", "value": "denied", "claims": [telling["claim"]],
        "seen": {telling["claim"]: telling["version"]},
    })  # fmt: skip
    assert client.get(f"{API}/snapshots/{made['id']}/file.json").content == before
    page = client.get(f"{API}/snapshots/{made['id']}?limit=3").json()
    assert len(page["items"]) == 3 and page["total"] == made["count"] and page["next"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/snapshot/{made['id']}.csv").text)))
    assert len(rows) == made["count"] and {r["type"] for r in rows} == {"shelling"}
    assert list(verify(archive)) == []


def test_what_has_to_go_goes_from_all_that_people_made_of_it(
    client: TestClient, archive: Archive, tmp_path: object
) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    row = client.get(f"{API}/incidents?type=shelling&tellings=3&limit=1").json()["items"][0]
    telling = client.get(f"{API}/incidents/{row['id']}").json()["tellings"][0]
    secret = "name of a person"
    for about in (f"report:{telling['report']}", f"claim:{telling['claim']}"):
        client.post(f"{API}/comments", json={"about": about, "text": secret})
    made = client.post(f"{API}/snapshots", json={"title": "x", "query": "type=shelling"}).json()
    archive.remove(telling["report"], why="asked for")
    desk_of(client).world.refresh()
    assert client.get(f"{API}/reports/{telling['report']}").status_code == 404
    shown = client.get(f"{API}/snapshots/{made['id']}").json()
    assert shown["removed"] == 1 and not shown["verifies"]
    assert telling["report"] not in client.get(f"{API}/snapshots/{made['id']}/file.json").text
    assert secret not in (tmp_path / "desk.isnad").read_bytes().decode("utf-8", "replace")
    copy = tmp_path / "copy.isnad"
    backup(archive, copy)
    with Archive.open(str(copy)) as other:
        assert list(verify(other)) == []


def test_the_reading_room_and_knowledge_in_both_languages(reader: TestClient) -> None:
    room = reader.get(f"{API}/room").json()
    assert (
        len(room["latest"]) == 10 and room["most_disputed"] and room["outlets"] and room["places"]
    )
    for part in (*room["topics"], *room["categories"]):
        assert part["ar"] and part["en"] and part["latest"]
        assert reader.get(f"{API}/incidents?{part['query']}").json()["total"] == part["count"]
    book = reader.get(f"{API}/codebook").json()
    assert all(f["ar"]["text"] and f["en"]["text"] for f in book["fields"])
    assert reader.get(f"{API}/codebook/place").json()["en"]["label"] == "Place"
    actors = reader.get(f"{API}/actors").json()
    one = reader.get(f"{API}/actors/{actors['items'][0]['id']}").json()
    assert one["counts"]["actor"] == actors["items"][0]["incidents"]
    outlets = reader.get(f"{API}/outlets?limit=200").json()["items"]
    for found in outlets[:3]:
        got = reader.get(f"{API}/outlets/{found['name']}").json()
        assert got["incidents"] == found["incidents"] and got["quotes"]
    place = reader.get(f"{API}/places").json()["items"][0]
    assert reader.get(f"{API}/places/{place['id']}").json()["incidents"] == place["incidents"]
    assert reader.get(f"{API}/sources").json()["outlets"] >= len(outlets)
    assert reader.get(f"{API}/review/progress").json()["states"]["open"] > 0


def test_what_is_read_is_counted(client: TestClient, archive: Archive) -> None:
    ident = client.get(f"{API}/incidents?limit=1&sort=oldest").json()["items"][0]["id"]
    for _ in range(3):
        client.get(f"{API}/incidents/{ident}")
    top = client.get(f"{API}/incidents?sort=read&limit=1").json()["items"][0]
    assert (top["id"], top["read"]) == (ident, 3)
    assert client.get(f"{API}/room").json()["most_read"][0]["id"] == ident
    desk = desk_of(client)
    desk.visits.flush(desk.today)
    from isnad.desk.visits import Visits

    assert Visits(archive).count(desk.full_view().get(ident).anchor) == 3  # type: ignore[union-attr]


def test_search_marks_what_it_found(reader: TestClient) -> None:
    got = reader.get(f"{API}/search", params={"q": "للدفاع المدني"}).json()
    hit = got["items"][0]
    units = hit["snippet"]["text"].encode("utf-16-le")
    words = [units[2 * a : 2 * b].decode("utf-16-le") for a, b in hit["snippet"]["marks"]]
    assert any("دفاع" in w for w in words)
    exact = reader.get(f"{API}/search", params={"q": "الدفاع المدني", "exact": "1"}).json()
    assert 0 < exact["total"] <= reader.get(f"{API}/search?q=الدفاع المدني").json()["total"]
    assert BASE not in str(got)

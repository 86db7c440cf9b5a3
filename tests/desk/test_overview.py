"""Lists, maps, timelines, facets and plots of one selection."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import TimeoutError as QueuePoolTimeout
from starlette.testclient import TestClient

from isnad.archive import Archive
from isnad.cli import cli
from isnad.incidents import Index
from isnad.incidents.figures import ranges
from tests.desk.conftest import desk_of

API = "/api/v1"


def every(reader: TestClient, address: str) -> list[dict[str, Any]]:
    """All pages of a list."""
    out, cursor = [], None
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        got = reader.get(f"{API}/{address}{'&' if '?' in address else '?'}limit=37{more}").json()
        out += got["items"]
        cursor = got["next"]
        if cursor is None:
            assert len(out) == got["total"]
            return out


def test_incidents_are_those_of_the_command_line(reader: TestClient, demo: Path) -> None:
    rows = {r["id"]: r for r in every(reader, "incidents")}
    with Archive.open(str(demo)) as archive:
        expected = {i.id: i for i in Index(archive.tellings()).incidents()}
    assert rows.keys() == expected.keys()
    for ident, row in rows.items():
        assert row["type"] == expected[ident].type
        assert row["tellings"] == len(expected[ident].tellings)
        if not row["copies"]:
            assert row["figures"] == [r._asdict() for r in ranges(expected[ident])]


def test_a_filter_gives_what_the_facet_counted(reader: TestClient) -> None:
    facets = reader.get(f"{API}/facets").json()["facets"]
    for name in ("type", "actor", "outlet", "origin", "topic", "country", "place", "disputed"):
        assert facets[name], name
        for value in facets[name][:3]:
            got = reader.get(f"{API}/incidents", params={name: value["id"]}).json()
            assert got["total"] == value["count"], (name, value)


def test_alternatives_of_one_filter_add_up_and_filters_narrow(reader: TestClient) -> None:
    def total(query: str) -> int:
        return int(reader.get(f"{API}/incidents?{query}").json()["total"])

    one, two = total("type=shelling"), total("type=air_strike")
    assert one and two and total("type=shelling&type=air_strike") == one + two
    assert total("type=shelling&status=denied") <= one
    facets = reader.get(f"{API}/facets?type=shelling").json()["facets"]["type"]
    assert {f["id"] for f in facets} > {"shelling"}, "a facet is counted without its own filter"


@pytest.mark.parametrize(
    "query,holds",
    [
        ("low=5", lambda r: best(r, "killed") >= 5),
        ("outcome=wounded&low=3&high=9", lambda r: 3 <= best(r, "wounded") <= 9),
        ("radius=4", lambda r: r["place"]["radius_km"] <= 4),
        ("box=36,35,38,37", lambda r: 35 <= r["place"]["lat"] <= 37 and 36 <= r["place"]["lon"] <= 38),
        ("from=2031-04-01&to=2031-05-01", lambda r: r["time"]["earliest"] <= "2031-05-01"
         and r["time"]["latest"] >= "2031-04-01"),
        ("tellings=4", lambda r: r["tellings"] >= 4),
        ("origins=3", lambda r: r["origins"] >= 3),
        ("days=1", lambda r: r["time"]["precision"] == "day"),
        ("undated=1", lambda r: r["time"] is None or r["time"]["precision"] is None),
        ("unplaced=1", lambda r: r["place"] is None or r["place"]["lat"] is None),
        ("disputed=toll", lambda r: "toll" in r["disputed"]),
    ],
)  # fmt: skip
def test_filters_hold_of_every_row_and_of_no_other(
    reader: TestClient, query: str, holds: Any
) -> None:
    def fits(row: dict[str, Any]) -> bool:
        try:
            return bool(holds(row))
        except TypeError:  # no place, no time
            return False

    found = {r["id"] for r in every(reader, f"incidents?{query}")}
    assert found == {r["id"] for r in every(reader, "incidents") if fits(r)}
    assert found


def best(row: dict[str, Any], outcome: str) -> int:
    return next((f["best"] or -1 for f in row["figures"] if f["outcome"] == outcome), -1)


def test_words_find_incidents_however_they_are_spelt(reader: TestClient) -> None:
    def ids(**query: str) -> set[str]:
        return {r["id"] for r in reader.get(f"{API}/incidents", params=query).json()["items"]}

    assert ids(q="سرمين") and ids(q="سرمين") == ids(q="سَرمين")
    assert not ids(q="لا وجود لهذه الكلمة")
    assert ids(q="إدلب") == ids(q="ادلب")


@pytest.mark.parametrize("sort", ["newest", "oldest", "published", "added", "deaths", "tellings",
                                  "disputed", "read", "uncertain"])  # fmt: skip
def test_every_order_gives_every_row_once(reader: TestClient, sort: str) -> None:
    rows = every(reader, f"incidents?sort={sort}")
    assert len({r["id"] for r in rows}) == len(rows)
    if sort == "deaths":
        dead = [best(r, "killed") for r in rows]
        assert dead == sorted(dead, reverse=True)


def test_the_map_holds_every_incident_once_and_keeps_its_radius(reader: TestClient) -> None:
    total = reader.get(f"{API}/incidents").json()["total"]
    for zoom in (0, 4, 9, 18):
        got = reader.get(f"{API}/map?zoom={zoom}").json()
        kinds = Counter(f["properties"]["kind"] for f in got["features"])
        held = sum(f["properties"].get("count", 1) for f in got["features"])
        assert held + got["unplaced"] == total == got["total"]
        assert kinds["road"] and kinds["area"] and kinds["many"]
        assert all(f["properties"]["radius_km"] is not None for f in got["features"])
    assert any(f["properties"].get("same") for f in got["features"]), "one point stays one count"


def test_the_timeline_draws_days_and_longer_times_apart(reader: TestClient) -> None:
    total = reader.get(f"{API}/incidents").json()["total"]
    for by in ("day", "month", "year"):
        got = reader.get(f"{API}/timeline?by={by}").json()
        held = sum(b["incidents"] for b in (*got["bins"], *got["spans"]))
        assert got["by"] == by and held + got["undated"] == total
        assert got["spans"] or by == "year"


def test_plots_count_what_the_list_holds(reader: TestClient) -> None:
    got = reader.get(f"{API}/plots?type=shelling&by=year").json()
    plots = {p["id"]: p for p in got["plots"]}
    assert set(plots) == {"incidents", "deaths", "sources", "lag", "actors", "places", "types",
                          "outlets"}  # fmt: skip
    assert plots["types"]["x"] == ["shelling"]
    assert all(len(s["y"]) == len(p["x"]) for p in plots.values() for s in p["series"])
    total = reader.get(f"{API}/incidents?type=shelling").json()["total"]
    assert plots["types"]["series"][0]["y"] == [total]
    none = reader.get(f"{API}/plots?q=لا-وجود-لها").json()["plots"]
    assert all(not p["x"] or p["kind"] != "time" for p in none)


def test_one_answer_holds_all_parts(reader: TestClient) -> None:
    got = reader.get(f"{API}/overview?type=shelling&limit=5").json()
    assert len(got["list"]["items"]) == 5
    assert got["list"]["total"] == got["map"]["total"] == got["facets"]["total"]


@pytest.mark.parametrize(
    "query,field",
    [
        ("tpye=shelling", "tpye"), ("type=nothing", "type"), ("from=yesterday", "from"),
        ("from=2024-02-30", "from"), ("box=1,2,3", "box"), ("box=nan,0,1,1", "box"),
        ("low=-1", "low"), ("low=1e9", "low"), ("sort=best", "sort"), ("q=", "q"),
        ("limit=0", "limit"), ("limit=1000", "limit"), ("cursor=zzz", "cursor"),
        ("from=2024-01-01&from=2024-01-02", "from"), ("last=year", "last"), ("radius=inf", "radius"),
        ("topic=nothing", "topic"), ("low=٥", "low"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(reader: TestClient, query: str, field: str) -> None:
    got = reader.get(f"{API}/incidents?{query}")
    assert got.status_code == 422
    error = got.json()["error"]
    assert error["code"] == "E701" and field in {f["field"] for f in error["fields"]}


def test_a_cursor_goes_with_its_list(reader: TestClient) -> None:
    cursor = reader.get(f"{API}/incidents?limit=5").json()["next"]
    got = reader.get(f"{API}/incidents?limit=5&sort=deaths&cursor={cursor}")
    assert got.status_code == 422 and "another list" in got.text


def test_unchanged_answers_are_not_sent_again(reader: TestClient) -> None:
    first = reader.get(f"{API}/map?zoom=4")
    again = reader.get(f"{API}/map?zoom=4", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    other = reader.get(f"{API}/map?zoom=9", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_selection_is_exported_as_the_command_exports_it(
    reader: TestClient, demo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.csv"
    done = CliRunner().invoke(
        cli, ["export", "--as", "csv", "--archive", str(demo), "-o", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert reader.get("/incidents.csv").content == out.read_bytes()
    few = reader.get("/api/v1/exports/geojson?type=shelling")
    with zipfile.ZipFile(io.BytesIO(few.content)) as held:
        assert sorted(held.namelist()) == ["incidents.geojson", "incidents.geojson.manifest.json"]
        manifest = json.loads(held.read("incidents.geojson.manifest.json"))
    total = reader.get("/api/v1/incidents?type=shelling").json()["total"]
    assert manifest["selected"] == total > 0 and manifest["filter"] == {"desk": "type=shelling"}
    assert reader.get("/api/v1/exports/nothing").status_code == 404


def test_answers_are_packed_but_for_those_that_hold_secrets(client: TestClient) -> None:
    ask = {"accept-encoding": "gzip"}
    packed = client.get("/api/v1/incidents", headers=ask)
    plain = client.get("/api/v1/incidents", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.json() == plain.json() and packed.headers["etag"] == plain.headers["etag"]
    known = ask | {"if-none-match": packed.headers["etag"]}
    assert client.get("/api/v1/incidents", headers=known).status_code == 304
    for n in range(8):
        made = {"name": f"a search {n}", "query": "type=shelling", "alert": True}
        assert client.post("/api/v1/searches", json=made).status_code == 201
    secrets = client.get("/api/v1/searches", headers=ask)
    assert len(secrets.content) > 1000 and "content-encoding" not in secrets.headers


def test_too_many_readers_at_once_is_a_refusal_that_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object) -> None:
        raise QueuePoolTimeout("QueuePool limit of size 4 overflow 28 reached")

    desk = desk_of(client)
    desk.full_view()
    monkeypatch.setattr(desk.archive.engine.pool, "connect", none_left)
    monkeypatch.setattr(desk.world, "_looked", float("inf"))
    got = client.get("/api/v1/search?q=قصف")
    assert (got.status_code, got.json()["error"]["code"]) == (503, "E505")
    assert got.headers["retry-after"] == "5" and "too many" in got.json()["error"]["message"]

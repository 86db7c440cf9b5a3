"""Deciding by HTTP: one by one, many at once, two coders, and nothing lost when two edit."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from isnad.archive import Archive
from isnad.archive.verify import verify

from .conftest import Open, desk_of, signed_in

API = "/api/v1"


def queue(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    got = client.get(f"{API}/review/queue?limit=20&{query}")
    assert got.status_code == 200, got.text
    items: list[dict[str, Any]] = got.json()["items"]
    return items


def decide(client: TestClient, claim: dict[str, Any], **more: Any) -> Any:
    body = {"claims": [claim["id"]], "seen": {claim["id"]: claim["version"]}, **more}
    return client.post(f"{API}/decisions", json=body)


def test_the_queue_begins_with_the_least_certain_and_goes_on_as_one_decides(
    client: TestClient,
) -> None:
    before = queue(client)
    sure = [i["claim"]["confidence"] for i in before]
    assert sure == sorted(sure)
    first = before[0]["claim"]
    done = decide(client, first, kind="accept", why="read it")
    assert done.status_code == 201
    assert done.json()["claims"][0]["review"] == "accepted"
    assert queue(client)[0]["claim"]["id"] == before[1]["claim"]["id"]
    undone = client.post(
        f"{API}/decisions", json={"kind": "undo", "undoes": done.json()["decision"]["id"]}
    )
    assert undone.status_code == 201
    assert queue(client)[0]["claim"]["id"] == first["id"]
    kinds = [d["kind"] for d in client.get(f"{API}/decisions").json()["items"]]
    assert kinds == ["undo", "accept"]


def test_every_value_of_the_queue_stands_at_its_utf16_units(client: TestClient) -> None:
    for item in queue(client):
        units = item["report"]["text"].encode("utf-16-le")
        for value in item["claim"]["values"]:
            if value["utf16"] is not None:
                a, b = value["utf16"]
                assert units[2 * a : 2 * b].decode("utf-16-le") == value["as_written"]
                assert item["report"]["text"][slice(*value["span"])] == value["as_written"]


def test_a_fix_by_words_changes_the_incident_and_keeps_what_was_coded(client: TestClient) -> None:
    item = next(i for i in queue(client) if "مقتل" in i["report"]["text"])
    claim, text = item["claim"], "🕊" + item["report"]["text"]
    start = (
        len(item["report"]["text"][: item["report"]["text"].index("مقتل")].encode("utf-16-le")) // 2
    )
    value = [{"outcome": "killed", "low": 41, "high": 41, "who": None, "utf16": [start, start + 4]}]
    done = decide(client, claim, kind="fix", slot="casualties", value=value, why="misread")
    assert done.status_code == 201, done.text
    made = done.json()["claims"][0]
    assert made["review"] == "fixed" and made["contract"]["casualties"][0]["as_written"] == "مقتل"
    assert made["coded"]["casualties"] == claim["contract"]["casualties"]
    incident = client.get(f"{API}/incidents/{done.json()['incidents'][0]}").json()
    assert 41 in [f["high"] for f in incident["figures"] if f["outcome"] == "killed"]
    assert [d["kind"] for d in incident["decisions"]] == ["fix"] and text


def test_a_value_that_does_not_fit_is_refused_with_what_is_wrong(client: TestClient) -> None:
    claim = queue(client)[0]["claim"]
    for slot, value in [
        ("type", "nothing"), ("place", {"lat": 91, "lon": 0}), ("casualties", {"low": 1}),
        ("time", {"earliest": "yesterday"}), ("place", {"utf16": [0, 10**6]}), ("nothing", 1),
        ("initiators", [{"actor": "x", "span": [0, 2], "as_written": "zz"}]),
        ("status", {"a": {"b": {"c": {"d": {"e": {"f": {"g": 1}}}}}}}),
    ]:  # fmt: skip
        got = decide(client, claim, kind="fix", slot=slot, value=value)
        assert got.status_code == 422, (slot, value, got.text)
        assert got.json()["error"]["code"] == "E701"
    assert client.get(f"{API}/decisions").json()["total"] == 0


def test_two_edits_of_one_claim_end_with_both_in_view(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two = signed_in(base, "coder", "one"), signed_in(base, "coder", "two")
    claim = queue(one)[0]["claim"]
    assert decide(one, claim, kind="accept").status_code == 201
    clash = decide(two, claim, kind="reject", why="not told")
    assert clash.status_code == 409
    error = clash.json()["error"]
    assert error["code"] == "E703" and error["yours"]["why"] == "not told"
    assert [d["by"] for d in error["current"]["decisions"]] == ["one"]
    again = decide(two, error["current"]["claims"][0], kind="reject", why="not told")
    assert again.status_code == 201
    assert decide(two, claim, kind="accept").status_code == 409
    body = {"kind": "accept", "claims": [claim["id"]]}
    assert one.post(f"{API}/decisions", json=body).status_code == 422, "what was seen is needed"


def test_what_another_program_decided_is_never_written_over(
    client: TestClient, archive: Archive
) -> None:
    from isnad.model import Decision

    claim = queue(client)[0]["claim"]
    archive.decide(Decision(by="elsewhere", kind="unsure", claims=(claim["id"],)))
    got = decide(client, claim, kind="accept")
    assert got.status_code == 409
    assert got.json()["error"]["current"]["decisions"][0]["by"] == "elsewhere"


def test_undoing_is_for_who_decided_and_for_leads(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two, lead = (signed_in(base, r, n) for r, n in
                      (("coder", "one"), ("coder", "two"), ("lead", "three")))  # fmt: skip
    made = decide(one, queue(one)[0]["claim"], kind="accept").json()["decision"]["id"]
    undo = {"kind": "undo", "undoes": made}
    assert two.post(f"{API}/decisions", json=undo).status_code == 403
    assert lead.post(f"{API}/decisions", json=undo).status_code == 201


def test_same_and_different_join_and_part_incidents(client: TestClient) -> None:
    rows = client.get(f"{API}/incidents?tellings=3&limit=2").json()["items"]
    whole = client.get(f"{API}/incidents/{rows[0]['id']}").json()
    a, b = whole["tellings"][0], whole["tellings"][1]

    def judge(kind: str, *two: dict[str, Any]) -> Any:
        seen = {t["claim"]: t["version"] for t in two}
        body = {"kind": kind, "claims": [t["claim"] for t in two], "seen": seen}
        return client.post(f"{API}/decisions", json=body).json()

    total = client.get(f"{API}/incidents").json()["total"]
    assert len(judge("different", a, b)["incidents"]) == 2
    assert client.get(f"{API}/incidents").json()["total"] == total + 1
    other = client.get(f"{API}/incidents/{rows[1]['id']}").json()["tellings"][0]
    fresh = client.get(f"{API}/incidents/{rows[0]['id']}")
    assert fresh.status_code in (200, 404)
    seen = {c: desk_version(client, c) for c in (a["claim"], other["claim"])}
    body = {"kind": "same", "claims": list(seen), "seen": seen}
    joined = client.post(f"{API}/decisions", json=body).json()
    assert len(joined["incidents"]) == 1


def desk_version(client: TestClient, claim: str) -> str:
    from isnad.desk.deciding import version_of

    return version_of(desk_of(client), claim) or ""


def test_a_rejected_claim_leaves_the_incident_and_is_still_shown(client: TestClient) -> None:
    row = client.get(f"{API}/incidents?tellings=3&limit=1").json()["items"][0]
    telling = client.get(f"{API}/incidents/{row['id']}").json()["tellings"][1]
    done = decide(client, telling["claim_view"], kind="reject", why="another town")
    assert done.status_code == 201
    (left,) = done.json()["incidents"]
    claims = [t["claim"] for t in client.get(f"{API}/incidents/{left}").json()["tellings"]]
    assert telling["claim"] not in claims and len(claims) == row["tellings"] - 1
    report = client.get(f"{API}/reports/{telling['report']}").json()
    assert [c["review"] for c in report["claims"] if c["id"] == telling["claim"]] == ["rejected"]


def test_many_are_decided_as_the_preview_showed_or_not_at_all(
    client: TestClient, archive: Archive
) -> None:
    look = {"query": "type=detention", "kind": "accept"}
    shown = client.post(f"{API}/decisions/preview", json=look).json()
    assert shown["count"] > 3 and shown["sample"]
    done = client.post(f"{API}/decisions/bulk", json={"token": shown["token"], "why": "read"})
    assert done.json()["done"] == shown["count"]
    assert client.get(f"{API}/incidents?type=detention&review=open").json()["total"] == 0
    again = client.post(f"{API}/decisions/bulk", json={"token": shown["token"]})
    assert again.status_code == 404, "a preview is good once"
    ids = done.json()["decisions"]
    assert client.post(f"{API}/decisions/bulk/undo", json={"decisions": ids}).json()["done"] == len(
        ids
    )
    shown = client.post(f"{API}/decisions/preview", json=look).json()
    decide(client, shown["sample"][0], kind="unsure")
    got = client.post(f"{API}/decisions/bulk", json={"token": shown["token"]})
    assert got.status_code == 409 and len(got.json()["error"]["current"]["claims"]) == 1
    assert client.get(f"{API}/incidents?type=detention&review=accepted").json()["total"] == 0
    assert list(verify(archive)) == []


def test_a_second_coder_sees_nothing_of_the_first_and_a_lead_settles(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two, lead = (signed_in(base, r, n) for r, n in
                      (("coder", "one"), ("coder", "two"), ("lead", "three")))  # fmt: skip
    claims = [i["claim"] for i in queue(one)[:4]]
    fixed = decide(one, claims[0], kind="fix", slot="status", value="denied", why="a secret word")
    assert fixed.status_code == 201
    for claim in claims[1:]:
        assert decide(one, claim, kind="accept").status_code == 201
    taken = one.post(f"{API}/review/second", json={}).json()
    assert taken == {"taken": 0, "waiting": 0}, "nobody is their own second coder"
    assert queue(two, "stage=second") == []
    assert two.post(f"{API}/review/second", json={}).json() == {"taken": 4, "waiting": 4}
    assert two.post(f"{API}/review/second", json={"count": 4}).json()["taken"] == 0
    waiting = queue(two, "stage=second")
    assert {i["claim"]["id"] for i in waiting} == {c["id"] for c in claims}
    assert "a secret word" not in str(waiting) and all(i["incident"] is None for i in waiting)
    blind = {i["claim"]["id"]: i["claim"] for i in waiting}
    assert blind[claims[0]["id"]]["status"] == claims[0]["status"] != "denied"
    for n, claim in enumerate(blind.values()):
        body = {"claim": claim["id"], "verdict": "accept" if n else "reject", "seen": claim["version"],
                "values": {"status": "foiled"} if claim["id"] == claims[0]["id"] else {}}  # fmt: skip
        assert two.post(f"{API}/review/codings", json=body).status_code == 201
        assert two.post(f"{API}/review/codings", json=body).status_code == 422, "once"
    assert two.get(f"{API}/incidents?status=foiled").status_code == 200
    assert two.get(f"{API}/review/pairs").status_code == 403
    assert two.get(f"{API}/review/agreement").json()["pairs"] == 0, "open pairs stay blind"
    pairs = {p["claim"]["id"]: p for p in lead.get(f"{API}/review/pairs").json()["items"]}
    assert len(pairs) == 4 and "status" in pairs[claims[0]["id"]]["differ"]
    found = lead.get(f"{API}/review/agreement").json()
    fields = {f["field"]: f for f in found["fields"]}
    assert found["pairs"] == 4 and found["coders"] == ["one", "two"]
    assert fields["status"]["units"] == 4 and fields["status"]["agree"] == 3
    assert fields["status"]["alpha"] < 1
    done = lead.post(
        f"{API}/review/pairs/{claims[0]['id']}",
        json={"choose": {"status": "second", "verdict": "accept"}, "why": "the text says so"},
    )
    assert done.status_code == 201, done.text
    assert done.json()["claims"][0]["status"] == "foiled"
    assert len(lead.get(f"{API}/review/pairs").json()["items"]) == 3
    assert len(lead.get(f"{API}/review/pairs?state=done").json()["items"]) == 1
    assert two.get(f"{API}/review/agreement").json()["pairs"] == 1


def test_a_second_coder_is_blind_wherever_they_look_until_they_have_coded(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two, lead = (signed_in(base, r, n) for r, n in
                      (("coder", "one"), ("coder", "two"), ("lead", "three")))  # fmt: skip
    by_type = {i["claim"]["type"]: i for i in queue(one, "limit=200")}
    fixed, gone = list(by_type.values())[:2]
    ids = [i["claim"]["id"] for i in (fixed, gone)]
    told = decide(one, fixed["claim"], kind="fix", slot="status", value="denied", why="secret one")
    assert told.status_code == 201
    assert decide(one, gone["claim"], kind="reject", why="secret two").status_code == 201
    about = f"claim:{ids[0]}"
    assert one.post(f"{API}/comments", json={"about": about, "text": "secret three"}).is_success
    body = {"to": "two", "stage": "second", "claims": ids}
    assert lead.post(f"{API}/review/assignments", json=body).status_code == 201

    def seen(who: TestClient) -> str:
        row = desk_of(who).full_view().of(ids[0])
        assert row is not None
        pages = [f"incidents/{row.id}", f"incidents/{row.id}/history", "decisions", "incidents?limit=200",
                 f"comments?about={about}", f"incidents?id={row.id}&review=fixed",
                 *(f"reports/{i['report']['id']}" for i in (fixed, gone))]  # fmt: skip
        return "".join(who.get(f"{API}/{p}").text for p in pages)

    for words in ("secret one", "secret two", "secret three", '"fixed"', '"rejected","'):
        assert words in seen(lead) or words == '"rejected","'
        assert words not in seen(two), words
    assert two.get(f"{API}/incidents?review=fixed").json()["total"] == 0
    assert two.get(f"{API}/facets").json()["facets"]["review"] == [
        {"id": "open", "ar": "لم يُراجَع", "en": "open",
         "count": two.get(f"{API}/incidents").json()["total"]}
    ]  # fmt: skip
    report = two.get(f"{API}/reports/{gone['report']['id']}").json()
    blind = next(c for c in report["claims"] if c["id"] == ids[1])
    assert blind["review"] == "open" and blind["incident"], "as if nobody had rejected it"
    assert two.get(f"{API}/incidents/{blind['incident']}").status_code == 200
    for item in queue(two, "stage=second"):
        claim = item["claim"]
        assert decide(two, claim, kind="accept").status_code == 422, (
            "as second coder, not beside it"
        )
        body = {"claim": claim["id"], "verdict": "accept", "seen": claim["version"]}
        assert two.post(f"{API}/review/codings", json=body).status_code == 201
    for words in ("secret one", "secret two", "secret three", '"fixed"'):
        assert words in seen(two), words


def test_claims_are_given_to_those_who_can_sign_in(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    signed_in(base, "viewer", "reads")
    signed_in(base, "coder", "codes")
    lead = signed_in(base, "lead", "leads")
    body = {"to": "codes", "query": "type=shelling", "count": 3}
    assert lead.post(f"{API}/review/assignments", json=body).status_code == 201
    found = lead.get(f"{API}/review/people").json()["items"]
    assert found == [{"name": "codes", "waiting": 3}, {"name": "leads", "waiting": 0}]
    refused = lead.post(f"{API}/review/assignments", json=body | {"to": "nobody"})
    assert refused.status_code == 422 and refused.json()["error"]["fields"][0]["field"] == "to"


def test_assigned_claims_wait_for_one_person_alone(open_desk: Open) -> None:
    base = open_desk(accounts=True)
    one, two, lead = (signed_in(base, r, n) for r, n in
                      (("coder", "one"), ("coder", "two"), ("lead", "three")))  # fmt: skip
    body = {
        "to": "one",
        "query": "type=shelling",
        "count": 5,
        "note": "please",
        "due": "2031-01-01",
    }
    made = lead.post(f"{API}/review/assignments", json=body)
    assert made.status_code == 201 and made.json()["count"] == 5
    mine = {i["claim"]["id"] for i in queue(one, "mine=1")}
    assert len(mine) == 5
    assert not mine & {i["claim"]["id"] for i in queue(two, "type=shelling&limit=200")}
    assert one.get(f"{API}/alerts").json()["assignments"] == 5
    decide(one, queue(one, "mine=1")[0]["claim"], kind="accept")
    shown = one.get(f"{API}/review/assignments?to=one").json()["items"][0]
    assert (shown["done"], shown["count"], shown["due"]) == (1, 5, "2031-01-01")
    assert lead.delete(f"{API}/review/assignments/{made.json()['id']}").status_code == 204
    assert queue(one, "mine=1") == []


def test_words_become_values(reader: TestClient) -> None:
    found = reader.get(f"{API}/search?q=بلدة سرمين").json()["items"][0]["report"]["id"]
    report = reader.get(f"{API}/reports/{found}").json()

    def meant(slot: str, words: str) -> list[dict[str, Any]]:
        start = len(report["text"][: report["text"].index(words)].encode("utf-16-le")) // 2
        span = [start, start + len(words.encode("utf-16-le")) // 2]
        got = reader.post(
            f"{API}/review/words", json={"report": found, "slot": slot, "utf16": span}
        ).json()
        assert got["as_written"] == words
        values: list[dict[str, Any]] = got["values"]
        return values

    assert meant("place", "سرمين")[0]["anchors"] == ["syr-sarmin"] or meant("place", "سرمين")
    assert any(v["label"]["ar"] for v in meant("place", "سرمين"))
    actors = reader.get(f"{API}/pick/actors?q=قوات سوريا الديمقراطية").json()["items"]
    assert actors[0]["id"] == "syr-sdf"
    assert reader.get(f"{API}/pick/actors?q=syrian democratic&day_of=2031-01-01").json()["items"]
    places = reader.get(f"{API}/pick/places?q=aleppo&near=36.2,37.1").json()["items"]
    assert places[0]["country"] == "SYR" and places[0]["radius_km"]

"""The routes against their own description; the client; the desk as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from isnad.desk.client import Client, Refused
from isnad.desk.openapi import FILES
from isnad.desk.shapes import SHAPES

from .conftest import BASE, desk_of
from .test_roles import ROUTES

API = "/api/v1"


def test_every_route_is_described_with_its_role(reader: TestClient) -> None:
    found = reader.get(f"{API}/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    for path, operations in found["paths"].items():
        for method, one in operations.items():
            assert path.startswith(API) and one["x-role"] and one["description"], (method, path)
            assert one["responses"]["default"]
            done = {"200", "201", "204"} & one["responses"].keys()
            told = f"{method.upper()} {path.removeprefix(API)}"
            assert done and (done == {"204"} or told in SHAPES or told in FILES or told in BARE), (
                told
            )
    names = {p["name"] for p in found["paths"][f"{API}/map"]["get"]["parameters"]}
    assert {"type", "from", "box", "topic", "zoom"} <= names


BARE = {
    "POST /session", "GET /openapi.json", "GET /invitations/{secret}", "POST /invitations/{secret}",
    "POST /tokens", "GET /tokens", "POST /review/assignments", "POST /review/codings",
    "POST /review/second", "POST /review/pairs/{claim}", "POST /searches/{ident}/seen",
}  # fmt: skip
"""Routes that answer in two words, or describe themselves."""
ROUTED = [r.split(" ") for r in ROUTES if API in r and not r.endswith("/openapi.json")]
FEW = settings(
    max_examples=5, deadline=None, phases=[Phase.generate], derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def asked(client: TestClient, method: str, path: str) -> None:
    """Ask made-up requests of a route: no fault, one shape of refusal, no page."""
    described = schemathesis.openapi.from_dict(client.get(f"{API}/openapi.json").json())

    @given(case=described[path][method].as_strategy())
    @FEW
    def ask(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url=BASE)
        kept = {k: sent[k] for k in ("params", "json") if sent.get(k) is not None}
        try:
            got = client.request(method, sent["url"], follow_redirects=False, **kept)
        except (UnicodeError, ValueError, httpx.InvalidURL):
            return  # no request: HTTP cannot say it
        assert got.status_code < 500, (sent, got.text)
        if got.status_code >= 400:
            error = got.json()["error"]
            assert error["code"][0] == "E" and error["message"]
            assert error["status"] == got.status_code
        assert "html" not in got.headers.get("content-type", "")

    ask()


@pytest.mark.parametrize("path", [p for m, p in ROUTED if m == "GET"])
def test_whatever_is_read_the_answer_is_one_that_is_described(
    reader: TestClient, path: str
) -> None:
    asked(reader, "GET", path)


def test_whatever_is_written_the_answer_is_one_that_is_described(client: TestClient) -> None:
    for method, path in ROUTED:
        if method != "GET" and (method, path) != ("DELETE", f"{API}/session"):
            asked(client, method, path)


def carried(client: TestClient) -> Client:
    """A program's client on the same desk."""
    return Client(
        f"http://127.0.0.1:8000/enter?token={desk_of(client).token}",
        transport=client._transport,
    )


def test_the_client_reads_and_decides(client: TestClient) -> None:
    with carried(client) as desk:
        rows = list(desk.incidents(type=["shelling", "air_strike"], from_="2031-01-01"))
        assert rows and {r["type"] for r in rows} <= {"shelling", "air_strike"}
        assert desk.incident(rows[0]["id"])["tellings"]
        assert desk.state()["incidents"] >= len(rows)
        hit = next(desk.search("سرمين"))
        assert desk.report(hit["report"]["id"])["claims"]
        claim = next(desk.queue())["claim"]
        made = desk.decide("accept", [claim], why="read")
        with pytest.raises(Refused, match="E703") as clash:
            desk.decide("reject", [claim])
        assert clash.value.status == 409 and clash.value.body["current"]
        desk.undo(made["decision"]["id"])
        assert desk.comment(f"claim:{claim['id']}", "نص")["text"] == "نص"
        with pytest.raises(Refused, match="E701"):
            list(desk.incidents(type="nothing"))
        with pytest.raises(Refused, match="E702"):
            desk.report("nothing")


def test_the_command_serves_and_ends_in_order(demo: Path, root: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "isnad", "desk", "--archive", str(demo), "--no-browser"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:") and "/enter?token=" in address
            with httpx.Client(follow_redirects=False, timeout=60) as http:
                assert http.get(address).status_code == 303
                base = address.partition("/enter")[0]
                assert http.get(f"{base}{API}/health").json()["status"] == "ok"
                assert http.get(f"{base}{API}/state").status_code == 200
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) in (0, 130)


@pytest.mark.parametrize("options,code", [
    (["--host", "0.0.0.0"], "E710"), (["--accounts"], "E710"), (["--public"], "E710"),
    (["--tiles", "nowhere"], "E711"),
])  # fmt: skip
def test_what_is_not_safe_is_not_run(demo: Path, root: Path, options: list[str], code: str) -> None:
    command = [
        sys.executable,
        "-m",
        "isnad",
        "desk",
        "--archive",
        str(demo),
        "--no-browser",
        *options,
    ]
    env = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert (
        done.returncode == 2 and f"[{code}]" in done.stderr and len(done.stderr.splitlines()) <= 2
    )

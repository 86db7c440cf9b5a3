"""Two desks on one archive, each a process of its own: what one writes, the other knows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from isnad.archive import Archive
from tests.archive.conftest import NewUrl, code, new_url, postgres, report

__all__ = ["new_url", "postgres"]
API = "/api/v1"
KINDS = ("shelling", "protest", "detention", "ambush", "siege", "abduction", "execution")
NAME, PASSWORD = "سميرة", "a long enough one"


@contextmanager
def running(url: str, folder: Path, *more: str) -> Iterator[str]:
    """The address that a desk on an archive prints."""
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "XDG_DATA_HOME": str(folder)}
    command = [sys.executable, "-m", "isnad", "desk", "--archive", url, "--no-browser", *more]
    log = folder / f"log{time.monotonic_ns()}"
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
    try:
        for _ in range(600):
            if found := re.search(r"http://\S+", log.read_text("utf-8")):
                break
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.1)
        else:
            raise AssertionError(log.read_text("utf-8"))
        yield found[0].rstrip("/")
    finally:
        server.terminate()
        server.wait(20)


def until(holds: Callable[[], Any]) -> Any:
    """What comes to hold within some seconds."""
    for _ in range(150):
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it does not come to hold")


def browser(base: str) -> httpx.Client:
    return httpx.Client(base_url=base, headers={"origin": base}, timeout=30)


@pytest.fixture
def desks(new_url: NewUrl, tmp_path: Path) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Browsers on two desks with accounts on one archive, signed in at the first alone."""
    url = new_url()
    with Archive.open(url, create=True, by="tester") as archive:
        for n, kind in enumerate(KINDS):
            told = report(f"قصف رقم {n} على بلدة بنش.", f"report {n}")
            archive.add(told, partial(code, type=kind), "1")
    env = os.environ | {"PYTHONUTF8": "1", "XDG_DATA_HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-m", "isnad", "desk", "--archive", url, "--add-admin", NAME],
        input=f"{PASSWORD}\n".encode(), env=env, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    with ExitStack() as stack:
        bases = [stack.enter_context(running(url, tmp_path, "--accounts")) for _ in range(2)]
        one, two = (stack.enter_context(browser(b)) for b in bases)
        body = {"name": NAME, "password": PASSWORD}
        assert one.post(f"{API}/session", json=body).status_code == 201
        two.cookies = one.cookies
        for client in (one, two):
            until(partial(reads, client))
        yield one, two


def reads(client: httpx.Client) -> bool:
    return client.get(f"{API}/incidents").status_code == 200


def claims(client: httpx.Client) -> list[dict[str, Any]]:
    items = client.get(f"{API}/review/queue?limit=20").json()["items"]
    return [i["claim"] for i in items]


def accept(client: httpx.Client, claim: dict[str, Any], kind: str = "accept") -> int:
    body = {"kind": kind, "claims": [claim["id"]], "seen": {claim["id"]: claim["version"]}}
    return client.post(f"{API}/decisions", json=body).status_code


def test_two_desks_on_one_archive(desks: tuple[httpx.Client, httpx.Client]) -> None:
    one, two = desks
    assert two.get(f"{API}/session").json()["name"] == NAME, "a session holds at both"
    first, second, *rest = claims(one)
    # what one decided the other knows: at once when it writes, soon when it reads
    assert accept(one, first) == 201
    assert accept(two, first, "reject") == 409
    seen = until(lambda: two.get(f"{API}/decisions?claim={first['id']}").json()["items"])
    assert [d["kind"] for d in seen] == ["accept"]
    until(lambda: first["id"] not in {c["id"] for c in claims(two)})
    # both at once: one of them is first, and nothing is written over
    for claim in rest[:4]:
        with ThreadPoolExecutor(2) as both:
            got = sorted(both.map(lambda c, k=claim: accept(c, k), desks))
        assert got == [201, 409]
    # figures, lists and counts of the other are made anew
    made = {"kind": "fix", "claims": [second["id"]], "slot": "status", "value": "denied",
            "seen": {second["id"]: second["version"]}}  # fmt: skip
    done = two.post(f"{API}/decisions", json=made)
    assert done.status_code == 201, done.text
    (ident,) = done.json()["incidents"][:1]
    shown = until(lambda: one.get(f"{API}/incidents?review=fixed").json()["items"])
    assert ident in {r["id"] for r in shown}
    body = {"about": f"incident:{ident}", "text": "نص"}
    assert one.post(f"{API}/comments", json=body).status_code == 201
    until(lambda: two.get(f"{API}/incidents/{ident}").json()["comments"] == 1)
    # a session that ends at one ends at both
    assert two.delete(f"{API}/session").status_code == 204
    assert one.get(f"{API}/incidents").status_code == 401

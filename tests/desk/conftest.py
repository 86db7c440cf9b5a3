"""A desk on an archive of invented reports, asked by HTTP without a socket."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from isnad.archive import Archive
from isnad.desk.app import create_app
from isnad.desk.auth import secrets
from isnad.desk.auth.store import Accounts
from isnad.desk.desk import Desk
from isnad.desk.settings import Settings
from isnad.desk.shapes import SHAPES

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1:8000"
PASSWORD = "a long enough one"
Open = Callable[..., TestClient]
API = "/api/v1"
SHAPED = [
    (
        route.partition(" ")[0],
        re.compile(API + re.sub(r"\{\w+\}", "[^/]+", route.partition(" ")[2])),
        shape,
    )
    for route, shape in SHAPES.items()
]


def described(answer: httpx.Response) -> None:
    """Every answer that any test gets is one that the API's description tells of."""
    if answer.status_code not in (200, 201):
        return
    for method, path, shape in SHAPED:
        if answer.request.method == method and path.fullmatch(answer.request.url.path):
            answer.read()
            shape.model_validate_json(answer.content)
            return


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Passwords hashed with little work; that argon2 is what hashes them is tested as it is."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(secrets, "_hasher", lambda: cheap)
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration archive; not to be written to."""
    path = tmp_path_factory.mktemp("demo") / "demo.isnad"
    runpy.run_path(str(ROOT / "scripts" / "demo_archive.py"))["build"](str(path), 30).close()
    return path


@pytest.fixture(scope="session")
def reader(demo: Path) -> Iterator[TestClient]:
    """A desk's owner who only reads; for all tests that change nothing."""
    with Archive.open(str(demo)) as archive:
        desk = Desk(archive, Settings(port=8000))
        with TestClient(create_app(desk, per_minute=10**6), base_url=BASE) as client:
            desk.ready()
            client.desk = desk
            client.headers["authorization"] = f"Bearer {desk.token}"
            client.event_hooks["response"].append(described)
            yield client


@pytest.fixture
def archive(demo: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it."""
    copy = tmp_path / "desk.isnad"
    shutil.copy(demo, copy)
    with Archive.open(str(copy), by="tester") as opened:
        yield opened


@pytest.fixture
def open_desk(archive: Archive) -> Iterator[Open]:
    """Opens a desk with settings; its client sends nothing of who asks."""
    with ExitStack() as stack:

        def make(**settings: Any) -> TestClient:
            desk = Desk(archive, Settings(**{"port": 8000, **settings}))
            client = TestClient(create_app(desk), base_url=BASE, raise_server_exceptions=False)
            client.event_hooks["response"].append(described)
            stack.enter_context(client)
            desk.ready()
            client.desk = desk
            return client

        yield make


@pytest.fixture
def client(open_desk: Open) -> TestClient:
    """A desk without accounts, asked by its owner's browser."""
    made = open_desk()
    assert made.get(f"/enter?token={desk_of(made).token}").url.path == "/"
    made.headers["origin"] = BASE
    return made


def desk_of(client: TestClient) -> Desk:
    """The desk that a client asks."""
    found = client.desk
    assert isinstance(found, Desk)
    return found


def signed_in(client: TestClient, role: str, name: str = "") -> TestClient:
    """Another browser on the same desk, signed in with a new account of a role."""
    desk, name = desk_of(client), name or f"{role} person"
    Accounts(desk.archive).add(name, PASSWORD, role, by="tester", now=desk.clock())
    other = TestClient(client.app, base_url=BASE, raise_server_exceptions=False)
    other.event_hooks["response"].append(described)
    other.headers["origin"] = BASE
    other.desk = desk
    done = other.post("/api/v1/session", json={"name": name, "password": PASSWORD})
    assert done.status_code == 201, done.text
    return other

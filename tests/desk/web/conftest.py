"""The desk in a browser: Debian's Chromium on a server of its own, on an invented archive.

All tests of one language run in one worker (``xdist_group``), so that there are two servers at most.
"""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright is not installed (make setup)")
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[3]
SCREENS = ROOT / "build" / "screens"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
# a renderer in software: the map is WebGL, and a test machine has no graphics card
FLAGS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
expect.set_options(timeout=40_000)  # a busy machine is slow, not wrong
WIDE, PHONE = (1440, 900), (390, 844)

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; the tests are skipped where it, or the built pages, cannot be had."""
    web = runpy.run_path(str(ROOT / "scripts" / "web.py"))
    found: str | None = web["chromium"]()
    if not found:
        pytest.skip("Chromium is not installed (python scripts/web.py --browser, as root)")
    if not (ROOT / "src" / "isnad" / "desk" / "static" / "index.html").exists():
        pytest.skip("the desk's pages are not built (make web; needs Node 20.19 with npm)")
    return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of invented reports, some of them hostile."""
    path = tmp_path_factory.mktemp("web") / "demo.isnad"
    runpy.run_path(str(ROOT / "scripts" / "demo_archive.py"))["build"](str(path), 60).close()
    return path


@pytest.fixture(scope="session")
def entrance(chromium: str, demo: Path) -> Iterator[str]:
    """The address that a running desk prints; it has read its archive."""
    command = [sys.executable, "-m", "isnad", "desk", "--archive", str(demo), "--no-browser"]
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    said = demo.with_suffix(".log")
    with said.open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=env)
    try:
        address = ""
        for _ in range(600):
            found = re.search(r"http://\S+/enter\?token=\S+", said.read_text("utf-8"))
            if found:
                address = found[0]
                break
            assert server.poll() is None, said.read_text("utf-8")
            time.sleep(0.1)
        assert address, said.read_text("utf-8")
        ready(address)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def ready(address: str) -> None:
    """Wait until the desk has read its archive."""
    base, token = address.split("/enter?token=")
    ask = urllib.request.Request(
        f"{base}/api/v1/state", headers={"Authorization": f"Bearer {token}"}
    )
    for _ in range(600):
        with urllib.request.urlopen(ask, timeout=30) as answer:
            if b'"building":null' in answer.read().replace(b" ", b""):
                return
        time.sleep(0.1)
    raise AssertionError("the desk did not read its archive within a minute")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for the session."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else [])]
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=flags)
        yield running
        running.close()


Kept = dict[tuple[object, ...], BrowserContext]


@pytest.fixture(scope="module")
def profiles(browser: Browser) -> Iterator[Kept]:
    """Browser profiles by language, size and theme: what one page has loaded, the next one has."""
    kept: Kept = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.fixture
def visit(browser: Browser, profiles: Kept, entrance: str) -> Iterator[Open]:
    """Opens a page of the desk as its owner, in a language; what goes wrong in it fails the test.

    A breach of the page's rules (CSP), an error in the console, an exception, or a request that
    leaves the machine are all faults. ``allow`` names what a test means to provoke; ``fresh`` opens
    a profile that nothing was set in before.
    """
    faults: list[str] = []
    opened: list[Page | BrowserContext] = []
    base = entrance.split("/enter")[0]

    def go(
        path: str, lang: str = "en", *, size: tuple[int, int] = WIDE, theme: str = "light",
        allow: tuple[str, ...] = (), fresh: bool = False,
    ) -> Page:  # fmt: skip
        context = None if fresh else profiles.get((lang, size, theme))
        if context is None:
            context = profile(lang, size, theme)
            if fresh:
                opened.append(context)
            else:
                profiles[lang, size, theme] = context
        page = context.new_page()
        opened.append(page)
        watched(page, path, allow)
        page.goto(base + path)
        page.locator("main h1").first.wait_for(state="attached")
        return page

    def profile(lang: str, size: tuple[int, int], theme: str) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="ar-SY" if lang == "ar" else "en-GB",
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(60_000)
        context.add_init_script(
            "if (!localStorage.getItem('isnad.settings'))"
            f" localStorage.setItem('isnad.settings', JSON.stringify({{lang: '{lang}',"
            f" theme: '{theme}'}}))"
        )
        context.request.get(entrance)  # takes the token for a cookie, as a first visit does
        return context

    def watched(page: Page, path: str, allow: tuple[str, ...]) -> None:
        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and not any(a in message.text for a in allow):
                faults.append(f"{path}: {message.text}")

        def asked(request: Request) -> None:
            if not request.url.startswith((base, "data:", "blob:")):
                faults.append(f"{path}: asked for {request.url}")

        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(f"{path}: {error}"))
        page.on("request", asked)

    yield go
    for one in opened[::-1]:
        one.close()
    assert not faults, faults


def settled(page: Page) -> None:
    """Wait until nothing is loading, and the map is drawn where there is one."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => { const m = document.querySelector('.map');"
        " return !m || (m.telling && m.telling.map.loaded()); }"
    )


def shot(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep what a person would see, to be looked at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)


def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page, by rule and element."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (make web)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']}"
        for v in found["violations"]
        for n in v["nodes"][:3]
    ]


def drawn(page: Page, layer: str) -> list[dict[str, Any]]:
    """The properties of what is drawn of a layer of the map, each once."""
    settled(page)
    got: list[dict[str, Any]] = page.evaluate(
        "layer => document.querySelector('.map').telling.map"
        ".queryRenderedFeatures({ layers: [layer] }).map(f => f.properties)",
        layer,
    )
    return [p for i, p in enumerate(got) if p not in got[:i]]


def press(page: Page, code: str, key: str = "") -> None:
    """A key by its place, with whatever letter the reader's layout has on it."""
    page.evaluate(
        "([code, key]) => (document.activeElement ?? document.body).dispatchEvent("
        "new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true }))",
        [code, key],
    )

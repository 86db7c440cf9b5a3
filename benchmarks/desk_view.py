"""How soon the desk's first view can be used in Chromium, and what it weighs.

``python -m benchmarks.desk_view [--runs N] [--archive FILE]``: a desk on an invented archive (or the
one given), opened in a fresh browser profile each time. Times are from the start of navigation and
as multiples of the same server's bare icon in the same run, for they say more than milliseconds of
one machine. Usable: rows are in the list, and it answers a key. Drawn: the map has all it shows.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src" / "isnad" / "desk" / "static"
FLAGS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
USABLE = "() => document.querySelector('.list [data-incident]') !== null"
DRAWN = "() => document.querySelector('.map')?.telling?.map.loaded()"


@contextmanager
def desk(archive: Path) -> Iterator[str]:
    """A running desk; the address that it prints."""
    command = [sys.executable, "-m", "isnad", "desk", "--archive", str(archive), "--no-browser"]
    env = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, env=env, text=True)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait(20)


def opened(browser: Browser, entrance: str) -> tuple[float, float, float, int]:
    """Milliseconds of the icon, until usable, until drawn; and bytes as gzip would send them."""
    base = entrance.split("/enter")[0]
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ar")
    context.request.get(entrance)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{base}/icon.svg")
    bare = time.perf_counter() - start
    files: list[str] = []
    page.on("response", lambda answer: files.append(answer.url.split("?")[0].split("/", 3)[3]))
    start = time.perf_counter()
    page.goto(f"{base}/incidents", wait_until="commit")
    page.wait_for_function(USABLE)
    page.keyboard.press("j")
    page.wait_for_url(re.compile("sel="))
    usable = time.perf_counter() - start
    page.wait_for_function(DRAWN)
    drawn = time.perf_counter() - start
    context.close()
    found = [STATIC / (f or "index.html") for f in files if "maplibre" not in f]
    weight = sum(len(gzip.compress(f.read_bytes(), 6)) for f in found if f.is_file())
    return bare * 1000, usable * 1000, drawn * 1000, weight


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--archive", type=Path)
    asked = parser.parse_args()
    chromium = runpy.run_path(str(ROOT / "scripts" / "web.py"))["chromium"]()
    if not chromium or not (STATIC / "index.html").exists():
        sys.exit("needs Chromium and the built pages (make web; python scripts/web.py --browser)")
    with tempfile.TemporaryDirectory() as folder:
        archive = asked.archive or Path(folder) / "demo.isnad"
        if not asked.archive:
            demo = runpy.run_path(str(ROOT / "scripts" / "demo_archive.py"))
            demo["build"](str(archive), 60).close()
        flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        with desk(archive) as entrance, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=flags)
            opened(browser, entrance)  # the desk has read its archive after the first
            runs = [opened(browser, entrance) for _ in range(asked.runs)]
            browser.close()
    bare, usable, drawn, weight = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"icon {bare:.0f} ms · usable {usable:.0f} ms ({usable / bare:.1f}×)", end=" · ")
    print(
        f"map drawn {drawn:.0f} ms ({drawn / bare:.1f}×) · {weight / 1000:.0f} kB beyond MapLibre"
    )


if __name__ == "__main__":
    main()

"""The desk's pages: checked and built from ``web/`` into the package, where Node is at hand.

``python scripts/web.py`` builds, if something is newer than what was built; ``--check`` checks
types and runs the small tests; ``--browser`` installs Debian's Chromium for the tests, as root with
apt. Where Node is missing it says so and ends well: all but the desk's pages works without.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
BUILT = ROOT / "src" / "isnad" / "desk" / "static"
NODE = (20, 19)
ANSWER = "Node 20.19 or newer with npm is needed to build the desk's pages (https://nodejs.org)"


def missing() -> str:
    """What stands in the way of a build, or ""."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return ANSWER
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    if not found or (int(found[1]), int(found[2])) < NODE:
        return f"{ANSWER}; here it is {said.strip() or 'broken'}"
    return ""


def sources() -> list[Path]:
    """What the pages are built from."""
    folders = ("src", "public")
    files = [p for f in folders for p in (WEB / f).rglob("*") if p.is_file()]
    return files + [p for p in WEB.iterdir() if p.is_file()]


def stale() -> bool:
    """Whether something is newer than what was built."""
    index = BUILT / "index.html"
    if not index.exists():
        return True
    at = index.stat().st_mtime
    return any(p.stat().st_mtime > at for p in sources())


def npm(*words: str) -> None:
    """Run npm in ``web/``; its output is shown only if it fails."""
    command = [shutil.which("npm") or "npm", *words]
    done = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"npm {' '.join(words)} failed in web/:\n{done.stdout}{done.stderr}")


def install() -> None:
    """What package-lock.json names, if it is not there yet."""
    held = WEB / "node_modules" / ".package-lock.json"
    lock = WEB / "package-lock.json"
    if not held.exists() or held.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--no-audit", "--no-fund")
        held.touch()


def build() -> None:
    """Build the pages, if something changed."""
    if stale():
        install()
        npm("run", "build")


def check() -> None:
    """Types (svelte-check, strict) and the small tests of the pages' own logic."""
    install()
    npm("run", "check")
    npm("run", "test")


def chromium() -> str | None:
    """Where Chromium is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def browser() -> str:
    """Install Chromium if it is missing; why that was not possible, or ""."""
    if chromium():
        return ""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return "Chromium is not installed (Debian: apt install chromium)"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", *words], env=env, capture_output=True, timeout=900)
        if done.returncode:
            return f"apt-get {words[0]} failed: {done.stderr.decode(errors='replace')[-300:]}"
    return "" if chromium() else "Chromium could not be installed"


def main(words: list[str]) -> None:
    """As the module says."""
    if "--browser" in words:
        without = browser()
        if without:
            sys.stderr.write(f"{without}; tests that need it are skipped\n")
        return
    without = missing()
    if without:
        sys.stderr.write(f"{without}; `isnad desk` serves no pages until then\n")
        return
    if "--check" in words:
        check()
    else:
        build()


if __name__ == "__main__":
    main(sys.argv[1:])

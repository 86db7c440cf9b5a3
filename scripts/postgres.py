"""A PostgreSQL of its own for tests: installed if need be, started on a socket, thrown away.

``python scripts/postgres.py --install`` installs Debian's package where that is possible (as root,
with apt); elsewhere it says what is missing and the tests that need a server are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OLDEST = 15
PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, of the newest there is; ``None`` without any."""
    folders = [p for place in PLACES for p in Path(place).glob("*/bin") if (p / "initdb").exists()]
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    fit = [(v, f) for f in folders if (v := _version(f)) >= OLDEST]
    return max(fit)[1] if fit else None


def _version(folder: Path) -> int:
    done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    words = done.stdout.split()
    return int(words[2].split(".")[0]) if done.returncode == 0 and len(words) > 2 else 0


def install() -> str:
    """Install it if it is missing; why that was not possible, or "" if it is there.

    PostGIS is installed beside it where that is possible; see :func:`postgis`.
    """
    missing = "" if binaries() else _apt("postgresql")
    if missing:
        return missing
    folder = binaries()
    if folder is None:
        return f"Debian's PostgreSQL here is older than {OLDEST}"
    if not postgis():
        _apt(f"postgresql-{_version(folder)}-postgis-3")
    return ""


def postgis() -> bool:
    """Whether the server that :func:`server` starts can have PostGIS."""
    folder = binaries()
    if folder is None or not (folder / "pg_config").exists():
        return False
    command = [folder / "pg_config", "--sharedir"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (Path(done.stdout.strip()) / "extension" / "postgis.control").exists()


def _apt(package: str) -> str:
    """Install a package of Debian; why that was not possible, or ""."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return f"PostgreSQL {OLDEST} or newer is not installed (Debian: apt install {package})"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-q", "-y", package]):
        try:
            done = subprocess.run(["apt-get", *command], env=env, capture_output=True, timeout=600)
        except subprocess.TimeoutExpired:
            return f"apt-get {command[0]} took too long"
        if done.returncode:
            return f"apt-get {command[0]} failed: {done.stderr.decode(errors='replace')[-300:]}"
    return ""


def _person() -> str | None:
    """Whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("no user but root is here, and PostgreSQL does not run as root")


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields the address of its first database, ``{}`` standing for the name.

    It listens on a socket in a folder of its own, nowhere else, and ends with the block.
    """
    folder = binaries()
    assert folder is not None, "install() first"
    home = Path(tempfile.mkdtemp(prefix="isnad-pg-"))
    user = _person()
    try:
        if user:
            shutil.chown(home, user)
        data = home / "data"
        subprocess.run(
            [folder / "initdb", "-D", data, "-U", "isnad", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync"],
            check=True, capture_output=True, user=user, cwd=home, timeout=120,
        )  # fmt: skip
        options = f"-k {home} -c listen_addresses= -c fsync=off -c shared_buffers=32MB"
        control = [folder / "pg_ctl", "-D", data, "-s", "-w"]
        subprocess.run(
            [*control, "-l", home / "log", "-o", options, "start"],
            check=True, user=user, cwd=home, timeout=120, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield f"postgresql+psycopg://isnad@/{{}}?host={quote(str(home), safe='')}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], user=user, cwd=home, timeout=60)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    missing = install() if "--install" in sys.argv[1:] else ""
    missing = missing or ("" if postgis() else "PostGIS is not installed")
    if missing:
        sys.stderr.write(f"{missing}; tests that need it are skipped\n")

"""Write the lock files from what is installed here: pinned names, no addresses, no hashes.

``python scripts/lock.py``, after installing what pyproject.toml asks for. ``requirements.lock`` is
what the program needs to run, ``requirements-dev.lock`` what building and testing need besides.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


def closure(wanted: list[str], seen: dict[str, str]) -> dict[str, str]:
    """Names and versions of what is wanted and of all that it needs, less what was seen."""
    found: dict[str, str] = {}
    todo = [(Requirement(text), "") for text in wanted]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        need, extra = todo.pop()
        if need.marker is not None and not need.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(need.name)
        if (name, frozenset(need.extras)) in done:
            continue
        done.add((name, frozenset(need.extras)))
        package = distribution(name)
        if name not in seen:
            found[name] = package.version
        for text in package.requires or []:
            todo += [(Requirement(text), e) for e in ("", *need.extras)]
    return found


def main() -> None:
    """Write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = closure(project["project"]["dependencies"], {})
    build = project["build-system"]["requires"] + ["editables"]
    dev = closure(project["project"]["optional-dependencies"]["dev"] + build, run)
    for file, pins in (("requirements.lock", run), ("requirements-dev.lock", dev)):
        lines = [f"{name}=={version}" for name, version in sorted(pins.items())]
        (ROOT / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

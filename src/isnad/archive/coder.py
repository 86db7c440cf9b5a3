"""Which coder made a claim: the program's version and a hash of its code and knowledge."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import isnad

_ROOMS = ("coding", "knowledge", "language")
_KINDS = (".py", ".csv", ".txt", ".tsv", ".toml", ".json")


@cache
def coder_version() -> str:
    """``VERSION+HASH``: it changes when code or data that coding rests on change.

    The gazetteer in use counts too, with the places that this user has added.
    """
    from isnad.knowledge.gazetteer.user import gazetteer

    digest = hashlib.sha256()
    root = Path(isnad.__file__).parent
    files = [root / "model.py"]
    for room in _ROOMS:
        files += sorted(p for p in (root / room).rglob("*") if p.suffix in _KINDS)
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    digest.update(gazetteer().hash.encode())
    return f"{isnad.__version__}+{digest.hexdigest()[:12]}"

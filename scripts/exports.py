"""Write ``docs/exports-example.md`` from the worked example: ``python scripts/exports.py``.

A test compares the file with what this prints, so that the example stays true.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "exports-example.md"

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tests.publish.worked import page

    PAGE.write_text(page(), encoding="utf-8")

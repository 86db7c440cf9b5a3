"""Loading the compiled knowledge against importing pydantic, each in a fresh process; and finding.

    python benchmarks/knowledge.py [--runs N]

The bound is 2 x. Prints the medians, the build, the size of the file, and the finder's speed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = (
    "import time; a = time.perf_counter()\n"
    "from pydantic import BaseModel; b = time.perf_counter()\n"
    "import isnad.model; c = time.perf_counter()\n"  # the nouns, which every program has
    "from isnad.knowledge.compiled import load\n"
    "load(); d = time.perf_counter(); print(b - a, d - c)"
)
SAMPLE = (
    "أفاد مراسلنا بأن ميليشيا أسد قصفت بلدة كفرنبل بالمدفعية، فيما شنت الطائرات الحربية الروسية"
    " أربع غارات على محيطها، وقال الدفاع المدني إن ثلاثة مدنيين بينهم طفلان قتلوا. وفي دير الزور"
    " هاجمت خلايا تابعة لتنظيم داعش حاجزاً لقسد، واعتقلت قوات سوريا الديمقراطية (قسد) خمسة شبان،"
    " بينما أرسل الحرس الثوري الإيراني تعزيزات إلى البوكمال.\n"
)


def run(env: dict[str, str]) -> tuple[float, float]:
    """Seconds to import pydantic, and then to import and load the knowledge, in one process."""
    out = subprocess.run([sys.executable, "-c", PROGRAM], env=env, capture_output=True, check=True)
    one, other = out.stdout.split()
    return float(one), float(other)


def out(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        env = {"ISNAD_CACHE": folder, "PATH": "", "PYTHONUTF8": "1"}
        build = run(env)[1]
        pairs = [run(env) for _ in range(runs)]
        size = sum(p.stat().st_size for p in Path(folder).iterdir())
    pydantic, load = (statistics.median(x) for x in zip(*pairs, strict=True))
    ratio = load / pydantic
    out(f"build and load {build * 1000:.0f} ms, file {size / 1e6:.1f} MB")
    told = f"import pydantic {pydantic * 1000:.0f} ms, load knowledge {load * 1000:.0f} ms"
    out(f"{told}: {ratio:.2f} x")
    out(f"find_mentions {finding():.2f} ms for 2,000 characters")
    return 0 if ratio <= 2 else 1


def finding() -> float:
    """Milliseconds for 2,000 characters: scan, setting and mentions; the best of some runs."""
    from isnad.coding.actors import find_mentions
    from isnad.coding.document import Document
    from isnad.coding.setting import Setting
    from isnad.model import Report

    text = (SAMPLE * (2000 // len(SAMPLE) + 1))[:2000]
    best = float("inf")
    for _ in range(30):
        doc = Document.of(Report(text=text))
        start = time.perf_counter()
        find_mentions(doc, Setting.of(doc))
        best = min(best, time.perf_counter() - start)
    return best * 1000


if __name__ == "__main__":
    raise SystemExit(main())

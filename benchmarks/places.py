"""Places: finding against a bare automaton pass, opening the gazetteer, whole reports, memory.

    python benchmarks/places.py [--gazetteer FILE] [--text FILE]

Bounds: finding the names of a text at most 4 x one bare pass of an automaton over the same names;
opening the gazetteer below importing sqlite3; find_places at most 3 ms for 2,000 characters; the
whole process at most 400 MB (with ``--gazetteer`` of all added files).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from isnad.coding.document import Document
from isnad.coding.places import find_places
from isnad.knowledge import lexicon
from isnad.knowledge.gazetteer.store import BUILT, Gazetteer, open_gazetteer
from isnad.model import Report

# As dense in places as the reports that a desk reads: one to some twelve words.
SAMPLE = (
    "أفاد مراسلنا بأن طائرات حربية قصفت اليوم بلدة كفرنبل بريف إدلب الجنوبي بعدة صواريخ، ما "
    "أسفر عن مقتل ثلاثة مدنيين وإصابة آخرين بجروح متفاوتة نقلوا على إثرها إلى المشافي "
    "القريبة. وقال الدفاع المدني إن فرقه عملت على انتشال العالقين من تحت الأنقاض وإخماد "
    "الحرائق التي اندلعت في المكان، فيما دارت اشتباكات على محور كبينة بين الفصائل وقوات "
    "النظام استمرت حتى ساعات الصباح الأولى دون تغير في خريطة السيطرة. من جهة أخرى انفجرت عبوة "
    "ناسفة بسيارة عسكرية على طريق تدمر دير الزور، ولم تتبن أي جهة العملية، بينما وصلت تعزيزات "
    "جديدة تضم عشرات الآليات إلى المنطقة خلال الأيام الماضية. وفي سياق متصل أصيب طفل بانفجار "
    "لغم من مخلفات الحرب أثناء رعيه الأغنام في قرية الأغيبش بريف تل تمر الغربي، بحسب مصادر "
    "محلية طلبت عدم الكشف عن هويتها خوفا من الملاحقة.\n"
)
OPEN = (
    "import time; a = time.perf_counter(); import sqlite3; b = time.perf_counter()\n"
    "from pathlib import Path; import isnad.knowledge.gazetteer.store as s\n"
    "c = time.perf_counter(); g = s.Gazetteer(Path({path!r})); d = time.perf_counter()\n"
    "g.automaton; e = time.perf_counter(); print(b - a, d - c, e - d)"
)


def out(line: str) -> None:
    sys.stdout.write(line + "\n")


def best(what: Callable[[], object], runs: int = 40) -> float:
    """Milliseconds, the best of some runs."""
    least = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        what()
        least = min(least, time.perf_counter() - start)
    return least * 1000


def names(gaz: Gazetteer) -> list[str]:
    """All names the gazetteer looks for."""
    import sqlite3

    db = sqlite3.connect(f"{gaz.path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return [n for (n,) in db.execute("SELECT DISTINCT key FROM name ORDER BY key")]
    finally:
        db.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gazetteer", type=Path, default=BUILT)
    parser.add_argument("--text", type=Path)
    args = parser.parse_args()
    gaz = open_gazetteer(args.gazetteer)
    text = args.text.read_text(encoding="utf-8") if args.text else SAMPLE
    text = (text * (2000 // len(text) + 1))[:2000]
    doc = Document.of(Report(text=text))
    normal = doc.normal.text
    bare = lexicon.automaton_from_bytes(lexicon.automaton_to_bytes(names(gaz)))
    one, all_names = best(lambda: bare.find_overlapping(normal)), best(lambda: gaz.find(normal))
    whole = best(lambda: find_places(doc, gazetteer=gaz))
    runs = []
    for _ in range(9):
        code = OPEN.format(path=str(args.gazetteer))
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        runs.append(tuple(float(x) * 1000 for x in done.stdout.split()))
    sqlite, opened, automaton = (statistics.median(r[i] for r in runs) for i in range(3))
    out(f"{len(gaz)} places, {gaz.meta['names']} names, {gaz.path.stat().st_size / 1e6:.1f} MB")
    out(f"bare pass {one:.3f} ms, finding {all_names:.3f} ms: {all_names / one:.2f} x")
    out(f"import sqlite3 {sqlite:.1f} ms, open {opened:.1f} ms, automaton {automaton:.1f} ms")
    out(f"find_places {whole:.2f} ms for {len(text)} characters")
    peak = _peak()
    out(f"peak memory {peak:.0f} MB" if peak else "peak memory: only told on Linux")
    return 0 if all_names <= 4 * one and opened <= sqlite and whole <= 3 and peak <= 400 else 1


def _peak() -> float:
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    raise SystemExit(main())

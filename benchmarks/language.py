"""How fast the language layer is, beside others', and that hostile input does not slow it.

    python benchmarks/language.py            # speed, beside spaCy and dateparser if installed
    python benchmarks/language.py --hostile  # time at 200,000 hostile characters over 100,000

The text is generated (no report is quoted): sentences of conflict reporting from a fixed seed with
names and words of a large vocabulary, 2,000 characters each, in UTF-8 megabytes (10^6 bytes) of
source per second of processor time, best of two runs for each stage. spaCy's tokenizer keeps a
cache of words and so do we: both are given with the cache empty ("first pass", as on new text) and
full, neither with the time to load its tables.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import sys
import time
from collections.abc import Callable

from isnad.language.arabic.evasion import separators
from isnad.language.arabic.normal import normalize
from isnad.language.arabic.numbers import find_counted_nouns, find_numbers
from isnad.language.arabic.sentences import find_clauses, find_quotes, find_sentences
from isnad.language.arabic.tables import rows
from isnad.language.arabic.times import find_dateline, find_times
from isnad.language.arabic.tokens import tokenize

DAY = dt.date(2024, 5, 15)
LETTERS = "ابتجحخدرزسشصطعغفقكلمنهوي"


def generated(characters: int, seed: int = 1) -> list[str]:
    """Reports of about 2,000 characters, ``characters`` in all."""
    rng = random.Random(seed)
    names = ["".join(rng.choices(LETTERS, k=rng.randint(3, 6))) for _ in range(6000)]
    nouns = [(r["singular"], r["plural"].split(";")[0]) for r in rows("nouns")]
    verbs = ["قصفت", "استهدفت", "اقتحمت", "هاجمت", "حاصرت", "داهمت", "سيطرت على", "انسحبت من"]
    amounts = ["{}", "{}", "{}", "ما لا يقل عن {}", "نحو {}", "أكثر من {}", "عشرات", "عدد من"]
    amounts.append("بين {} و20")
    whens = [
        "أمس", "صباح اليوم", "يوم الخميس الماضي", "في 12 أيار 2024", "قبل يومين", "مساء الأحد",
        "خلال الأيام الماضية", "أواخر عام 2019", "فجر الثلاثاء",
    ]  # fmt: skip
    openings = ["وقال مصدر في", "وأفاد ناشطون من", "وبحسب شبكة", "ونقلت صحيفة", "كما ذكر مراسل"]

    def sentence() -> str:
        singular, plural = rng.choice(nouns)
        amount = rng.choice(amounts).format(rng.randint(3, 19))
        extra = " ".join(
            rng.choice(("و", "ب", "ال", "لل", "", "")) + rng.choice(names) for _ in range(14)
        )
        return (
            f"{rng.choice(openings)} {rng.choice(names)} إن قوات {rng.choice(names)} "
            f"{rng.choice(verbs)} بلدة {rng.choice(names)} بريف {rng.choice(names)} "
            f"{rng.choice(whens)}، ما أدى إلى مقتل "
            f"{amount} {plural} وإصابة {singular} بجروح، {extra}."
        )

    out: list[str] = []
    total = 0
    while total < characters:
        report = ""
        while len(report) < 2000:
            report += sentence() + (" " if rng.random() < 0.7 else "\n")
        out.append(report)
        total += len(report)
    return out


def timed(work: Callable[[], object], runs: int = 2) -> float:
    """Least processor seconds of ``runs`` runs, the collector off: its passes over whatever else
    is alive would be counted to whichever stage it happens to interrupt."""
    best = float("inf")
    gc.collect()
    gc.disable()
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    gc.enable()
    return best


def speed(out: Callable[[str], object]) -> None:
    texts = generated(400_000)
    size = sum(len(t.encode()) for t in texts) / 1e6
    characters = sum(map(len, texts))

    def tell(name: str, seconds: float) -> float:
        rate, each = size / seconds, seconds / characters * 2e6
        out(f"{name:<44}{rate:>8.2f} MB/s{each:>9.3f} ms per 2,000 characters")
        return rate

    def all_ours() -> None:
        for text in texts:
            normal = normalize(text)
            tokens = tokenize(normal.text)
            find_numbers(normal.text, tokens)
            find_times(normal.text, tokens, DAY)

    loaded = normalize("قتل ثلاثة مدنيين و5 أطفال أمس في 12 أيار 2024").text
    find_times(loaded, tokenize(loaded), DAY)
    find_numbers(loaded, tokenize(loaded))
    first = timed(all_ours, 1)
    tell("ours together, first pass", first)
    normals = [normalize(t) for t in texts]
    tokens = [tokenize(n.text) for n in normals]
    tell("normalise", timed(lambda: [normalize(t) for t in texts]))
    tell("tokenise", timed(lambda: [tokenize(n.text) for n in normals]))
    pairs = list(zip(normals, tokens, strict=True))
    tell("numbers", timed(lambda: [find_numbers(n.text, t) for n, t in pairs]))
    times = tell("times", timed(lambda: [find_times(n.text, t, DAY) for n, t in pairs]))
    tell("counted nouns", timed(lambda: [find_counted_nouns(n.text, t) for n, t in pairs]))
    tell("sentences", timed(lambda: [find_sentences(n.text, t) for n, t in pairs]))
    ours = tell("ours together (normalise … times)", timed(all_ours))
    cold = size / first
    try:
        import spacy
    except ImportError:
        out("spaCy is not installed: no ratio to it")
    else:
        nlp = spacy.blank("ar")
        empty = tell(
            "spaCy blank Arabic tokenizer, first pass",
            timed(lambda: [nlp.make_doc(t) for t in texts], 1),
        )
        full = tell(
            "spaCy blank Arabic tokenizer, cache full",
            timed(lambda: [nlp.make_doc(t) for t in texts]),
        )
        out(f"ours / spaCy: {cold / empty:.2f} on a first pass, {ours / full:.2f} with caches full")
    try:
        from dateparser.search import search_dates  # type: ignore[import-untyped]
    except ImportError:
        out("dateparser is not installed: no ratio to it")
    else:
        # It loads its language on the first call: as with the others, not to be counted; the rate
        # with it is told beside, being what a short run sees.
        def dates(few: list[str]) -> float:
            seconds = timed(lambda: [search_dates(t, languages=["ar"]) for t in few], 1)
            return sum(len(t.encode()) for t in few) / 1e6 / seconds

        loading, rate = dates(texts[:3]), dates(texts[3:23])
        out(f"{'dateparser search_dates':<44}{rate:>8.4f} MB/s")
        out(f"{'dateparser search_dates, 3 texts and loading':<44}{loading:>8.4f} MB/s")
        out(f"ours / dateparser: {ours / rate:.0f}, {ours / loading:.0f} with its loading")
        out(f"times alone / dateparser: {times / rate:.0f}, {times / loading:.0f} with its loading")


HOSTILE = {
    "one letter": "ا",
    "one digit": "1",
    "digits and commas": "1,",
    "digits and dots": "1.",
    "dates": "1/",
    "dashes": "1-",
    "colons": "1:",
    "spaces": " ",
    "tatweel": "\u0640",
    "tatweel gaps": "اـ ",
    "dots in words": "ا.",
    "fragments": "اب ز ",
    "marks": "اً",
    "hundreds": "مئة ",
    "units": "ثلاثة ",
    "and units": "وثلاثة ",
    "tens": "خمسة وعشرين ",
    "between": "بين خمسة وعشرين ",
    "scales": "ألف ",
    "big scales": "مليون ألف ",
    "bounds": "ما لا يقل عن ",
    "more than": "أكثر من ",
    "from": "من ",
    "one of": "أحد ",
    "pieces": "جزء من ",
    "fractions": "1/2 ",
    "powers": "2^",
    "number of": "عدد كبير ",
    "among": "بينهم ",
    "to": "5 إلى ",
    "or": "5 أو ",
    "quotes": '"ا ',
    "guillemets": "«",
    "closing": "»«",
    "line ends": "\n",
    "bullets": "1- ا ",
    "emoji": "🔴",
    "links": "https://",
    "full stops": "ا. ",
    "commas": "ا، ",
    "months": "تشرين ",
    "days": "يوم ",
    "since": "منذ ",
    "day numbers": "5 آب ",
    "ordinals": "الثاني ",
    "clitics": "وال",
    "percent": "% ",
}


def hostile(out: Callable[[str], object]) -> float:
    """For each pattern and stage, time at 200,000 characters over time at 100,000."""
    worst = 0.0
    for name, unit in HOSTILE.items():
        ratios = []
        for stage in (
            "evasion",
            "normal",
            "tokens",
            "numbers",
            "nouns",
            "sentences",
            "quotes",
            "dateline",
            "times",
        ):
            seconds = [_stage(stage, (unit * (n // len(unit) + 1))[:n]) for n in (100_000, 200_000)]
            if seconds[1] > 0.02:
                ratios.append((seconds[1] / max(seconds[0], 1e-9), seconds[1], stage))
        if not ratios:
            out(f"{name:<20} every stage under 20 ms")
            continue
        ratio, took, stage = max(ratios)
        worst = max(worst, ratio)
        out(f"{name:<20}{ratio:>6.2f} at worst ({stage}, {took:.3f} s at 200,000)")
    out(f"worst ratio {worst:.2f}")
    return worst


def _stage(stage: str, text: str) -> float:
    if stage == "evasion":
        return timed(lambda: separators(text))
    if stage == "normal":
        return timed(lambda: normalize(text))
    normal = normalize(text).text
    if stage == "tokens":
        return timed(lambda: tokenize(normal))
    tokens = tokenize(normal)
    if stage == "numbers":
        return timed(lambda: find_numbers(normal, tokens))
    if stage == "nouns":
        return timed(lambda: find_counted_nouns(normal, tokens))
    if stage == "sentences":
        return timed(
            lambda: [find_clauses(normal, tokens, s) for s in find_sentences(normal, tokens)]
        )
    if stage == "quotes":
        return timed(lambda: find_quotes(normal, tokens))
    if stage == "dateline":
        return timed(lambda: find_dateline(normal, tokens))
    return timed(lambda: find_times(normal, tokens, DAY))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--hostile", action="store_true", help="growth on hostile input")
    args = parser.parse_args()

    def out(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    if args.hostile:
        hostile(out)
    else:
        speed(out)


if __name__ == "__main__":
    main()

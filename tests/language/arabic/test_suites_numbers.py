"""Others' cases of Arabic numbers, where the measuring material lies beside the checkout.

The suites are Duckling's (BSD) and Microsoft Recognizers-Text's (MIT). Nothing of them is copied
here: a case left out is named by a rule on its text or by its place in the file, with the reason.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from isnad.language.arabic.normal import normalize
from isnad.language.arabic.numbers import Number, find_numbers
from isnad.language.arabic.tokens import tokenize

SUITES = Path(__file__).parents[4] / "shared" / "suites"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SUITES.is_dir(), reason="the suites are not beside this checkout"),
]


def load(name: str) -> Any:
    return json.loads((SUITES / f"{name}.json").read_text(encoding="utf-8"))


def found(text: str) -> list[tuple[tuple[int, int], tuple[int, int], Number]]:
    """Each number with its expression's and its value's span in the source."""
    normal = normalize(text)
    return [
        (normal.span(n.start, n.end), normal.span(n.value_start, n.value_end), n)
        for n in find_numbers(normal.text, tokenize(normal.text))
    ]


def test_duckling_numerals() -> None:
    phrases = [
        (phrase, float(re.sub(r"[^0-9.\-]", "", case["value"])))
        for case in load("duckling_ar")["Numeral"]
        for phrase in case["phrases"]
    ]
    failed = []
    for phrase, value in phrases:
        got = found(phrase)
        whole = (0, len(phrase))
        if not (len(got) == 1 and got[0][1] == whole and got[0][2].low == got[0][2].high == value):
            failed.append((phrase, value, got))
    assert 1 - len(failed) / len(phrases) >= 0.97, failed


def supported(case: dict[str, Any]) -> bool:
    marks = case.get("NotSupported", "") + case.get("NotSupportedByDesign", "")
    return "dotnet" not in marks


def spans(case: dict[str, Any]) -> list[tuple[int, int]]:
    """Expected spans, found by their words (the suites' offsets drift after some letters)."""
    out, at = [], 0
    for result in case["Results"]:
        start = case["Input"].index(result["Text"], at)
        at = start + len(result["Text"])
        out.append((start, at))
    return out


def same(got: tuple[int, int], want: tuple[int, int], text: str) -> bool:
    """Spans agree; a proclitic (ب، ال) may or may not be part of the number."""
    return got[1] == want[1] and text[min(got[0], want[0]) : max(got[0], want[0])] in (
        "",
        "ب",
        "ال",
        "و",
    )


def test_recognizers_number_model() -> None:
    """Values and spans. A figure glued to a unit of measure («20دولار») is in that suite another
    entity's (a dimension or a sum of money); ours says so by its kind."""
    cases = [c for c in load("recognizers_NumberModel") if supported(c)]
    failed = []
    for case in cases:
        text = case["Input"]
        got = [
            (value, n)
            for _, value, n in found(text)
            if not (n.kind == "measure" and text[value[1] : value[1] + 1].isalpha())
            and n.kind != "date"
            and not (n.exactness == "vague" and n.high is None)  # «بعض»: no numeral
            and (
                n.exactness != "ordinal"
                or text[value[0]].isdigit()
                or ("ال" in text[value[0] : value[1]] and text[value[1] - 1].isdigit())
            )
        ]
        want = spans(case)
        good = len(got) == len(want)
        for (span, n), expected, result in zip(got, want, case["Results"], strict=False):
            value = result.get("Resolution", {}).get("value")
            good &= same(span, expected, text)
            if not case.get("IgnoreResolution"):
                close = n.low is not None and abs(n.low - float(value)) <= 1e-9 * max(1, abs(n.low))
                good &= close
        if not good:
            failed.append((text, case["Results"], got))
    assert 1 - len(failed) / len(cases) >= 0.92, failed


def test_recognizers_number_range_model() -> None:
    """Ends and spans; that suite's open and closed ends are both our bound."""
    cases = [c for c in load("recognizers_NumberRangeModel") if supported(c)]
    failed = []
    for case in cases:
        text = case["Input"]
        got = [
            (span, n)
            for span, value, n in found(text)
            if n.exactness in ("range", "more_than", "fewer_than", "at_least", "at_most")
            or (n.exactness == "exact" and span != value)
        ]
        want = spans(case)
        good = len(got) == len(want)
        for (span, n), expected, result in zip(got, want, case["Results"], strict=False):
            good &= same(span, expected, text)
            if not case.get("IgnoreResolution"):
                low, high = result["Resolution"]["value"][1:-1].split(",")
                good &= n.low == (float(low) if low else None)
                good &= n.high == (float(high) if high else None)
        if not good:
            failed.append((text, case["Results"], got))
    assert 1 - len(failed) / len(cases) >= 0.92, failed

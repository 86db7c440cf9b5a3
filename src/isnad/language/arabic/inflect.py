"""Forms of a verb, a verbal noun or a noun as running text writes them (unvowelled, normal form).

A small generator over the endings and prefixes that news prose uses; hollow and defective verbs
give their stems in the data. Rules after any grammar of Modern Standard Arabic.
"""

from __future__ import annotations

from isnad.language.arabic.normal import fold

_ENCLITICS = ("", "ه", "ها", "هم", "هما", "هن")


def perfect_forms(stem: str) -> dict[str, str]:
    """Forms of the perfect from the third person masculine singular; value: the enclitic."""
    s = fold(stem)
    first, _, rest = s.partition(" ")
    tail = f" {rest}" if rest else ""
    if first.endswith("ي"):
        bases = [first, first[:-1] + "ت", first[:-1] + "وا", first[:-1] + "تا", first + "ا"]
        joined = [first[:-1] + "ا", first[:-1] + "ت", first[:-1] + "و"]
    else:
        bases = [first, first + "ت", first + "وا", first + "تا", first + "ا", first + "نا"]
        joined = [first, first + "ت", first + "و", first + "نا"]
    if tail:
        return {b + tail: "" for b in bases}
    out = dict.fromkeys(bases, "")
    for b in joined:
        for e in _ENCLITICS[1:]:
            out.setdefault(b + e, e)
    return out


def imperfect_forms(stem: str) -> dict[str, str]:
    """Forms of the imperfect from the third person masculine singular (with its ي)."""
    s = fold(stem)
    first, _, rest = s.partition(" ")
    tail = f" {rest}" if rest else ""
    core = first[1:] if first.startswith("ي") else first
    out: dict[str, str] = {}
    for prefix in "يتن":
        for ending in ("", "ون", "ان", "ن", "وا", "ين"):
            base = core[:-1] if ending and core.endswith("ي") and ending != "ن" else core
            if tail:
                out.setdefault(prefix + base + ending + tail, "")
                continue
            out.setdefault(prefix + base + ending, "")
            if not ending:
                for e in _ENCLITICS[1:]:
                    out.setdefault(prefix + core + e, e)
    return out


def noun_forms(word: str) -> dict[str, str]:
    """A noun or verbal noun, its accusative and its forms with a pronoun."""
    s = fold(word)
    if " " in s:
        return {s: ""}
    out = {s: ""}
    joined = s[:-1] + "ت" if s.endswith("ه") else s
    if not s.endswith(("ه", "ا", "ي", "ات")):
        out.setdefault(s + "ا", "")
    for e in _ENCLITICS[1:]:
        out.setdefault(joined + e, e)
    return out

"""Forms of a verb, a verbal noun or a noun as running text writes them (unvowelled, normal form).

A small generator over the endings and prefixes that news prose and posts use. The last letter of
the word *as the data write it* tells its class: ``ّ`` doubled (شنّ, شننا), ``ى`` or ``ا`` defective
(قضى, قضت, قضوا; دعا, دعت, دعوا), ``ي`` defective that keeps its ya (لقي, لقيت, لقوا), ``أ`` hamza
(لجأ, لجأت, لجؤوا). Hollow verbs need no rule in the third person (أغار, أغارت, أغاروا).
"""

from __future__ import annotations

from isnad.language.arabic.normal import fold

_ENCLITICS = ("", "ه", "ها", "هم", "هما", "هن")
_SHADDA = "\u0651"
_PREPOSITIONS = frozenset({"من", "في", "علي", "عن", "الي", "او"})
_WITH_B = frozenset({"بري", "بريه", "بحري", "بحريه"})


def perfect_forms(stem: str) -> dict[str, str]:
    """Forms of the perfect from the third person masculine singular; value: the enclitic."""
    written, _, rest = stem.strip().partition(" ")
    tail = f" {fold(rest)}" if rest else ""
    bases, joined = _perfect(fold(written), written)
    if tail:
        return {b + tail: "" for b in bases}
    out = dict.fromkeys(bases, "")
    for b in joined:
        for e in _ENCLITICS[1:]:
            out.setdefault(b + e, e)
    return out


def _perfect(s: str, written: str) -> tuple[list[str], list[str]]:
    """The bare forms, and the stems that pronouns are joined to."""
    cut = s[:-1]
    if written.endswith("ي"):
        bases = [s, s + "ت", cut + "ت", cut + "وا", s + "تا", s + "ا", s + "نا"]
        return bases, [s, s + "ت", cut + "و"]
    if written.endswith("ى"):
        bases = [s, cut + "ت", cut + "وا", cut + "تا", s + "ا", s + "نا"]
        return bases, [cut + "ا", cut + "ت", cut + "و"]
    if written.endswith("ا") and len(s) > 2:
        bases = [s, cut + "ت", cut + "وا", cut + "تا", cut + "ونا"]
        return bases, [s, cut + "ت", cut + "و"]
    parted = written.endswith(_SHADDA) and len(s) == 2 and not s.endswith("ن")
    we = s + s[-1] + "نا" if parted else s + "نا"  # «فررنا»; «شننا» has its third n in the ending
    bases = [s, s + "ت", s + "وا", s + "تا", s + "ا", we]
    if written.endswith("أ"):
        bases.append(cut + "ووا")
    elif len(s) > 2:
        bases.append(s + "و")  # «قصفو»: the alef of the plural is often left out in posts
    return bases, [s, s + "ت", s + "و", we]


def passive_forms(stem: str) -> dict[str, str]:
    """Forms of the perfect's passive where its letters differ from the active; else none.

    Third form فاعل (هاجم, هوجم), and the weak verbs: اغتال, اغتيل; استعاد, استعيد; أباد, أبيد;
    أخلى, أخليت. «قاد» has none here: «قيد» is most often a noun.
    """
    written, _, rest = stem.strip().partition(" ")
    s = fold(written)
    tail = f" {fold(rest)}" if rest else ""
    changed = ""
    if written.endswith("ى"):
        if len(s) < 4:
            return {}
        return dict.fromkeys((s + "ت" + tail, s + "تا" + tail), "")
    if len(s) == 4 and s[1] == "ا":
        changed = s[0] + "و" + s[2:]
    elif len(s) == 5 and s[0] == "ت" and s[2] == "ا":
        changed = s[:2] + "و" + s[3:]
    elif s[:1] == "ا" and len(s) in (4, 5, 6) and s[-2] == "ا":
        known = len(s) == 4 or (len(s) == 5 and s[2] == "ت") or s.startswith("است")
        changed = s[:-2] + "ي" + s[-1] if known else ""
    return dict.fromkeys((f + tail for f in _perfect(changed, changed)[0]), "") if changed else {}


def imperfect_forms(stem: str) -> dict[str, str]:
    """Forms of the imperfect from the third person masculine singular (with its ي).

    Also with the ب of Levantine and Egyptian speech («بيقصف», «بتقصف») and the Iraqi د («دتضرب»).
    """
    written, _, rest = stem.strip().partition(" ")
    first = fold(written)
    tail = f" {fold(rest)}" if rest else ""
    core = first[1:] if first.startswith("ي") else first
    endings, joined = _imperfect(core, written)
    out: dict[str, str] = {}
    for prefix in "يتن":
        for base in endings:
            out.setdefault(prefix + base + tail, "")
        if not tail:
            for e in _ENCLITICS[1:]:
                out.setdefault(prefix + joined + e, e)
    for spoken in ("بي", "بت", "دي", "دت"):
        if len(core) < 3 or tail:
            break
        for base in dict.fromkeys((endings[0], endings[2])):
            out.setdefault(spoken + base, "")
    return out


def _imperfect(core: str, written: str) -> tuple[list[str], str]:
    """Stems with their endings, and the stem that pronouns are joined to."""
    cut = core[:-1]
    if written.endswith("ى"):
        return [core, cut + "ون", cut + "وا", core + "ان", core + "ن"], cut + "ا"
    if written.endswith("ي"):
        return [core, cut + "ون", cut + "وا", core + "ان", core + "ن"], core
    if written.endswith("و") and len(core) > 2:
        return [core, cut + "ون", cut + "وا", core + "ان", core + "ن"], core
    return [core, core + "ون", core + "وا", core + "ان", core + "ن", core + "ين"], core


def noun_forms(word: str) -> dict[str, str]:
    """A noun or verbal noun, its accusative and its forms with a pronoun.

    A noun with its adjective: also accusative («قصفا مدفعيا») and definite («القصف المدفعي»; the
    article of the first word is a proclitic and none of the form's own).
    """
    s = fold(word)
    if " " in s:
        return dict.fromkeys(_phrase_forms(s), "")
    out = {s: ""}
    joined = s[:-1] + "ت" if s.endswith("ه") else s
    hamza = word.endswith("ء")
    if not hamza and not s.endswith(("ه", "ا", "ي", "ات")):
        out.setdefault(s + "ا", "")
    for e in _ENCLITICS[1:]:
        out.setdefault(joined + e, e)
        if hamza:
            out.setdefault(s[:-1] + "ي" + e, e)
            out.setdefault(s[:-1] + "و" + e, e)
    return out


def _phrase_forms(phrase: str) -> list[str]:
    words = phrase.split()
    if len(words) != 2 or words[0].startswith("ال"):
        return [phrase]
    noun, second = words
    governed = second in _PREPOSITIONS or second.startswith(("ال", "ب", "ل"))
    if governed and second not in _WITH_B:
        return [phrase]
    out = [phrase, f"{noun} ال{second}"]
    if second.endswith("ي") and not noun.endswith(("ه", "ا", "ي", "ات", "ين", "ء")):
        out.append(f"{noun}ا {second}ا")
    return out

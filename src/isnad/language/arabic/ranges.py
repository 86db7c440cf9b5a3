"""Two values that make one: «بين 15 و20», «من 10 إلى 12», «15-20», «ثلاثة أو أربعة»."""

from __future__ import annotations

from isnad.language.arabic.compounds import Compound, atom, read
from isnad.language.arabic.normal import fold
from isnad.language.arabic.number import Part
from isnad.language.arabic.tokens import Token

_BETWEEN = frozenset(("بين", "وبين", "مابين", "ومابين", "فبين"))
_TO = frozenset(("الي", "حتي", "ل", "لغايه"))
_DASHES = "-–—"
_CHANGED = frozenset(
    fold(w) for w in (
        "ارتفع", "ارتفعت", "يرتفع", "ارتفاع", "زاد", "زادت", "زيادة", "انخفض", "انخفضت", "انخفاض",
        "تراجع", "تراجعت", "هبط", "هبطت", "قفز", "قفزت", "تقلص", "تقلصت", "صعد", "تغير",
    )
)  # fmt: skip


def changes(word: str) -> bool:
    """Whether a verb or noun of rising and falling, و or ل before it or not."""
    return word in _CHANGED or word[1:] in _CHANGED


def split_between(tokens: list[Token], c: Compound) -> list[Compound]:
    """«بين خمسة وعشرين» reads as five and twenty when no other «و» closes the range."""
    if c.last - c.first < 2 or not c.first or tokens[c.first - 1].text not in _BETWEEN:
        return [c]
    after = atom(tokens, c.last)
    if after is not None or (c.last < len(tokens) and tokens[c.last].text == "و"):
        return [c]
    for k in range(c.last - 1, c.first, -1):
        n = atom(tokens, k)
        lone = tokens[k - 1].text == "و" and k - 1 > c.first
        if n is None or not (n.conj or lone):
            continue
        cut = k - 1 if lone else k
        one = read(tokens[c.first : cut], 0, c.head)
        two = read(tokens[k : c.last], 0, n)
        if one is None or two is None or one.low >= two.low:
            continue
        if one.last + c.first != cut or two.last + k != c.last:
            continue
        return [
            one._replace(first=c.first, last=cut),
            two._replace(first=k, last=c.last),
        ]
    return [c]


def join_ranges(normal: str, tokens: list[Token], parts: list[Part]) -> list[Part]:
    """Parts with each pair that makes a range joined into one."""
    out: list[Part] = []
    skip = False
    for k, part in enumerate(parts):
        if skip:
            skip = False
            continue
        other = parts[k + 1] if k + 1 < len(parts) else None
        if other is not None and _joins(normal, tokens, part, other):
            out.append(part)
            skip = True
        else:
            out.append(part)
    return out


def _joins(normal: str, tokens: list[Token], a: Part, b: Part) -> bool:
    if a.kind not in ("count", "percent", "fraction") or b.kind not in (
        "count",
        "percent",
        "fraction",
    ):
        return False
    if "ordinal" in (a.exactness, b.exactness) or None in (a.low, b.low, a.high, b.high):
        return False
    gap = tokens[a.last : b.first]
    if len(gap) > 2:
        return False
    before = tokens[a.first - 1].text if a.first else ""
    texts = [t.text for t in gap]
    first = a.first
    if len(texts) == 2 and a.noun_start == gap[0].start:
        texts = texts[1:]  # «بين 15 قتيلاً و20»
    if before in _BETWEEN and (
        texts == ["و"] or (b.conj and len(texts) <= 1) or texts in (["الي"], ["-"])
    ):
        if texts and texts not in (["و"], ["الي"], ["-"]) and a.noun_start != gap[0].start:
            return False
        first = a.first - 1
        if before == "بين" and first and tokens[first - 1].text in ("ما", "وما"):
            first -= 1
    elif len(texts) == 1 and texts[0] in _TO and not b.conj:
        if before in ("من", "ومن") and not _bounded(tokens, a.first - 1):
            if _changed(tokens, a.first - 1):
                a.relation, b.relation = "from", "to"
                return False
            first = a.first - 1
        elif texts[0] != "الي" or not _less(a, b):
            return False
    elif len(texts) == 1 and texts[0] in _DASHES and a.digits and b.digits and len(gap) == 1:
        spaced = normal[gap[0].start - 1].isspace() or normal[gap[0].end].isspace()
        third = (
            b.last < len(tokens)
            and tokens[b.last].text in _DASHES
            and b.end == tokens[b.last].start
        )
        if a.low == b.low or third or (spaced and not _less(a, b)):
            return False
    elif texts == ["او"] and _less(a, b) and not a.conj | b.conj and _near(a, b):
        pass
    else:
        return False
    return _join(tokens, a, b, first)


def _less(a: Part, b: Part) -> bool:
    return a.low is not None and b.high is not None and a.low < b.high


def _near(a: Part, b: Part) -> bool:
    return a.low is not None and b.low is not None and 0 < b.low <= 2 * a.low + 1


def _bounded(tokens: list[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].text in ("اكثر", "اقل", "اكبر", "اعلي", "ادني", "باكثر", "لاكثر")


def _changed(tokens: list[Token], i: int) -> bool:
    for k in range(i - 1, max(-1, i - 10), -1):
        if tokens[k].kind == "newline":
            return False
        if changes(tokens[k].text):
            return True
    return False


def _join(tokens: list[Token], a: Part, b: Part, first: int) -> bool:
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return False
    if first < a.first:
        token = tokens[first]
        skip = 1 if token.text in ("وبين", "ومابين", "ومن", "وما", "فبين") else 0
        a.start = token.start + skip
    shared = atom(tokens, b.last - 1)
    if shared is not None and shared.category in ("scale", "scales") and b.last - b.first > 1:
        scale = shared.low  # «بين 100 و150 ألف»: both are thousands
        if 0 < a.low < scale and a.low < b.low / scale:
            a.low, a.high = a.low * scale, a.high * scale
    a.low, a.high = min(a.low, b.low), max(a.high, b.high)
    a.first, a.last, a.end, a.value_end = first, b.last, b.end, b.value_end
    a.noun_start, a.noun_end = (
        (b.noun_start, b.noun_end) if b.noun_start is not None else (a.noun_start, a.noun_end)
    )
    a.exactness = "range"
    if "percent" in (a.kind, b.kind):
        a.kind = "percent"
    return True

"""Who says it: the chain of attribution of a sentence, outermost first.

In: a sentence with its reporting verbs, source heads and mentions. Out: source references and how
far they reach. The words are those of ``data/sources``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from isnad.coding.actors import ActorMention
from isnad.coding.document import Document
from isnad.coding.scan import Mark, Sentence

_NAME_TOKENS = 8
_STOP_WORDS = frozenset(
    "ان انه انها انهم ما بان بانه التي الذي الذين حيث قوله قولها قولهم عن الي اذ بعد خلال منذ حول اليوم "
    "امس علي وان فان".split()
)
_QUOTES = frozenset("«»“”\"'()‹›#_[]")
_CATEGORY_KIND = {
    "government": "official", "state_forces": "official", "police": "official",
    "person_office": "official", "external_forces": "official", "de_facto_authority": "official",
    "rebel": "party", "pro_government_militia": "party", "identity_militia": "party",
    "political_party": "party", "tribe": "local", "international_organisation": "monitor",
    "ngo": "monitor", "monitor": "monitor", "rescue_service": "rescue", "medical": "medical",
    "media": "outlet", "outlet": "outlet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source's words (half-open, normal form), its kind and the rule that found it."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(slots=True)
class Attribution:
    """The chain of a sentence; ``continues`` if it goes on with the source before it.

    ``statement`` is the stretch between the reporting verb and what it reports: a day in it dates
    the statement, not the event (GUIDELINES, finer rule 6).
    """

    chain: list[SourceRef]
    continues: bool = False
    statement: tuple[int, int] | None = None


def attribute(doc: Document, sentence: Sentence) -> Attribution:
    """The attribution of one sentence."""
    chain: list[SourceRef] = []
    continues = False
    statement: tuple[int, int] | None = None
    for verb in sorted(sentence.reports, key=lambda m: m.start):
        if verb.kind == "continue":
            continues = True
            found = _after(doc, sentence, verb)
            chain += [r for r in found if r not in chain]
            continue
        if verb.kind == "according":
            found = _after(doc, sentence, verb, gap=3)
            if found:
                statement = statement or (verb.start, _statement_end(doc, sentence, verb))
            chain += [r for r in found if r not in chain]
            continue
        if verb.kind == "claimed":
            continue
        if verb.kind == "carry":
            origin = _from_whom(doc, sentence, verb)
            found = [*_after(doc, sentence, verb), *origin] if origin else []
        else:
            found = _after(doc, sentence, verb) or _before(doc, sentence, verb)
        hearer = _hearer(doc, sentence, verb)
        if hearer and found:
            found = [hearer, *[r for r in found if r != hearer]]
        if found:
            statement = statement or (verb.start, _statement_end(doc, sentence, verb))
        elif verb.start - sentence.start <= 3 and _reports_clause(doc, verb):
            continues = True
        chain += [r for r in found if not _covered(r, chain)]
    colon = _before_colon(doc, sentence)
    if colon is not None and not _covered(colon, chain):
        chain.insert(0, colon)
    return Attribution(chain, continues, statement)


def _covered(ref: SourceRef, chain: list[SourceRef]) -> bool:
    return any(ref.start < r.end and r.start < ref.end for r in chain)


def _reports_clause(doc: Document, verb: Mark) -> bool:
    return doc.normal.text[verb.end : verb.end + 30].find("ان") >= 0


def _statement_end(doc: Document, sentence: Sentence, verb: Mark) -> int:
    """Where what is reported begins: after «أنّ», or at a comma or colon."""
    for token in _tokens(doc, verb.end, sentence.end)[:22]:
        if token.text in ("ان", "انه", "انها", "بان", "بانه") or token.text in ("،", ":", "."):
            return token.start
    return min(sentence.end, verb.end + 40)


def _tokens(doc: Document, start: int, end: int) -> list:  # type: ignore[type-arg]
    tokens = doc.tokens
    i = bisect_left(tokens, start, key=lambda t: t.start)
    j = bisect_left(tokens, end, key=lambda t: t.start)
    return tokens[i:j]


def _after(doc: Document, sentence: Sentence, verb: Mark, gap: int = 2) -> list[SourceRef]:
    """Sources named right after a reporting word, coordinated ones included."""
    out: list[SourceRef] = []
    at, room = verb.end, gap
    while True:
        ref = _at(doc, sentence, at, room)
        if ref is None:
            return out
        out.append(ref)
        rest = doc.normal.text[ref.end : ref.end + 3].lstrip(" \"»”)،")
        if not rest.startswith("و"):
            return out
        at, room = ref.end, 0


def _at(doc: Document, sentence: Sentence, at: int, gap: int) -> SourceRef | None:
    """The source that begins at most ``gap`` words after ``at``; an actor only right there."""
    seen = 0
    for token in _tokens(doc, at, sentence.end)[: gap + 6]:
        head = _head_at(sentence, token.start)
        if head is not None:
            return SourceRef(head.start, _name_end(doc, sentence, head), head.kind, "source noun")
        mention = _mention_at(sentence, token.start)
        if mention is not None and seen == 0 and (ref := _from_mention(mention)) is not None:
            return ref
        if token.text in _QUOTES:
            continue
        if token.text in ("،", ".", "؛", "ان", "انه", "انها", "بان", "عن"):
            return None
        if any(t.word_start == token.start and t.role != "light" for t in sentence.triggers):
            return None
        seen += 1
        if seen > gap:
            return None
    return None


def _head_at(sentence: Sentence, at: int) -> Mark | None:
    found = [h for h in sentence.heads if h.word_start <= at < h.end]
    return max(found, key=lambda h: h.end - h.start) if found else None


def _mention_at(sentence: Sentence, at: int) -> ActorMention | None:
    return next((m for m in sentence.actors if m.word_start <= at < m.end), None)


def _from_mention(m: ActorMention) -> SourceRef | None:
    if m.kind in ("outlet", "monitor"):
        return SourceRef(m.start, m.end, m.kind, "actor that reports")
    kind = _CATEGORY_KIND.get(m.category)
    if m.kind == "person":
        kind = kind or "official"
    if m.kind in ("group", "count"):
        return None
    return SourceRef(m.start, m.end, kind, "actor that reports") if kind else None


def _name_end(doc: Document, sentence: Sentence, head: Mark) -> int:
    """How far a source's name goes: its adjectives, quoted name, place."""
    end = head.end
    if head.pos == "bare":
        return end
    limit = _NAME_TOKENS if head.pos == "head" else 2
    quoted = False
    for count, token in enumerate(_tokens(doc, head.end, sentence.end)):
        text = token.text
        if text in ("«", "“", '"', "‹", "("):
            quoted = not quoted if text == '"' else True
        elif text in ("»", "”", "›", ")"):
            quoted = False
            end = token.end
            continue
        if quoted or text in _QUOTES:
            if text == '"' and not quoted:
                end = token.end
            elif text not in ("«", "“", '"', "(", "‹"):
                end = token.end
            if count > 14:
                break
            continue
        if count >= limit or token.kind in ("mark", "newline", "number") or text in _STOP_WORDS:
            break
        if any(t.word_start == token.start and t.verbal for t in sentence.triggers):
            break
        if any(r.word_start == token.start for r in sentence.reports):
            break
        if any(t.start == token.start for t in sentence.times):
            break
        if text.startswith(("ل", "بان", "و")) and len(text) > 3:
            break
        if head.pos == "name" and text not in ("السوري", "السوريه", "الفلسطيني", "السوداني"):
            break
        end = token.end
    return end


def _before(doc: Document, sentence: Sentence, verb: Mark) -> list[SourceRef]:
    """A source right before its verb: «المرصد السوري أشار»، «مصادر محلية قالت»."""
    lead = doc.normal.text[sentence.start : verb.word_start]
    candidates: list[SourceRef] = []
    for head in sentence.heads:
        if head.end <= verb.word_start:
            end = _name_end(doc, sentence, head)
            candidates.append(SourceRef(head.start, end, head.kind, "source noun before its verb"))
    for m in sentence.actors:
        ref = _from_mention(m)
        if ref is not None and m.end <= verb.word_start:
            candidates.append(ref)
    near = [
        r for r in candidates
        if 0 <= verb.word_start - r.end <= 3 and "،" not in lead[max(0, r.end - sentence.start) :]
    ]  # fmt: skip
    return near[-1:] if near else []


def _from_whom(doc: Document, sentence: Sentence, verb: Mark) -> list[SourceRef]:
    """«نقلت X عن Y»: Y."""
    for token in _tokens(doc, verb.end, sentence.end)[:14]:
        if token.text == "عن":
            return _after_offset(doc, sentence, token.end)
    return []


def _after_offset(doc: Document, sentence: Sentence, at: int) -> list[SourceRef]:
    ref = _at(doc, sentence, at, 2)
    return [ref] if ref else []


def _hearer(doc: Document, sentence: Sentence, verb: Mark) -> SourceRef | None:
    """«قال ناشطون لمراسل X»: the outlet's own to whom it was said is the outer link."""
    stop = _statement_end(doc, sentence, verb)
    text = doc.normal.text
    for head in sentence.heads:
        if verb.end <= head.word_start < stop and "ل" in text[head.word_start : head.start]:
            return SourceRef(head.start, _name_end(doc, sentence, head), head.kind, "told to")
        if verb.end <= head.word_start < stop and text.startswith("لل", head.start):
            return SourceRef(head.start, _name_end(doc, sentence, head), head.kind, "told to")
    return None


def _before_colon(doc: Document, sentence: Sentence) -> SourceRef | None:
    """A source that opens a line before a colon: «المرصد السوري: …»."""
    colon = doc.normal.text.find(":", sentence.start, min(sentence.end, sentence.start + 70))
    if colon < 0 or any(t.end <= colon and t.verbal for t in sentence.triggers):
        return None
    for head in sentence.heads:
        if head.start - sentence.start <= 6 and head.end <= colon and head.pos != "bare":
            return SourceRef(head.start, min(colon, _name_end(doc, sentence, head)), head.kind, "before a colon")
    for m in sentence.actors:
        if m.start - sentence.start <= 6 and m.end <= colon:
            ref = _from_mention(m)
            if ref is not None:
                return ref
    return None

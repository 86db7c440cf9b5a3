"""From a reading to its tellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from isnad.incidents.days import day_of
from isnad.model import Reading, Span, Telling, claim_ids

OPENING = 600
"""Code points of a report's opening that count as words of its first claim."""


def tellings_of(reading: Reading, copy_of: str | None = None) -> Iterator[Telling]:
    """One telling a claim, in the report's order.

    Claims are named by :func:`isnad.model.claim_ids`. Where no day of publication is told,
    what the report's address or stamps say stands in for it (:mod:`isnad.incidents.days`).
    """
    report = reading.report
    published = day_of(report)
    names = claim_ids(report, reading.claims)
    for number, (name, claim) in enumerate(zip(names, reading.claims, strict=True)):
        yield Telling(
            id=name,
            report=report.id,
            claim=claim,
            publisher=report.publisher,
            published=published,
            guessed=report.published is None and published is not None,
            url=report.url,
            copy_of=copy_of,
            forwarded_from=report.forwarded_from,
            position=number,
            words=words_of(report.text, report.title, claim.evidence, number),
        )


def words_of(text: str, title: str | None, evidence: Iterable[Span], position: int) -> str:
    """The words that tell a claim: its evidence; of the first one, title and opening too."""
    spans = sorted(set(evidence))
    words = [text[start:end] for start, end in spans]
    if position == 0:
        words.append(title or "")
        words.extend(_opening(text, spans))
    return "\n".join(w for w in words if w)


def _opening(text: str, told: list[Span]) -> Iterator[str]:
    """The opening of a report without what ``told`` (sorted spans) holds already."""
    at = 0
    for start, end in told:
        if at < min(start, OPENING):
            yield text[at : min(start, OPENING)].strip()
        at = max(at, end)
    if at < OPENING:
        yield text[at:OPENING].strip()

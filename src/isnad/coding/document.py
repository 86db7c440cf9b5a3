"""A report made ready for coding: normal form, tokens, sentences, and the mentions found in it.

All offsets in this package are offsets in the *normal form* (``Document.normal.text``), until a
value is made for a claim: then :meth:`Document.span` maps them to the report's code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from isnad.language.arabic.normal import normalize
from isnad.language.arabic.tokens import Token, tokenize
from isnad.language.normal import NormalText
from isnad.model import Report, Span


@dataclass
class Document:
    """One report on its way to claims.

    Attributes:
        report: the report as given.
        normal: its normal form and offset map.
        tokens: all tokens of the normal form, in order.
    """

    report: Report
    normal: NormalText
    tokens: list[Token] = field(repr=False)

    @classmethod
    def of(cls, report: Report) -> Document:
        normal = normalize(report.text)
        return cls(report, normal, tokenize(normal.text))

    def span(self, start: int, end: int) -> Span:
        """The report's code points for ``[start, end)`` of the normal form."""
        return self.normal.span(start, end)

    @cached_property
    def token_at(self) -> dict[int, int]:
        """Index of the token that begins at a normal-form offset."""
        return {t.start: i for i, t in enumerate(self.tokens)}

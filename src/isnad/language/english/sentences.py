"""English sentences: the Arabic rules hold (marks, line ends, bullets, initials, addresses)."""

from __future__ import annotations

from isnad.language.arabic.sentences import find_quotes, find_sentences

__all__ = ["find_quotes", "find_sentences"]

"""English tokens: the Arabic tokenizer serves, as it parts words, figures, marks and line ends."""

from __future__ import annotations

from isnad.language.arabic.tokens import Token, tokenize

__all__ = ["Token", "tokenize"]

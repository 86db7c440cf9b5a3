"""Secrets: made at random, kept as hashes, compared in constant time; passwords by argon2."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from isnad.desk.errors import bad

SHORTEST, LONGEST = 10, 200


def new_secret() -> str:
    """A secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret. It is random and long, so that a plain hash cannot be searched."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # the library's defaults: RFC 9106, low memory (64 MiB, 3 passes)


@lru_cache(maxsize=1)
def _decoy() -> str:
    return _hasher().hash(new_secret())


def password_hash(password: str) -> str:
    """What is kept of a password.

    Raises:
        DeskError: E701 for one that is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise bad("the password does not fit", password=f"write {SHORTEST} to {LONGEST} characters")
    return _hasher().hash(_same(password))


def password_fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one; takes as long where there is none to compare with."""
    try:
        fits = _hasher().verify(kept or _decoy(), _same(password[:LONGEST]))
    except (Argon2Error, InvalidHashError):
        return False
    return fits and kept is not None


def _same(password: str) -> str:
    """One form of a password, whatever keyboard composed it; half surrogates cannot be hashed."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()


def name_key(name: str) -> str:
    """A name as sign-in compares it."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

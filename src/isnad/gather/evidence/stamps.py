"""Time stamps (RFC 3161): an authority vouches that the records of raw copies stood by then.

What is stamped is ``copies.jsonl`` from its beginning to where it stands: one stamp vouches for
every record so far, and by their SHA-256 for all raw copies. ``stamps/N.tsr`` is the authority's
answer about the first N bytes, as it came, so that anyone can check it without this program
(``docs/inputs.md``). Only a digest goes out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isnad.errors import InputError
from isnad.gather.evidence.store import sync_folder

if TYPE_CHECKING:
    from isnad.gather.fetch import Fetched, Limits

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}  # fmt: skip


@dataclass(frozen=True)
class Stamp:
    """A time stamp and what it is worth.

    Attributes:
        path: the authority's answer.
        size: how many bytes of the records it is about.
        copies: how many records these hold.
        at: when, as the authority says; UTC.
        authority: the name in its certificate, if there is one.
        fault: what is wrong with it, in words; ``None`` if nothing was found.
        trusted: whether its signature was checked up to a root certificate.
    """

    path: Path
    size: int
    copies: int = 0
    at: dt.datetime | None = None
    authority: str | None = None
    fault: str | None = None
    trusted: bool = False


def stamp(
    folder: Path, url: str, *, roots: Sequence[Path] = (), limits: Limits | None = None
) -> Stamp | None:
    """Have the records of a folder stamped by the authority at ``url``.

    Args:
        folder: the evidence.
        url: the authority's address.
        roots: files of root certificates (PEM) that it must lead to; without any, its signature is
            kept but not checked.
        limits: what fetching may cost.

    Returns:
        The stamp, or ``None`` if there is nothing new since the last one.

    Raises:
        InputError: E165 if the authority does not answer with a stamp that holds; as
            :func:`isnad.gather.fetch.fetch`; E160 if the stamp cannot be written.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # heavy

    from isnad.gather.fetch import fetch

    data = _whole_lines(folder)
    path = folder / "stamps" / f"{len(data):012d}.tsr"
    if not data or path.exists():
        return None
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    got: Fetched = fetch(
        url, post=request.as_bytes(), limits=limits,
        headers={"Content-Type": "application/timestamp-query"},
    )  # fmt: skip
    if got.status != 200:
        raise InputError("E165", f"the time-stamping authority answered {got.status}", url)
    made = _checked(path, got.body, data, _certificates(roots), nonce=request.nonce)
    if made.fault is not None:
        raise InputError("E165", f"the time stamp does not hold: {made.fault}", url)
    try:
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder / "incoming")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(got.body)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        sync_folder(path.parent)
        sync_folder(folder)
    except OSError as error:
        why = f"the time stamp cannot be written: {error.strerror or error}"
        raise InputError("E160", why, str(folder)) from error
    return made


def stamps(folder: Path, roots: Sequence[Path] = ()) -> Iterator[Stamp]:
    """Every time stamp of a folder, the oldest first, checked against the records as they are now.

    Raises:
        InputError: E165 if a file of root certificates cannot be read; E161 if the records cannot.
    """
    paths = sorted((folder / "stamps").glob("*.tsr")) if (folder / "stamps").is_dir() else []
    if not paths:
        return
    known, data = _certificates(roots), _whole_lines(folder)
    for path in paths:
        if not path.stem.isdigit():
            yield Stamp(path, 0, fault="its name says not what it is about")
            continue
        size = int(path.stem)
        if size > len(data):
            yield Stamp(path, size, fault="the records that it is about were cut off")
            continue
        try:
            answer = path.read_bytes()
        except OSError as error:
            yield Stamp(path, size, fault=f"it cannot be read: {error.strerror or error}")
            continue
        yield _checked(path, answer, data[:size], known)


def _checked(
    path: Path, answer: bytes, data: bytes, roots: Sequence[Any], nonce: int | None = None
) -> Stamp:
    from rfc3161_client import (
        PKIStatus,
        VerificationError,
        VerifierBuilder,
        decode_timestamp_response,
    )

    size, copies = len(data), data.count(b"\n")
    try:
        got = decode_timestamp_response(answer)
        if PKIStatus(got.status) != PKIStatus.GRANTED:
            says = "; ".join(got.status_string) or PKIStatus(got.status).name.lower()
            return Stamp(path, size, copies, fault=f"the authority refused ({says})")
        info = got.tst_info
        imprint = info.message_imprint
        name = _HASHES.get(imprint.hash_algorithm.dotted_string)
        if name is None or hashlib.new(name, data).digest() != imprint.message:
            return Stamp(path, size, copies, fault="it is about other records: these were altered")
        if nonce is not None and info.nonce != nonce:
            return Stamp(path, size, copies, fault="it answers another request")
        at, authority = info.gen_time.astimezone(dt.UTC), _authority(got)
        if roots:
            # the authority's own certificates come with the stamp; they count by their chain only
            verifier = VerifierBuilder(roots=list(roots), nonce=nonce).build()
            verifier.verify(got, imprint.message)
    except VerificationError as error:
        return Stamp(path, size, copies, fault=f"its signature does not hold: {error}")
    except (ValueError, TypeError, AttributeError) as error:
        return Stamp(path, size, copies, fault=f"it is no time stamp ({error})")
    return Stamp(path, size, copies, at, authority, trusted=bool(roots))


def _authority(got: Any) -> str | None:
    from cryptography import x509

    signers = {(s.issuer, s.serial_number) for s in got.signed_data.signer_infos}
    for der in got.signed_data.certificates:
        one = x509.load_der_x509_certificate(der)
        if (one.issuer, one.serial_number) in signers:
            return one.subject.rfc4514_string()
    return None


def _certificates(paths: Sequence[Path]) -> list[Any]:
    from cryptography import x509

    out: list[Any] = []
    for path in paths:
        try:
            out += x509.load_pem_x509_certificates(path.read_bytes())
        except (OSError, ValueError) as error:
            why = "no certificates (PEM) can be read from it"
            raise InputError("E165", why, str(path)) from error
    return out


def _whole_lines(folder: Path) -> bytes:
    path = folder / "copies.jsonl"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("E161", "the records of raw copies cannot be read", str(path)) from error
    return data[: data.rfind(b"\n") + 1]

"""Reader of mail messages (EML): the body in plain text, else its HTML, as one report.

Attachments are not read, and the remark W122 says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.records import made
from isnad.gather.text import decoded
from isnad.gather.written import html_text, titled
from isnad.model import Report

MAX_BYTES = 32 * 1024 * 1024
"""A message of more bytes is refused; mail servers take no larger ones."""


def message(source: Source) -> Iterator[Report | InputError]:
    """The report of one message."""
    data = source.whole(MAX_BYTES)
    try:
        yield from _read(message_from_bytes(data, policy=default), source)
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        IndexError,
    ) as error:
        # the standard library's header parsers fail in many ways on headers that are broken
        raise InputError("E127", f"is no sound mail message: {error}", source.where) from error


def _read(mail: EmailMessage, source: Source) -> Iterator[Report | InputError]:
    if not mail.keys():
        raise InputError("E127", "is no mail message: it has no headers", source.where)
    part = mail.get_body(preferencelist=("plain", "html"))
    raw = part.get_payload(decode=True) if part is not None else b""
    body, remark = decoded(raw if isinstance(raw, bytes) else b"", source.where)
    words = body.text.replace("\r\n", "\n")
    if part is not None and part.get_content_type() == "text/html":
        words = html_text(words)
    if not words.strip():
        raise InputError("E110", "the message has no text in its body", source.where)
    title, date, sender = (_header(mail, name) for name in ("Subject", "Date", "From"))
    known = {
        "text": titled(title, words), "id": _header(mail, "Message-ID").strip("<>") or source.ident,
        "title": title, "publisher": sender,
        "attachments": tuple(_name(part) for part in mail.iter_attachments()),
    }  # fmt: skip
    others = len(known["attachments"])
    if others:
        files = "1 attachment" if others == 1 else f"{others} attachments"
        yield InputError("W122", f"{files} not read", source.where)
    if remark is not None:
        yield remark
    yield from made(known, source.where, date=date)


def _name(part: Message) -> str:
    return " ".join((part.get_filename() or part.get_content_type()).split())


def _header(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())

"""Web archives and zips of invented pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from typing import Any

WORDS = "قتل ثلاثة أشخاص في قصف مدفعي استهدف بلدة النورية صباح اليوم، بحسب مصادر محلية."
COLUMNS = "id,text\n1,قصف\n"


def page(number: int, more: str = "") -> bytes:
    text = f"<p>{WORDS} وهذا التقرير رقم {number}.</p>"
    head = f"<title>عنوان {number}</title><meta property='article:published_time' content='2021-05-24'>"
    return f"<html><head>{head}</head><body><article><h1>عنوان {number}</h1>{text}{more}</article></body></html>".encode()


def address(number: int) -> str:
    return f"https://example.org/news/{number}"


def record(kind: str, url: str, block: bytes, more: str = "") -> bytes:
    """One record, with the digest of its block."""
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2021-05-24T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{kind}-{url}>\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\n{more}Content-Type: application/http\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, status: str, headers: dict[str, str]) -> bytes:
    """An HTTP response as it went over the wire."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def warc(
    bodies: dict[str, bytes],
    *,
    packed: bool = True,
    headers: dict[str, str] | None = None,
    status: str = "200 OK",
    revisit: str = "",
) -> bytes:
    """A web archive: ``warcinfo``, a response each, a picture, a revisit."""
    said = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
    records = [record("warcinfo", "", b"software: test\r\n")]
    records += [record("request", u, b"GET / HTTP/1.1\r\n\r\n") for u in list(bodies)[:1]]
    records += [record("response", u, answer(b, status, said)) for u, b in bodies.items()]
    picture = answer(b"\x89PNG", "200 OK", {"Content-Type": "image/png"})
    records.append(record("response", "https://example.org/p.png", picture))
    if revisit:
        same = answer(b"", "200 OK", said)
        records.append(record("revisit", revisit, same, "WARC-Payload-Digest: sha1:ABC\r\n"))
    return b"".join(gzip.compress(r) if packed else r for r in records)


def wacz(archives: dict[str, bytes], **change: Any) -> bytes:
    """A WACZ; ``change`` gives other digests, or leaves a file out."""
    resources = [
        {"name": name, "path": f"archive/{name}", "bytes": len(data),
         "hash": change.get(name, f"sha256:{hashlib.sha256(data).hexdigest()}")}
        for name, data in archives.items()
    ]  # fmt: skip
    package = json.dumps({"profile": "data-package", "resources": resources}).encode()
    digest = change.get("digest", f"sha256:{hashlib.sha256(package).hexdigest()}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in archives.items():
            if change.get(name) != "missing":
                file.writestr(f"archive/{name}", data)
        file.writestr("pages/pages.jsonl", b"{}\n")
        file.writestr("datapackage.json", package)
        file.writestr(
            "datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": digest})
        )
    return out.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()

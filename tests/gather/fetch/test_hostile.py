"""Servers that mean harm: redirects inside, endless and lying answers, certificates nobody gave."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from isnad.errors import InputError
from isnad.gather.fetch import Limits, fetch
from isnad.gather.fetch.addresses import is_public

LOCAL = Limits(bytes=100_000, wait=10, whole=20, redirects=4, local=frozenset({"localhost"}))
Answer = Callable[[socket.socket], None]


@contextmanager
def answering(
    answer: Answer, context: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """A port on loopback where each connection is ``answer``'s; and what was asked, if anything."""
    server = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                raw, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=one, args=(raw,), daemon=True).start()

    def one(raw: socket.socket) -> None:
        try:
            with context.wrap_socket(raw, server_side=True) if context else raw as connection:
                asked.append(connection.recv(65536))
                answer(connection)
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1], asked
    finally:
        server.close()


def refused(url: str, **more: object) -> str:
    with pytest.raises(InputError) as error:
        fetch(url, **{"limits": LOCAL, **more})  # type: ignore[arg-type]
    assert error.value.where == url
    return error.value.code


def sends(*parts: bytes, every: float = 0.0) -> Answer:
    def answer(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)
            time.sleep(every)

    return answer


def redirects(to: str) -> Answer:
    head = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
    return sends(head.encode("latin-1"))


@pytest.mark.parametrize(
    "to",
    ["http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/",
     "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:a00:1]/",
     "http://[64:ff9b::7f00:1]/", "http://[fe80::1%25lo]/", "http://localhost./",
     "http://LOCALHOST.:80/", "http://a.localhost/", "//10.0.0.1/", "http://169.254.169.254/",
     "http://192.168.0.1:22/", "https://10.0.0.1/", "\\\\10.0.0.1\\", "http:10.0.0.1/"],
)  # fmt: skip
def test_a_redirect_inside_is_refused_in_every_spelling(to: str) -> None:
    with answering(redirects(to)) as (port, asked):
        code = refused(f"http://localhost:{port}/")
        if to in ("http:10.0.0.1/", "\\\\10.0.0.1\\"):  # no host, but a path of the site's own
            assert code == "E157"
        else:
            assert code in ("E150", "E151", "E152") and len(asked) == 1


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "FILE:///etc/passwd", "ftp://example.org/", "javascript:alert(1)",
     "data:text/html,x", "gopher://example.org/", "http://user:x@example.org/",
     "unix:///run/docker.sock"],
)  # fmt: skip
def test_a_redirect_to_what_is_no_web_address_is_refused(to: str) -> None:
    with answering(redirects(to)) as (port, _):
        assert refused(f"http://localhost:{port}/") == "E150"


def test_a_redirect_to_a_name_that_resolves_inside_is_refused() -> None:
    names = {"localhost": ["127.0.0.1"], "inside.example": ["192.168.7.1"]}
    with answering(redirects("http://inside.example/")) as (port, _):
        code = refused(f"http://localhost:{port}/", resolver=lambda host, _: names[host])
    assert code == "E152"


def test_a_redirect_to_a_name_that_answers_otherwise_the_second_time_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = ["93.184.215.14", "127.0.0.1"]  # once for a check, once to connect: rebinding
    asked: list[str] = []
    connected: list[str] = []
    real = httpcore.SyncBackend.connect_tcp

    def rebinding(host: str, _port: int) -> list[str]:
        if host == "localhost":
            return ["127.0.0.1"]
        asked.append(host)
        return [answers[min(len(asked), 2) - 1]]

    def connect(self: httpcore.SyncBackend, host: str, *rest: Any) -> httpcore.NetworkStream:
        connected.append(host)
        if host != "127.0.0.1":  # nothing is sent to anyone
            raise httpcore.ConnectError("refused")
        return real(self, host, *rest)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with answering(redirects("http://turning.example:9/")) as (port, _):
        assert refused(f"http://localhost:{port}/", resolver=rebinding) == "E159"
    assert asked == ["turning.example"], "resolved once"
    assert connected == ["127.0.0.1", "93.184.215.14"], "what was checked is what is connected to"


@pytest.mark.parametrize(
    "url",
    ["http://example.org@127.0.0.1/", "http://127.0.0.1\\@example.org/", "http://１２７.0.0.1/",
     "http://①②⑦.0.0.1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://localhost\u3002/", "http://127。0。0。1/",
     "http://0177.1/", "http://127.0.0.1:80#@example.org/", "http://[::ffff:0:7f00:1]/",
     "http://[0:0:0:0:0:ffff:7f00:0001]/", "http://[64:ff9b:1::7f00:1]/", "http://0x7f.0.0x1/",
     "http://127.0.0.1.nip.invalid/"],
)  # fmt: skip
def test_other_spellings_of_this_machine_are_refused(url: str) -> None:
    assert refused(url, limits=Limits(wait=1, whole=1)) in ("E150", "E151", "E152")


def test_an_address_translated_for_ipv6_is_judged_as_what_it_wraps() -> None:
    import ipaddress

    for text, public in (("::ffff:0:7f00:1", False), ("::ffff:0:a00:1", False),
                         ("2606:4700::1111", True)):  # fmt: skip
        assert is_public(ipaddress.ip_address(text)) is public


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (sends(b""), "E159"),
        (sends(b"\x00\x01 no HTTP\r\n\r\n"), "E159"),
        (sends(OK, b"X: " + b"x" * 200_000 + b"\r\n\r\n"), "E159"),
        (sends(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "E159"),
        (sends(OK + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nx"), "E159"),
        (sends(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"), "E159"),
        (sends(OK + b"Content-Length: -5\r\n\r\nx"), "E159"),
        (sends(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcde"), "E159"),
        (sends(OK + b"Content-Length: 99999999999999999999\r\n\r\nx"), "E153"),
        (sends(OK + b"\r\n", *[b"x" * 60_000] * 3), "E153"),
        (sends(OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(gzip.compress(b"x"))), "E154"),
        (sends(OK + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\nx"), "E154"),
        (sends(OK + b"Content-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd"), "E154"),
        (sends(b"HTTP/1.1 302 Found\r\nLocation: http://[::1/\r\n\r\n"), "E150"),
    ],
)  # fmt: skip
def test_answers_that_lie_or_never_end_are_refused(answer: Answer, code: str) -> None:
    with answering(answer) as (port, _):
        assert refused(f"http://localhost:{port}/") == code


@pytest.mark.parametrize(
    "answer", [lambda _: time.sleep(5), sends(OK, *[b"X: y\r\n"] * 30, every=0.1)]
)
def test_answers_that_take_for_ever_are_cut_off(answer: Answer) -> None:
    with answering(answer) as (port, _):
        limits = Limits(wait=1, whole=1, local=LOCAL.local)
        assert refused(f"http://localhost:{port}/", limits=limits) == "E158"


def test_a_bomb_takes_no_more_memory_than_is_allowed() -> None:
    packed = gzip.compress(bytes(200_000_000), 9)
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with answering(sends(head, packed)) as (port, _):
        limits = Limits(bytes=1_000_000, wait=20, whole=20, local=LOCAL.local)
        fetch_it = f"http://localhost:{port}/"
        refused(fetch_it, limits=limits)  # what is imported for the first time is not the bomb's
        tracemalloc.start()
        try:
            assert refused(fetch_it, limits=limits) == "E153"
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 8_000_000


def _certificate(folder: Path, name: str, days: tuple[int, int]) -> ssl.SSLContext:
    """A server's certificate for a name, vouching for itself, valid between two days from now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days[0]))
        .not_valid_after(now + dt.timedelta(days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    kept = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *kept))
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@pytest.mark.parametrize("wrong", ["self-signed", "name", "expired", "not yet"])
def test_a_bad_certificate_is_never_tried_again_unverified(tmp_path: Path, wrong: str) -> None:
    days = {"expired": (-30, -3), "not yet": (3, 30)}.get(wrong, (-3, 30))
    context = _certificate(tmp_path, "other.example" if wrong == "name" else "localhost", days)
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with answering(sends(OK + b"\r\nx"), context) as (port, asked):
        given = {} if wrong == "self-signed" else {"ssl_context": trusting}
        assert refused(f"https://localhost:{port}/", **given) == "E156"
    assert asked == [], "nothing was said to a server that cannot prove who it is"


def test_https_is_never_turned_into_http(tmp_path: Path) -> None:
    with answering(sends(OK + b"\r\nx")) as (port, asked):
        assert refused(f"https://localhost:{port}/") == "E159"
    assert not any(b"GET" in words for words in asked)

"""Fetching over real HTTP on loopback, against a server that does every wrong thing."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather.fetch import Limits, fetch
from isnad.gather.fetch.addresses import checked, is_public
from isnad.gather.fetch.body import decoded

TEXT = "قتل خمسة مدنيين بقصف على مدينة حلب.".encode()
BOMB = gzip.compress(bytes(50_000_000))
LOCAL = Limits(bytes=100_000, wait=4, whole=4, redirects=4, local=frozenset({"localhost"}))


class Site(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def answer(
        self, body: bytes = b"", status: int = 200, length: int | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path, _, rest = self.path.partition("?")
        if path == "/plain":
            self.answer(TEXT, ETag='"1"')
        elif path == "/host":
            self.answer(self.headers["Host"].encode())
        elif path == "/gzip":
            self.answer(gzip.compress(TEXT), Content_Encoding="gzip")
        elif path == "/bomb":
            self.answer(BOMB, Content_Encoding="gzip")
        elif path == "/half":
            self.answer(gzip.compress(TEXT)[:-9], Content_Encoding="gzip")
        elif path in ("/br", "/zstd"):
            self.answer(b"\x00" * 40, Content_Encoding=path[1:])
        elif path == "/long":
            self.answer(b"x" * 100_001)
        elif path == "/lies":
            self.answer(TEXT, length=len(TEXT) + 10)
        elif path == "/liesbig":
            self.answer(TEXT, length=10**15)
        elif path == "/loop":
            self.answer(status=302, Location="/loop2")
        elif path == "/loop2":
            self.answer(status=302, Location="/loop")
        elif path == "/count":
            self.answer(status=302, Location=f"/count?{int(rest or 0) + 1}")
        elif path == "/to":
            self.answer(status=302, Location=rest)
        elif path == "/500":
            self.answer(b"fault", status=500)
        elif path == "/304":
            self.answer(status=304)
        elif path == "/reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            self.connection.close()
        elif path == "/slow":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            for _ in range(60):  # a byte now and then: no single wait is long
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                time.sleep(0.1)


def serve(server: ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    yield from serve(ThreadingHTTPServer(("127.0.0.1", 0), Site))


def refused(url: str, limits: Limits = LOCAL, **more: object) -> str:
    with pytest.raises(InputError) as error:
        fetch(url, limits=limits, **more)  # type: ignore[arg-type]
    assert error.value.where == url
    return error.value.code


def test_a_page_comes_with_its_headers(port: int) -> None:
    got = fetch(f"http://localhost:{port}/plain", limits=LOCAL)
    assert (got.status, got.body, got.header("etag"), got.redirects) == (200, TEXT, '"1"', ())


def test_the_host_header_keeps_the_name(port: int) -> None:
    assert fetch(f"http://localhost:{port}/host", limits=LOCAL).body == f"localhost:{port}".encode()


def test_gzip_is_undone(port: int) -> None:
    assert fetch(f"http://localhost:{port}/gzip", limits=LOCAL).body == TEXT


@pytest.mark.parametrize("status", [500, 304])
def test_a_status_is_told_not_raised(port: int, status: int) -> None:
    assert fetch(f"http://localhost:{port}/{status}", limits=LOCAL).status == status


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("bomb", "E153"), ("long", "E153"), ("liesbig", "E153"), ("br", "E154"), ("zstd", "E154"),
        ("half", "E155"), ("loop", "E157"), ("count", "E157"), ("slow", "E158"), ("lies", "E159"),
        ("reset", "E159"), ("to?file:///etc/passwd", "E150"), ("to?http://10.0.0.1/", "E152"),
        ("to?http://169.254.169.254/latest", "E152"), ("to?http://127.0.0.1/", "E152"),
        ("to?http://[::1/", "E150"),
    ],
)  # fmt: skip
def test_what_a_server_does_wrong_is_refused_by_code(port: int, path: str, code: str) -> None:
    assert refused(f"http://localhost:{port}/{path}") == code


def test_redirects_are_kept_in_order(port: int) -> None:
    first = f"http://localhost:{port}/to?/plain"
    got = fetch(first, limits=LOCAL)
    assert (got.url, got.redirects, got.final_url) == (
        first,
        (first,),
        f"http://localhost:{port}/plain",
    )


def test_a_closed_port_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert refused(f"http://localhost:{free.getsockname()[1]}/") == "E159"


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:,x", "/etc/passwd",
     "", "http://", "http://user:secret@example.org/", "http://[::1", "http://a\x00b/"],
)  # fmt: skip
def test_other_schemes_are_refused(url: str) -> None:
    assert refused(url) == "E150"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1",
     "localhost", "LOCALHOST", "localhost.", "0", "0.0.0.0", "10.1.2.3", "172.16.0.1",
     "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1", "255.255.255.255", "[::1]",
     "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
     "[64:ff9b::a00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "[ff02::1]"],
)  # fmt: skip
def test_an_address_inside_is_refused_in_every_spelling(host: str) -> None:
    assert refused(f"http://{host}/", Limits(wait=1, whole=1)) in ("E152", "E150")


def test_a_name_is_refused_if_any_address_of_it_is_inside() -> None:
    answers = {"mixed.example": ["93.184.215.14", "10.0.0.1"], "none.example": []}
    ask = lambda host, _port: answers[host]  # noqa: E731
    assert refused("http://mixed.example/", resolver=ask) == "E152"
    assert refused("http://none.example/", resolver=ask) == "E151"


def test_a_name_that_changes_its_answer_is_asked_once(port: int) -> None:
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    got = fetch(f"http://localhost:{port}/plain", limits=LOCAL, resolver=rebinding)
    assert (got.body, asked) == (TEXT, ["localhost"])
    assert refused(f"http://localhost:{port}/plain", resolver=rebinding) == "E152"


def test_the_setting_for_loopback_allows_loopback_only() -> None:
    with pytest.raises(InputError, match="inside"):
        checked("localhost", 80, local=frozenset({"localhost"}), resolver=lambda *_: ["10.0.0.1"])


def test_a_bad_certificate_is_refused(tmp_path: Path) -> None:
    if which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert,
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    running = serve(server)
    port = next(running)
    try:
        trusting = ssl.create_default_context(cafile=str(cert))
        assert refused(f"https://localhost:{port}/plain") == "E156"  # nobody vouches for it
        got = fetch(f"https://localhost:{port}/plain", limits=LOCAL, ssl_context=trusting)
        assert got.body == TEXT  # the name is kept for TLS, though the address is pinned
        other = Limits(wait=2, whole=2, local=frozenset({"other.example"}))
        code = refused(
            f"https://other.example:{port}/plain", other,
            resolver=lambda *_: ["127.0.0.1"], ssl_context=trusting,
        )  # fmt: skip
        assert code == "E156"  # another's certificate
    finally:
        next(running, None)


@given(st.binary(max_size=300), st.integers(1, 50), st.integers(0, 300))
def test_a_body_is_its_bytes_or_refused_past_the_cap(data: bytes, step: int, cap: int) -> None:
    for encoding, packed in (
        ("gzip", gzip.compress(data)),
        ("deflate", zlib.compress(data)),
        ("", data),
    ):
        chunks = [packed[i : i + step] for i in range(0, len(packed), step)]
        if len(data) <= cap:
            assert decoded(chunks, encoding, cap) == data
        else:
            with pytest.raises(InputError, match="bytes"):
                decoded(chunks, encoding, cap)


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_another_is_judged_as_itself(inner: object) -> None:
    import ipaddress

    for net in ("::ffff:0:0", "64:ff9b::"):
        wrapped = ipaddress.IPv6Address(int(ipaddress.IPv6Address(net)) | int(inner))  # type: ignore[call-overload]
        assert is_public(wrapped) == is_public(inner)  # type: ignore[arg-type]

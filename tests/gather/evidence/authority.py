"""A time-stamping authority on loopback, with a root of its own, made with openssl."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_TSA = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_chain = no
"""


def openssl(*arguments: object) -> None:
    command = ["openssl", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def made(folder: Path) -> Path:
    """The files of an authority; its root certificate."""
    folder.mkdir()
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *new, "-keyout", folder / "root.key", "-out", folder / "root.pem",
            "-days", 30, "-subj", "/CN=Invented Root", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign")  # fmt: skip
    openssl("req", *new, "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr",
            "-subj", "/CN=Invented Time Stamps")  # fmt: skip
    (folder / "ext").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
    )
    openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "root.pem", "-CAkey",
            folder / "root.key", "-CAcreateserial", "-out", folder / "tsa.pem", "-days", 30,
            "-extfile", folder / "ext")  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_TSA.format(folder=folder))
    return folder / "root.pem"


class Authority:
    """What it answers with: ``wrong`` is sent in place of a stamp, if it is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = made(folder)
        self.url = ""
        self.wrong: tuple[int, bytes] | None = None
        self.asked = 0

    def answer(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        openssl("ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile",
                self.folder / "query", "-out", self.folder / "reply")  # fmt: skip
        return (self.folder / "reply").read_bytes()


@contextmanager
def serving(folder: Path) -> Iterator[Authority]:
    one = Authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            one.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, body = one.wrong or (200, one.answer(query))
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.url = f"http://localhost:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()

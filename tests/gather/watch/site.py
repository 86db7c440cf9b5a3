"""A news site of invented reports on loopback, over real HTTP, that fails as it is told to."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WHEN = "Tue, 03 Mar 2026 10:00:00 +0300"
NAME = "شبكة النور"


def text(n: int | str) -> str:
    return f"قتل {n} مدنيين بقصف على مدينة حلب، بحسب مصادر محلية."


def page(n: int | str, *, words: str | None = None) -> bytes:
    return f"""<html lang="ar"><head><title>قصف رقم {n} على حلب - {NAME}</title></head><body>
<article><h1>قصف رقم {n} على حلب</h1><p>{words or text(n)}</p><p>وقالت مصادر طبية في تقرير {n} إن بين
القتلى طفلين، وإن فرق الإسعاف نقلت عشرين جريحا إلى مستشفيات المدينة مساء اليوم نفسه.</p></article>
</body></html>""".encode()


POST = """<div class="tgme_widget_message_wrap"><div class="tgme_widget_message"
data-post="nour_example/{0}"><div class="tgme_widget_message_bubble"><div
class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name"><span>شبكة النور</span></a>
</div><div class="tgme_widget_message_text js-message_text" dir="auto">{1}</div><div
class="tgme_widget_message_footer"><span class="tgme_widget_message_views">{2}</span><a
class="tgme_widget_message_date" href="https://t.me/nour_example/{0}"><time
datetime="2026-03-03T10:0{0}:00+00:00" class="time">10:00</time></a></div></div></div></div>"""


def channel(views: int, *numbers: int) -> bytes:
    """A channel's public page, as anyone sees it in a browser."""
    posts = "".join(POST.format(n, text(n), views) for n in numbers)
    return (
        "<!DOCTYPE html><html><head><title>شبكة النور – Telegram</title></head>"
        f'<body class="widget_frame_base tgme_webpreview">{posts}</body></html>'
    ).encode()


class Site:
    """What is served, by path, and what goes wrong first.

    ``faults[path]`` are used up one a request: a status, ``reset``, ``cut``, ``slow``, ``lie``.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.address = f"http://localhost:{server.server_address[1]}"
        self.pages: dict[str, bytes] = {}
        self.headers: dict[str, dict[str, str]] = defaultdict(dict)
        self.faults: dict[str, list[int | str]] = defaultdict(list)
        self.asked: list[tuple[str, float, dict[str, str]]] = []
        self.lock = threading.Lock()

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def counts(self) -> Counter[str]:
        return Counter(self.paths())

    def feed(self, path: str, numbers: list[int]) -> None:
        items = "".join(
            f"<item><title>قصف رقم {n} على حلب</title><link>{self.address}/p/{n}?utm_source=rss"
            f"</link><description>{text(n)}</description><pubDate>{WHEN}</pubDate></item>"
            for n in numbers
        )
        self.pages[path] = (
            f'<rss version="2.0"><channel><title>{NAME}</title>{items}</channel></rss>'.encode()
        )

    def sitemap(self, path: str, numbers: list[int], day: str = "2026-03-03") -> None:
        urls = "".join(
            f"<url><loc>{self.address}/p/{n}</loc><lastmod>{day}</lastmod></url>" for n in numbers
        )
        self.pages[path] = (
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
        )


class Handler(BaseHTTPRequestHandler):
    site: Site

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        site, path = self.site, self.path.partition("?")[0]
        with site.lock:
            site.asked.append((path, time.monotonic(), dict(self.headers)))
            fault = site.faults[path].pop(0) if site.faults[path] else None
        with suppress(OSError):  # who asked has gone
            self.answer(site, path, fault)

    def answer(self, site: Site, path: str, fault: int | str | None) -> None:
        body = site.pages.get(path)
        headers = site.headers[path]
        if isinstance(fault, int):
            return self.send(fault, b"fault", {"Retry-After": "0"} if fault == 429 else {})
        if body is None:
            return self.send(404, b"none", {})
        if headers.get("ETag") and headers["ETag"] == self.headers["If-None-Match"]:
            return self.send(304, b"", headers)
        if fault is None:
            return self.send(200, body, headers)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + (10 if fault == "lie" else 0)))
        self.end_headers()
        if fault == "slow":
            for at in range(0, len(body), 8):
                self.wfile.write(body[at : at + 8])
                time.sleep(0.05)
            return None
        self.wfile.write(body if fault == "lie" else body[: len(body) // 2])
        if fault == "reset":
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.close_connection = True
        return None

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served() -> Iterator[Site]:
    """A site that is up."""
    handler = type("OneSite", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    site = Site(server)
    handler.site = site  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()

"""Manners: what robots.txt and Retry-After ask, whatever is written in them."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnad.errors import InputError
from isnad.gather.fetch import Fetched
from isnad.gather.watch.robots import Barred, Robots
from isnad.gather.watch.visit import host_of, retry_after

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def got(body: bytes = b"", status: int = 200, url: str = "x", **headers: str) -> Fetched:
    named = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return Fetched(url, url, (), status, named, body, NOW)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0), ("120", 120), (" 7 ", 7), ("999999999999999999999", 86400), ("-5", None),
     ("Sun, 01 Mar 2026 12:10:00 GMT", 600), ("Sun, 01 Mar 2026 12:10:00", 600),
     ("Sun, 01 Mar 2026 11:00:00 GMT", 0), ("Mon, 01 Mar 2027 12:00:00 GMT", 86400),
     ("Mon, 30 Feb 2026 12:00:00 GMT", None), ("soon", None), ("", None), ("١٢", None),
     ("1.5", None)],
)  # fmt: skip
def test_how_long_a_server_asks_to_be_left_alone(value: str, seconds: float | None) -> None:
    assert retry_after(got(status=503, retry_after=value), NOW) == seconds


def test_nothing_is_asked() -> None:
    assert retry_after(got(status=503), NOW) is None


@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_or_nothing(value: str) -> None:
    seconds = retry_after(got(retry_after=value), NOW)
    assert seconds is None or 0 <= seconds <= 86400


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://Nour.Example:8080/a", "nour.example"), ("http://nour.example./", "nour.example"),
     ("http://[::1]:80/", "::1")],
)  # fmt: skip
def test_hosts_are_counted_without_port_and_case(url: str, host: str) -> None:
    assert host_of(url) == host


class Site:
    def __init__(self, *answers: Fetched | InputError) -> None:
        self.answers, self.asked = list(answers), 0

    def get(self, url: str) -> Fetched:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, InputError):
            raise answer
        return answer


RULES = b"User-agent: *\nCrawl-delay: 9\nDisallow: /private\nUser-agent: isnad\nDisallow: /not\n"


def test_rules_are_read_once_and_those_for_us_come_before_those_for_all() -> None:
    site = Site(got(RULES))
    robots = Robots(site.get)
    for path in ("/", "/private/1"):
        assert robots.check(f"https://nour.example{path}") == 0
    with pytest.raises(Barred) as error:
        robots.check("https://nour.example/not/this")
    assert site.asked == 1 and error.value.where == "https://nour.example/not/this"


@pytest.mark.parametrize(("delay", "wait"), [("9", 9), ("86400", 300), ("0.5", 0.5), ("x", 0)])
def test_a_delay_that_is_asked_for_is_kept_to_within_reason(delay: str, wait: float) -> None:
    robots = Robots(Site(got(f"User-agent: *\nCrawl-delay: {delay}\n".encode())).get)
    assert robots.check("https://nour.example/") == wait


@pytest.mark.parametrize("status", [404, 401, 403, 410, 301])
def test_no_rules_allow_everything(status: int) -> None:
    assert Robots(Site(got(RULES, status)).get).check("https://nour.example/not") == 0


@pytest.mark.parametrize(
    "answer", [got(status=500), got(status=429), InputError("E159", "reset"), InputError("E158", "slow")]
)  # fmt: skip
def test_rules_that_cannot_be_had_allow_nothing_for_now(
    answer: Fetched | InputError, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(answer, got(RULES), answer)
    robots = Robots(site.get)
    for _ in range(2):
        with pytest.raises(InputError, match="cannot be had now") as error:
            robots.check("https://nour.example/")
        assert not isinstance(error.value, Barred)
    assert site.asked == 1, "not asked for again at once"
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + 700)
    assert robots.check("https://nour.example/") == 0
    monkeypatch.setattr(time, "monotonic", lambda: real() + 90_000)
    with pytest.raises(Barred):
        robots.check("https://nour.example/not")  # yesterday's rules hold
    assert site.asked == 3


@given(st.binary(max_size=300))
def test_any_bytes_are_rules_or_none(body: bytes) -> None:
    try:
        assert 0 <= Robots(Site(got(body)).get).check("https://nour.example/") <= 300
    except Barred:
        assert b"isallow" in body.replace(b"D", b"d").lower() or b":" in body

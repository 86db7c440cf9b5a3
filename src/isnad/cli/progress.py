"""A progress bar on standard error: only on a terminal, and only once it has taken a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, overload

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from isnad.model import Reading

T = TypeVar("T")
_AFTER = 1.0  # seconds


def _claims(reading: Reading) -> int:
    return len(reading.claims)


@overload
def with_progress(
    stream: Iterator[Reading], total: Callable[[], int | None], position: Callable[[], int]
) -> Iterator[Reading]: ...


@overload
def with_progress(
    stream: Iterator[T], total: Callable[[], int | None], position: Callable[[], int],
    claims_of: Callable[[T], int],
) -> Iterator[T]: ...  # fmt: skip


def with_progress(
    stream: Iterator[Any], total: Callable[[], int | None], position: Callable[[], int],
    claims_of: Callable[[Any], int] = _claims,
) -> Iterator[Any]:  # fmt: skip
    """The stream, with a bar.

    Args:
        stream: what is read, an element a report.
        total: how many bytes there are in all, or ``None``; asked once, on a terminal only.
        position: how many bytes were read so far.
        claims_of: how many claims an element stands for.
    """
    console = Console(stderr=True)
    if not (sys.stderr.isatty() and console.is_interactive):
        yield from stream
        return
    bar = _Bar(console, total())
    try:
        claims = 0
        for number, reading in enumerate(stream, 1):
            claims += claims_of(reading)
            bar.tell(position(), f"reading: {number}, claims: {claims}")
            bar.pause()
            yield reading
            bar.go_on()
    finally:
        bar.end()


def counted(stream: Iterable[T], words: str) -> Iterator[T]:
    """The stream, with a bar that counts what goes by: ``words: 120``."""
    console = Console(stderr=True)
    if not (sys.stderr.isatty() and console.is_interactive):
        yield from stream
        return
    bar = _Bar(console, None)
    try:
        for number, one in enumerate(stream, 1):
            bar.tell(number, f"{words}: {number}")
            yield one
    finally:
        bar.end()


class _Bar:
    """Rich's bar, begun by a timer, and out of the way while a table is written to the terminal."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._progress = Progress(
            SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("reading", total=total)
        self._lock = threading.Lock()
        self._due = self._paused = False
        self._shares_terminal = sys.stdout.isatty()
        self._timer = threading.Timer(_AFTER, self._time_has_come)
        self._timer.daemon = True
        self._timer.start()

    def _time_has_come(self) -> None:
        with self._lock:
            self._due = True
            if not self._paused:
                self._progress.start()

    def tell(self, position: int, words: str) -> None:
        self._progress.update(self._task, completed=position, description=words)

    def pause(self) -> None:
        if self._shares_terminal:
            with self._lock:
                self._paused = True
                if self._due:
                    self._progress.stop()

    def go_on(self) -> None:
        if self._shares_terminal:
            with self._lock:
                self._paused = False
                if self._due:
                    self._progress.start()

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._paused = True
            if self._due:
                self._progress.stop()

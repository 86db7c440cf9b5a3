"""Processes that code reports: fed in groups, answers in order, gone when their parent is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection, get_context, parent_process

from isnad.coding.many import Outcome, one
from isnad.errors import IsnadError
from isnad.model import Report

_TOGETHER = 8  # reports that go to a process at a time
_AHEAD = 3  # such groups that wait for each process


def shared(reports: Iterator[Report], workers: int) -> Iterator[Outcome]:
    """As :func:`isnad.coding.many.readings`, in ``workers`` processes from the first report on."""
    # a fork of this process would share its database connections and threads
    context = get_context("spawn" if sys.platform == "win32" else "forkserver")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)
    waiting: deque[Future[list[Outcome]]] = deque()
    groups = iter(lambda: list(islice(reports, _TOGETHER)), [])
    try:
        for group in islice(groups, workers * _AHEAD):
            waiting.append(pool.submit(code, group))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(code, group) for group in islice(groups, 1))
            yield from done
    except BrokenProcessPool as error:
        says = "a process that codes reports was ended (memory?); run again with --workers 1"
        raise IsnadError("E198", says) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def code(group: list[Report]) -> list[Outcome]:
    """What a process does: the outcomes of some reports."""
    return [one(report) for report in group]


def _begin() -> None:
    """In a new process: leave interrupts to the parent, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

"""The watch: what is due is fetched by several threads and added by one, until it is stopped.

Raw copy first, then the archive, then the journal: a watch that is killed in between does the last
thing once more, and the archive knows it. A source that fails is asked again later, each time after
a longer wait; a fault of this machine (a full disk) ends the watch.
"""

from __future__ import annotations

import datetime as dt
import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path

from isnad.errors import InputError, IsnadError
from isnad.gather.evidence import Evidence, RawCopy
from isnad.gather.fetch import Fetched
from isnad.gather.fetch.addresses import Resolver, resolve
from isnad.gather.files import walk
from isnad.gather.inputs import gather
from isnad.gather.watch.config import Config, Source
from isnad.gather.watch.finds import Finds, filled, finds, packed, reports_of, unpacked
from isnad.gather.watch.journal import Journal, Seen, Work
from isnad.gather.watch.robots import Barred
from isnad.gather.watch.visit import (
    Stopped,
    Visitor,
    final_status,
    host_of,
    is_final,
    retry_after,
)
from isnad.gather.watch.vouch import Vouching
from isnad.gather.web import status_words
from isnad.model import Report

Raw = Callable[[], RawCopy | None]
"""Keeps the bytes that a report is made of, if they are not kept yet."""
Add = Callable[[Report, Raw], str]
"""Adds a report: ``added``, ``version``, ``known`` or ``removed``; it asks for the raw copy only if
the report is not known, so that a page of which only the advertisements changed is not kept again.
It raises ``InputError`` for what is wrong with the report, any other ``IsnadError`` for what is
wrong here."""

_NAP = 5.0
"""Seconds after which a waiting watch looks at the clock again, in case it was put right."""
_FRESH = 300
"""Messages remembered, so that what a feed repeats is told once."""


@dataclass(frozen=True)
class Ears:
    """Who is told of what: ``problem`` what failed, ``note`` what happened."""

    problem: Callable[[InputError], None]
    note: Callable[[str], None]


@dataclass(frozen=True)
class _Answer:
    work: Work
    got: Fetched | InputError | None


class Watch:
    """A watch over the sources of a configuration.

    Args:
        config: what is watched.
        journal: what was seen.
        evidence: keeps the raw copies.
        add: puts a report into the archive (:data:`Add`).
        ears: who is told.
        resolver: what resolves host names.
    """

    def __init__(
        self, config: Config, journal: Journal, evidence: Evidence, add: Add, ears: Ears,
        resolver: Resolver = resolve,
    ) -> None:  # fmt: skip
        self.tally: Counter[str] = Counter()
        self._config, self._journal, self._evidence = config, journal, evidence
        self._add, self._ears = add, ears
        self._sources = {s.name: s for s in config.source}
        self._stop = threading.Event()
        self._visitor = Visitor(config.watch, self._stop, resolver)
        self._tasks: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[_Answer | None] = queue.SimpleQueue()
        self._busy: set[str] = set()
        self._told: dict[str, None] = {}
        self._since = inf
        self._vouching = Vouching(
            config.watch, evidence.folder, journal, ears.problem, ears.note
        )  # fmt: skip

    def stop(self) -> None:
        """End soon; may be called from a signal's handler or another thread."""
        self._stop.set()
        self._answers.put(None)

    def run(self, *, once: bool = False) -> None:
        """Watch until stopped; ``once``: until all that is due was tried once.

        Raises:
            IsnadError: if the archive, the evidence or the journal cannot be written.
        """
        self._since = time.time() if once else inf
        self._journal.watch(map(_place, self._sources.values()), time.time())
        threads = [
            threading.Thread(target=self._work, name=f"watch-{n}", daemon=True)
            for n in range(self._config.watch.hosts)
        ]
        for thread in threads:
            thread.start()
        try:
            while not self._stop.is_set():
                here = self._begin()
                if self._stop.is_set() or (once and not here and not self._busy):
                    break
                if not once:
                    self._vouching.when_due()
                self._hear(0.0 if here else self._idle())
            if once and not self._stop.is_set():
                self._vouching.when_due()
                self._vouching.finish()
        finally:
            self._stop.set()
            for _ in threads:
                self._tasks.put(None)

    def _begin(self) -> bool:
        """Begin what is due, as far as hosts are free.

        Returns:
            Whether something was done at once (what is on this machine), so that more may be due.
        """
        here = False
        for work in self._journal.due(time.time(), self._busy, once_since=self._since):
            if self._stop.is_set():
                break
            if self._sources[work.source].kind == "folder":
                self._folder(work)
                here = True
            elif work.page is not None and self._journal.done_by_another(work):
                self._journal.kept(work, time.time(), etag=None, modified=None)
                here = True
            elif len(self._busy) < self._config.watch.hosts:
                self._busy.add(work.host)
                self._tasks.put(work)
        return here

    def _hear(self, wait: float) -> None:
        """Wait so many seconds for an answer, and see to it."""
        try:
            answer = self._answers.get(timeout=wait)
        except queue.Empty:
            return
        if answer is None or self._stop.is_set():
            return
        self._busy.discard(answer.work.host)
        if answer.got is None:
            return
        work, got = answer.work, answer.got
        try:
            if isinstance(got, InputError):
                raise got
            self._see(work, got)
        except InputError as error:
            self._failed(work, error, got if isinstance(got, Fetched) else None)
        except IsnadError:
            raise
        except Exception as error:
            self._failed(work, _unforeseen(error, work), None)

    def _idle(self) -> float:
        """Seconds until something may be due."""
        now = time.time()
        moments = [self._journal.next_due(), self._journal.next_host(now)]
        later = [m - now for m in moments if m is not None and m > now]
        return max(min([_NAP, *later]), 0.01)

    def _work(self) -> None:
        while (work := self._tasks.get()) is not None:
            try:
                source = self._sources[work.source]
                got: Fetched | InputError | None = self._visitor.visit(work, robots=source.robots)
            except Stopped:
                got = None
            except InputError as error:
                got = error
            except Exception as error:
                got = _unforeseen(error, work)
            self._answers.put(_Answer(work, got))

    # answers -------------------------------------------------------------------------------------

    def _see(self, work: Work, got: Fetched) -> None:
        source, now = self._sources[work.source], time.time()
        tags = {"etag": got.header("etag"), "modified": got.header("last-modified")}
        if got.status == 304:
            tags = {"etag": work.etag, "modified": work.modified}
        elif not 200 <= got.status < 300:
            raise InputError("E164", f"the server answered {status_words(got.status)}", got.url)
        is_list = work.page is None or work.role == "sitemap"
        if is_list:
            found = Finds()
            if got.status != 304:
                found = finds(source, got, self._tell, as_sitemap=work.role == "sitemap")
            self._listed(work, source, got, found, tags, now)
            return
        entry = unpacked(work.entry)[0] if work.entry else None
        if got.status != 304:
            reports = reports_of(got, self._tell)
            said = entry if len(reports) == 1 else None
            raw = self._keeps(got)
            refusal = self._put(source, [filled(r, said, source.publisher) for r in reports], raw)
            if refusal is not None:
                raise refusal
        revisit = source.revisit if work.looked == 0 else None
        again = time.time() + revisit if revisit else None
        # its text is in the archive; what it fills gaps with is wanted for the next version
        left = packed(entry.model_copy(update={"text": ""}), None) if entry else None
        self._journal.kept(work, time.time(), entry=left, again=again, **tags)

    def _listed(
        self, work: Work, source: Source, got: Fetched, found: Finds,
        tags: dict[str, str | None], now: float,
    ) -> None:  # fmt: skip
        keep = self._keeps(got)
        self._put(source, [filled(r, None, source.publisher) for r in found.reports], keep)
        new_to_us = self._journal.news(work.source, [s for s, _ in found.pages])
        seen = [
            Seen(s.address, s.mark, packed(said, keep() if said.text else None), s.role)
            if said is not None and s.address in new_to_us
            else s
            for s, said in found.pages
        ]
        hosts = {s.address: host_of(s.address) for s in seen}
        due = now + self._config.every(source)
        new = self._journal.looked(work, time.time(), due, found=seen, host_of=hosts, **tags)
        if new:
            self._ears.note(f"{source.name}: {new} page{'s' * (new != 1)} to fetch")

    def _failed(self, work: Work, error: InputError, got: Fetched | None) -> None:
        """Try again later, or give a page up and take what its source said of it."""
        now, watch = time.time(), self._config.watch
        wait = min(watch.retry * 2.0 ** min(work.failures, 60), watch.retry_most)
        wait *= random.uniform(0.5, 1.0)  # so that those who failed together do not return together
        asked = retry_after(got, dt.datetime.now(dt.UTC)) if got is not None else None
        if asked is not None:
            self._journal.leave(work.host, now + asked)
            wait = max(wait, asked)
        final = isinstance(error, Barred) or is_final(error)
        final = final or (got is not None and error.code == "E164" and final_status(got.status))
        if work.page is None:
            self.tally["failed"] += 1
            self._journal.failed(work, now, now + wait, str(error))
            self._ears.problem(_of(error, work.source, f"again in {_span(wait)}"))
            return
        if not final and work.failures + 1 < watch.tries:
            self._journal.failed(work, now, now + wait, str(error))
            self._ears.problem(_of(error, work.source, f"again in {_span(wait)}"))
            return
        instead = "given up"
        if work.looked:
            instead = "the copy of before is kept"
        elif work.entry is not None and self._fall_back(work):
            instead = "what its feed says was added in its place"
        self.tally["given up"] += 1
        self._journal.failed(work, now, None, str(error))
        self._ears.problem(_of(error, work.source, instead))

    def _fall_back(self, work: Work) -> bool:
        entry, raw = unpacked(work.entry or "")
        if not entry.text or raw is None:
            return False  # a news site map gives no text
        source = self._sources[work.source]
        return self._put(source, [filled(entry, None, source.publisher)], lambda: raw) is None

    def _folder(self, work: Work) -> None:
        """A folder is looked at, or one file of it read: a file counts by size and last change."""
        source, now = self._sources[work.source], time.time()
        if work.page is None:
            try:
                seen = list(self._files(source))
            except InputError as error:
                self._failed(work, error, None)
                return
            due = now + self._config.every(source)
            self._journal.looked(work, now, due, etag=None, modified=None, found=seen)
            return
        problems: list[InputError] = []
        try:
            for report, raw in gather(
                [work.address], evidence=self._evidence, on_problem=problems.append,
                on_note=self._tell,
            ):  # fmt: skip
                one = [filled(report, None, source.publisher)]
                refusal = self._put(source, one, partial(_same, raw))
                problems += [refusal] if refusal is not None else []
        except InputError as error:
            problems.append(error)
        for problem in problems:
            if problem.code in _HERE:
                raise IsnadError(problem.code, problem.message, problem.where)
            self._tell(problem)
        if problems:
            self._journal.failed(work, now, None, str(problems[-1]))
        else:
            self._journal.kept(work, now, etag=None, modified=None)

    def _files(self, source: Source) -> Iterator[Seen]:
        assert source.path is not None
        if not source.path.is_dir():
            raise InputError("E101", "there is no such folder", str(source.path))
        for path in walk(source.path, self._not_empty, self._tell):
            try:
                state = path.stat()
            except OSError:  # gone since
                continue
            yield Seen(str(path), f"{state.st_mtime_ns}:{state.st_size}")

    def _not_empty(self, error: InputError) -> None:
        if error.code != "E103":  # reports may yet come into an empty folder
            self._tell(error)

    # keeping -------------------------------------------------------------------------------------

    def _put(
        self, source: Source, reports: list[Report], raw: Raw
    ) -> InputError | None:  # fmt: skip
        """Add reports; one that is refused is told and leaves the others alone.

        Returns:
            The last refusal, if every one was refused.
        """
        new, newest = 0, None
        refusals: list[InputError] = []
        for report in reports:
            try:
                status = self._add(report, raw)
            except InputError as error:
                refusals.append(error)
                self._tell(error)
                continue
            self.tally[status] += 1
            if status in ("added", "version"):
                new += 1
                what = "a new version of" if status == "version" else "added"
                self._ears.note(f"{source.name}: {what} {report.url or report.id or 'a report'}")
            day = report.published.isoformat() if report.published else None
            newest = max(filter(None, (newest, day)), default=None)
        if new or newest:
            self._journal.counted(source.name, new, newest)
        return refusals[-1] if refusals and len(refusals) == len(reports) else None

    def _keeps(self, got: Fetched) -> Raw:
        """Keeps an answer when it is first asked for."""
        kept: list[RawCopy] = []

        def keep() -> RawCopy:
            if not kept:
                try:
                    kept.append(self._evidence.keep(got))
                except InputError as error:
                    if error.code not in _HERE:
                        raise
                    raise IsnadError(error.code, error.message, error.where) from error
            return kept[0]

        return keep

    def _tell(self, error: InputError) -> None:
        words = str(error)
        if words in self._told:
            return
        self._told[words] = None
        if len(self._told) > _FRESH:
            self._told.pop(next(iter(self._told)))
        if not error.code.startswith("W"):
            self.tally["refused"] += 1
        self._ears.problem(error)


def _same(raw: RawCopy | None) -> RawCopy | None:
    return raw


_HERE = frozenset({"E160", "E161", "E162"})


def _place(source: Source) -> tuple[str, str, str]:
    """Name, address and host of a source; a folder is a host of its own."""
    if source.url is not None:
        return source.name, source.url, host_of(source.url)
    return source.name, str(Path(source.path or ".")), f"folder {source.name}"


def _unforeseen(error: Exception, work: Work) -> InputError:
    why = f"failed in a way that was not foreseen ({type(error).__name__}: {error})"
    return InputError("E175", f"{why}; please report this", work.address)


def _of(error: InputError, source: str, then: str) -> InputError:
    return InputError(error.code, f"{source}: {error.message}; {then}", error.where)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

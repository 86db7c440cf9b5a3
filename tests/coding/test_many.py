"""Coding in several processes: the same readings, in order, each refusal in its place."""

from __future__ import annotations

import os
import signal
from itertools import islice

import pytest

import isnad
from isnad.coding import many, processes
from isnad.errors import InputError, IsnadError
from isnad.model import Reading, Report

TEXT = "قتل {} مدنيين في قصف للجيش على بلدة الأتارب أمس، بحسب سكان."  # invented


def texts(count: int) -> list[Report]:
    return [Report(text=TEXT.format(n + 3), id=str(n)) for n in range(count)]


def test_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ALONE", 2)
    reports = texts(20)
    asked: list[str] = []

    def source() -> object:
        for one in reports:
            asked.append(one.id)
            yield one

    stream = many.readings(source(), 2)  # type: ignore[arg-type]
    first = next(stream)
    assert asked == ["0"], "no report is asked for before it can be coded"
    assert [first, *stream] == [isnad.read(one) for one in reports]


def test_a_report_that_cannot_be_coded_is_refused_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fake(report: Report) -> Reading:
        if report.id == "1":
            raise RuntimeError("boom")
        return Reading(report=report)

    monkeypatch.setattr(isnad, "read", fake)
    out = list(many.readings(texts(3), 4))  # fewer than a process is started for
    assert [isinstance(one, InputError) for one in out] == [False, True, False]
    assert "boom" in str(out[1]) and "E199" in str(out[1])


def _end(group: list[Report]) -> list[many.Outcome]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
def test_a_process_that_is_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ALONE", 0)
    monkeypatch.setattr(processes, "code", _end)
    with pytest.raises(IsnadError, match="E198"):
        list(many.readings(texts(9), 2))


def test_stopping_early_ends_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ALONE", 1)
    stream = many.readings(texts(12), 2)
    assert len(list(islice(stream, 3))) == 3
    stream.close()  # type: ignore[attr-defined]

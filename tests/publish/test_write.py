"""Files are whole or not there; the manifest says what is in them; the same state, the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from isnad.errors import IsnadError, UsageError
from isnad.model import Incident
from isnad.publish import Job, Losses, Snapshot, export, form

from .conftest import FORMS, killed, one, told

SOME = [one(told("a", casualties=(killed(200, 999),))), one(told("b", status="planned"))]
AT = Snapshot(3, "b" * 64, "2021-06-01T00:00:00.000+00:00")


@pytest.mark.parametrize("name", FORMS)
def test_a_file_and_its_manifest(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.out"
    done = export(form(name), SOME, path, Job({"type": "shelling"}, snapshot=AT), Losses())
    manifest = json.loads((tmp_path / "a.out.manifest.json").read_text(encoding="utf-8"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.out", "a.out.manifest.json"]
    assert manifest == done.manifest
    assert manifest["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest() == done.sha256
    assert manifest["bytes"] == path.stat().st_size
    assert manifest["selected"] == 2
    out = sum(x["rows"] for x in manifest["loss"] if x["kind"] == "left out")
    assert manifest["rows"] == done.rows == 2 - out
    assert manifest["filter"] == {"type": "shelling"}
    assert manifest["snapshot"] == {"seq": 3, "hash": "b" * 64, "at": AT.at}
    assert manifest["versions"]["isnad"]
    first = path.read_bytes(), (tmp_path / "a.out.manifest.json").read_bytes()
    export(form(name), SOME, path, Job({"type": "shelling"}, snapshot=AT), Losses())
    assert first == (path.read_bytes(), (tmp_path / "a.out.manifest.json").read_bytes())


def test_the_loss_report_names_rows() -> None:
    losses = Losses()
    for n in range(30):
        losses.narrowed(f"i{n}", "fatalities", "200-999 → 100")
        losses.narrowed(f"i{n}", "fatalities", "200-999 → 100")  # a row counts once
    (loss,) = losses
    assert (loss.rows, len(loss.ids), loss.ids[0]) == (30, 20, "i0")


def test_nothing_half_written_takes_the_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def breaks() -> Iterator[Incident]:
        yield from SOME
        raise RuntimeError("boom")

    for name in FORMS:
        with pytest.raises(RuntimeError):
            export(form(name), breaks(), path, Job(), Losses())
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text(encoding="utf-8") == "old"


def test_where_no_file_can_be(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="E603"):
        export(form("csv"), [], tmp_path, Job(), Losses())
    with pytest.raises(UsageError, match="E603"):
        export(form("csv"), [], tmp_path / "no" / "a.csv", Job(), Losses())
    with pytest.raises(IsnadError, match="E604"):
        export(form("csv"), [], Path("/proc/a.csv"), Job(), Losses())

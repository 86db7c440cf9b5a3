"""``isnad actors`` and ``isnad framing`` as people run them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from isnad.cli.actors import actors, frames, framing
from isnad.errors import UsageError
from isnad.model import Report

TEXT = "قصفت ميليشيا أسد بلدة كفرنبل"


def run(*words: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(actors, list(words), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_look_up_by_id_and_name() -> None:
    record = json.loads(run("syr-sdf", "--format", "jsonl"))
    assert record["id"] == "syr-sdf"
    assert record["acled"]["inter"] == "Rebel group"
    assert "قسد" in [a["alias"] for a in record["aliases"]]
    ids = [json.loads(line)["id"] for line in run("الجيش السوري", "--format", "jsonl").splitlines()]
    assert {"syr-assad-forces", "syr-army-2024"} <= set(ids)
    assert "syr-sdf" in run("syr-sdf")


def test_mentions_in_texts() -> None:
    out = run("--in", TEXT, "--country", "SYR", "--published", "2019-05-01", "--format", "jsonl")
    record = json.loads(out)
    assert record["text"] == TEXT
    first = record["mentions"][0]
    assert first["actor"] == "syr-assad-forces"
    assert first["loaded"] == ["hostile", "Syrian opposition media"]
    assert TEXT[slice(*first["span"])] == first["as_written"] == "ميليشيا أسد"
    assert set(first) >= {"span", "as_written", "actor", "kind", "loaded", "why"}


def test_lines_of_standard_input() -> None:
    out = run(
        "--in", "-", "--format", "jsonl", "--country", "SYR", stdin=f"{TEXT}\n\nهاجم داعش حاجزاً\n"
    )
    records = [json.loads(line) for line in out.splitlines()]
    assert [r["text"] for r in records] == [TEXT, "هاجم داعش حاجزاً"]
    assert records[1]["mentions"][0]["actor"] == "isis"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], "E002"),
        (["syr-sdf", "--published", "2020-2-1"], "E001"),
        (["--in", TEXT, "--country", "Syria"], "E003"),
        (["nobody-at-all"], "E004"),
    ],
)
def test_refusals(words: list[str], code: str) -> None:
    result = CliRunner().invoke(actors, words)
    assert isinstance(result.exception, UsageError)
    assert result.exception.code == code


def test_framing_of_two_outlets() -> None:
    given = [
        Report(text="قصفت ميليشيا أسد البلدة. انسحبت ميليشيا أسد ليلاً من إدلب.", publisher="أ"),
        Report(text="قصفت قوات الجيش العربي السوري مواقع في إدلب.", publisher="ب",
               published=dt.date(2019, 5, 1)),
    ]  # fmt: skip
    rows = frames(given)
    ours = {(r["outlet"], r["words"]): r for r in rows if r["actor"] == "syr-assad-forces"}
    assert ours["أ", "ميليشيا أسد"]["times"] == 2
    assert ours["أ", "ميليشيا أسد"]["stance"] == "hostile"
    assert any(o == "ب" and r["stance"] == "favourable" for (o, _), r in ours.items())


def test_framing_reads_inputs(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"text": TEXT, "publisher": "صحيفة"}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(framing, [str(path), "--format", "jsonl"], catch_exceptions=False)
    assert result.exit_code == 0
    assert json.loads(result.output.splitlines()[0])["words"] == "ميليشيا أسد"

"""``isnad language``: objects for programs, tables for people, refusals with a code."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from isnad.cli.language import language
from isnad.errors import UsageError


def run(*args: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(language, list(args), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_one_object_for_each_argument() -> None:
    out = run("قتل 5 أمس", "أصيب نحو 40", "--format", "jsonl", "--published", "2024-05-13")
    first, second = map(json.loads, out.splitlines())
    assert {"text", "numbers", "times", "sentences", "tokens"} <= first.keys()
    assert first["numbers"][0]["span"] == [4, 5]
    assert first["times"][0]["earliest"] == "2024-05-12"
    assert second["numbers"][0]["exactness"] == "about"


def test_a_dash_reads_a_text_from_each_line_of_standard_input() -> None:
    out = run("-", "--format", "jsonl", stdin="قتل 5\r\n\nقتل 6\n")
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["قتل 5", "قتل 6"]


def test_a_table_for_people() -> None:
    out = run("قتل ما لا يقل عن 7 مدنيين أمس", "--published", "2024-05-13")
    assert "at_least" in out and "7–…" in out and "2024-05-12" in out


@pytest.mark.parametrize("day", ["2024-5-13", "أمس", "2024-13-01", ""])
def test_a_wrong_day_is_refused(day: str) -> None:
    with pytest.raises(UsageError) as refused:
        CliRunner().invoke(language, ["قتل 5", "--published", day], catch_exceptions=False)
    assert refused.value.code == "E001" and refused.value.exit_status == 2

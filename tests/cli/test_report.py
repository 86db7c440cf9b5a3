"""``isnad report``: a page or a PDF, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.cli.report import report
from isnad.errors import UsageError

from .test_export import run, write

pytestmark = pytest.mark.usefixtures("faked")


def test_a_page(tmp_path: Path) -> None:
    reports, out = write(tmp_path / "r.jsonl", "a", "b"), tmp_path / "o.html"
    got = run(report, reports, "--from", "2021-05-01", "--to", "2021-05-31", "-o", out)
    text = out.read_text(encoding="utf-8")
    assert "1 incidents" in got.stderr
    assert "<html" in text and 'dir="rtl"' in text and "الأتارب" in text
    run(report, reports, "--public", "--days", "0", "--language", "en", "-o", out)
    text = out.read_text(encoding="utf-8")
    assert "الأتارب" not in text and "held back" in text and 'dir="rtl"' not in text
    assert sorted(p.name for p in tmp_path.iterdir()) == ["o.html", "r.jsonl"]


@pytest.mark.parametrize(("args", "code"), [
    (["-o", "x.docx"], "E603"), (["-o", "x.html", "--from", "2021-06-01", "--to", "2021-05-01"], "E602"),
    (["-o", "x.html", "--from", "soon"], "E001"), (["-o", "no/where/x.html"], "E604"),
])  # fmt: skip
def test_wrong_use(
    tmp_path: Path, args: list[str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from isnad.errors import IsnadError

    monkeypatch.chdir(tmp_path)
    reports = write(tmp_path / "r.jsonl", "a")
    with pytest.raises(IsnadError, match=code) as error:
        run(report, reports, *args)
    assert isinstance(error.value, UsageError) or code == "E604"

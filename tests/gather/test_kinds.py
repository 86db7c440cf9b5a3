"""The kinds of input, and pages among them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from isnad.errors import InputError
from isnad.gather import read_inputs
from isnad.gather.kinds import KINDS, PAGE, owner_of
from tests.gather.pages.make import HERE


def test_each_ending_is_of_one_kind() -> None:
    endings = [e for kind in KINDS for e in kind.endings]
    assert len(endings) == len(set(endings))
    assert all(e == e.lower() and e.startswith(".") for e in endings)
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert owner_of(".html")[0] is PAGE
    assert owner_of(".png") == (None, ())


def test_a_folder_of_pages_with_a_bad_one(tmp_path: Path) -> None:
    for name in ("wordpress-convoy.html", "old-market.html"):
        shutil.copy(HERE / name, tmp_path / name)
    (tmp_path / "empty.htm").write_text("<html></html>", encoding="utf-8")
    problems: list[InputError] = []
    reports = list(read_inputs([str(tmp_path)], on_problem=problems.append))
    assert [r.id for r in reports] == ["old-market", "wordpress-convoy"]
    assert [(p.code, p.where) for p in problems] == [("E140", str(tmp_path / "empty.htm"))]
    assert all(r.published and r.publisher for r in reports)


def test_options_fill_only_what_a_page_does_not_say(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    words = "قتل ثلاثة أشخاص في قصف مدفعي استهدف بلدة النورية صباح اليوم، بحسب مصادر محلية."
    page.write_text(f"<h1>عنوان الخبر هنا</h1><p>{words}</p>" * 1, encoding="utf-8")
    (report,) = read_inputs([str(page)], publisher="شبكة النور")
    assert report.publisher == "شبكة النور"
    (report,) = read_inputs([str(HERE / "amp-drone.html")], publisher="شبكة النور")
    assert report.publisher == "أفق نيوز"


def test_what_is_no_page_loads_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قتل ثلاثة أشخاص.", encoding="utf-8")
    code = (
        "import sys; from isnad.gather import read_inputs; list(read_inputs([sys.argv[1]]));"
        "print([m for m in ('lxml', 'trafilatura') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt")], capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "[]"

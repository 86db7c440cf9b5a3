"""The wheel: it holds data and gazetteer, and reads a report where nothing else of ours is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPORT = "قتل خمسة مدنيين أمس بقصف على مدينة حلب، بحسب مصادر محلية.\n"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    # from a copy: a build leaves nothing in the checkout, and two may run at a time
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(root / name, source / name)
    shutil.copytree(root / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (got,) = out.glob("*.whl")
    return got


def test_it_holds_all_that_is_no_cache(root: Path, wheel: Path) -> None:
    package = root / "src" / "isnad"
    wanted = {
        f"isnad/{p.relative_to(package).as_posix()}"
        for p in package.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    held = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    assert wanted <= held
    assert "isnad/knowledge/built/gazetteer.sqlite" in held
    assert {"isnad/py.typed", "isnad/cli/page.css", "isnad/evaluate/part_of.csv"} <= held


def test_it_reads_a_report_by_itself(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(target), str(wheel)], check=True)
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    script = (
        "import isnad, sys; assert isnad.__file__.startswith(sys.argv.pop(1)), isnad.__file__\n"
        "from isnad.cli import main; main()"
    )
    got = subprocess.run(
        [sys.executable, "-c", script, str(target), "read", "r.txt", "--format", "csv"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(target)}, capture_output=True, check=False,
    )  # fmt: skip
    assert got.returncode == 0, got.stderr.decode()
    assert got.stdout.decode().splitlines()[0].startswith("report,claim,type")

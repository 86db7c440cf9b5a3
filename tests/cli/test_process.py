"""The command line as a process: pipes, consoles, exit statuses, and never a traceback."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

REPORT = "قتل خمسة مدنيين أمس بقصف على مدينة حلب، بحسب مصادر محلية.\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "r.txt"
    path.write_text(REPORT, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("form", ["table", "jsonl", "json", "csv", "html"])
def test_output_is_utf8_whatever_the_console_says(run: Run, report: str, form: str) -> None:
    got = run("read", report, "--format", form, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert (got.returncode, got.stderr) == (0, b"")
    assert "حلب" in got.stdout.decode("utf-8") or form == "table"


def test_the_real_coder_keeps_the_contract(run: Run, report: str) -> None:
    record = json.loads(
        run("read", report, "--format", "jsonl", "--published", "2021-05-24").stdout
    )
    assert (record["id"], record["text"], record["published"]) == ("r", REPORT, "2021-05-24")
    for claim in record["claims"]:
        for slot in ("initiators", "targets", "casualties", "forces", "materiel", "sources"):
            for value in claim[slot]:
                assert record["text"][slice(*value["span"])] == value["as_written"]


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "json", "html"])
def test_a_reader_that_stops_is_no_error(tmp_path: Path, form: str) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"text": REPORT}) + "\n") * 400, encoding="utf-8")
    command = [sys.executable, "-m", "isnad", "read", str(path), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(run: Run, report: str) -> None:
    with Path("/dev/full").open("wb") as full:
        got = run("read", report, "--format", "jsonl", capture_output=False, stdout=full,
                  stderr=subprocess.PIPE)  # fmt: skip
    assert got.returncode == 1
    assert got.stderr.decode().splitlines() == [
        "isnad: cannot write: No space left on device [E007]"
    ]


WRONG = [
    (["read"], 2, "E006"),
    (["read", "x", "--format", "nope"], 2, "E006"),
    (["read", "x", "--nope"], 2, "E006"),
    (["nope"], 2, "E006"),
    (["read", "x", "--published", "24/5/2021"], 2, "E001"),
    (["read", "x", "--published", "2021-02-30"], 2, "E001"),
    (["read", "x", "--published", "20210524"], 2, "E001"),
    (["read", "no such file"], 1, "E101"),
    (["explain", "no such file"], 1, "E101"),
    (["explain", "no such file", "--claim", "x"], 2, "E006"),
    (["evaluate", "no such file"], 1, "E101"),
]


@pytest.mark.parametrize(("arguments", "status", "code"), WRONG)
def test_wrong_use_is_one_line_and_a_status(
    run: Run, arguments: list[str], status: int, code: str
) -> None:
    got = run(*arguments)
    said = got.stderr.decode()
    assert got.returncode == status
    assert f"[{code}]" in said
    assert said.startswith("isnad: ")
    assert "Traceback" not in said


def test_a_name_that_is_not_utf8(run: Run, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    try:
        with open(name, "wb") as out:  # noqa: PTH123
            out.write(REPORT.encode())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    got = run("read", os.fsdecode(name), "--format", "jsonl")
    assert got.returncode == 0
    assert json.loads(got.stdout)["id"] == "\\xff"
    got = run("read", os.fsdecode(name) + "x")
    assert got.returncode == 1
    assert b"\\udcff.txtx: there is no such file" in got.stderr


def test_standard_input_and_help(run: Run) -> None:
    got = run("read", "-", "--format", "jsonl", input=REPORT.encode("windows-1256"))
    assert json.loads(got.stdout)["text"] == REPORT
    assert (
        got.stderr.decode()
        == "isnad: -:1: is no UTF-8; read as windows-1256, by the look of it [W101]\n"
    )
    assert run("--help").returncode == 0
    assert b"read" in run().stderr + run().stdout
    assert b"isnad" in run("--version").stdout


def test_a_fault_of_ours_is_one_line(run: Run, report: str) -> None:
    script = (
        "import isnad.cli.read as r\n"
        "def broken(*a): raise ZeroDivisionError('oh')\n"
        "r.WRITERS['table'] = broken\n"
        "import sys; sys.argv = ['isnad', 'read', sys.argv[1]]\n"
        "from isnad.cli import main; main()"
    )
    got = subprocess.run([sys.executable, "-c", script, report], capture_output=True, check=False)
    assert got.returncode == 70
    assert got.stderr.decode().startswith("isnad: this is a fault in isnad (ZeroDivisionError: oh)")
    assert b"Traceback" not in got.stderr


def _on_a_terminal(command: list[str]) -> bytes:
    """What ``command`` writes to a terminal; its standard output goes there too."""
    master, slave = pty.openpty()
    env = os.environ | {"TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=env) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:  # how a terminal says that the other end is closed
                break
            if not part:
                break
            seen += part
        process.wait(60)
    os.close(master)
    return seen


def test_on_a_terminal_it_ends_with_a_count_and_shows_no_bar_for_little(report: str) -> None:
    script = (
        "import isnad.cli.progress as p, sys\n"
        "p._AFTER = 60\n"
        "sys.argv = ['isnad', 'read', sys.argv[1]]\n"
        "from isnad.cli import main; main()"
    )
    seen = _on_a_terminal([sys.executable, "-c", script, report]).decode()
    assert "isnad: 1 report, " in seen
    assert "reading" not in seen


def test_on_a_terminal_a_bar_shows_what_takes_long(report: str) -> None:
    script = (
        "import isnad, time, sys\n"
        "real = isnad.read\n"
        "isnad.read = lambda r: (time.sleep(1.5), real(r))[1]\n"
        "sys.argv = ['isnad', 'read', sys.argv[1]]\n"
        "from isnad.cli import main; main()"
    )
    seen = _on_a_terminal([sys.executable, "-c", script, report]).decode()
    assert "reading" in seen
    assert "isnad: 1 report, " in seen

"""The compiled knowledge: same answers from the cache, safe with two builders, mended when broken."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from isnad.knowledge import compiled
from isnad.knowledge.compiled import build, from_bytes, load, to_bytes
from isnad.knowledge.tables import DATA

TEXT = "قصفت ميليشيا اسد وقوات سوريا الديمقراطيه بالدبابات موقعا للقوات التركيه"


def refs(k: compiled.Knowledge) -> list[tuple[int, int, tuple[compiled.Entry, ...]]]:
    return [(h.start, h.end, k.entries(h.pattern)) for h in k.lexicon.find(TEXT)]


def test_bytes_and_back() -> None:
    built = build()
    again = from_bytes(to_bytes(built))
    assert refs(built) == refs(again)
    assert list(built.actors) == list(again.actors)
    assert list(built.actors.aliases) == list(again.actors.aliases)
    assert (built.heads, built.ranks, built.weapons, built.clients, built.states) == (
        again.heads, again.ranks, again.weapons, again.clients, again.states,
    )  # fmt: skip


def test_cached_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(cache=tmp_path)
    files = list(tmp_path.iterdir())
    assert len(files) == 1
    monkeypatch.setattr(compiled, "build", lambda data: pytest.fail("built again"))
    assert refs(load(cache=tmp_path)) == refs(first)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other"])
def test_a_broken_cache_is_built_anew(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    load(cache=tmp_path)
    (path,) = tmp_path.iterdir()
    good = path.read_bytes()
    middle = len(good) // 2
    bad = {
        "cut": good[:middle],
        "flip": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
        "empty": b"",
        "other": b"x" * 500,
    }[damage]
    path.write_bytes(bad)
    with caplog.at_level(logging.WARNING):
        assert refs(load(cache=tmp_path))
    assert "building it anew" in caplog.text
    assert path.read_bytes()[:8] == compiled.MAGIC
    assert from_bytes(path.read_bytes()).actors.aliases


def test_without_a_writable_folder(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert refs(load(cache=blocked / "below"))


def test_two_processes_at_once(tmp_path: Path) -> None:
    program = (
        "from isnad.knowledge.compiled import load\n"
        f"k = load()\nprint(len(k.lexicon.find({TEXT!r})), len(k.actors))"
    )
    env = {"ISNAD_CACHE": str(tmp_path), "PYTHONUTF8": "1", "PATH": ""}
    many = [
        subprocess.Popen(
            [sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    out = [p.communicate(timeout=120) for p in many]
    assert [p.returncode for p in many] == [0] * 4, out
    assert len({o[0] for o in out}) == 1
    assert all(not o[1] for o in out)
    assert [p.suffix for p in tmp_path.iterdir()] == [".bin"]


def test_old_files_are_dropped(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"knowledge-{number:032x}.bin").write_bytes(b"old")
    load(cache=tmp_path)
    assert len(list(tmp_path.glob("knowledge-*.bin"))) <= compiled.KEPT + 1


def test_names_of_the_cache_follow_the_content(tmp_path: Path) -> None:
    import shutil

    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    before = compiled.content_key(data)
    assert before == compiled.content_key(data)
    path = data / "heads.csv"
    path.write_text(path.read_text(encoding="utf-8") + "كذا,party,,m,1,,\n", encoding="utf-8")
    assert compiled.content_key(data) != before

"""Files of one's own: added, listed, removed, merged without duplicates; the shared ones measured."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from isnad.cli.places import places
from isnad.errors import InputError, UsageError
from isnad.knowledge.gazetteer import user
from isnad.knowledge.gazetteer.store import open_gazetteer

SHARED = Path(__file__).parents[4] / "shared" / "gazetteers"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISNAD_DATA", str(tmp_path / "data"))
    return tmp_path


def _csv(path: Path, *lines: str) -> str:
    path.write_text("name,lat,lon\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_add_find_list_remove(home: Path) -> None:
    source = _csv(home / "mine.csv", "الخيالية العجيبة,36.5,38.5")
    assert user.add(source).places == 1
    assert [a.name for a in user.added()] == ["mine"]
    (entry,) = user.gazetteer().lookup("الخيالية العجيبة")
    assert (entry.country, entry.source) == ("SYR", "mine")
    assert len(user.gazetteer()) == len(open_gazetteer()) + 1
    user.remove("mine")
    assert user.added() == [] and user.gazetteer() is open_gazetteer()
    with pytest.raises(UsageError, match="E415"):
        user.remove("mine")


def test_a_place_that_is_shipped_is_not_doubled(home: Path) -> None:
    shipped = open_gazetteer().lookup("تل تمر")
    user.add(_csv(home / "dup.csv", "تل تمر,36.66,40.37"))
    assert [e.id for e in user.gazetteer().lookup("تل تمر")] == [e.id for e in shipped]


def test_the_same_file_twice_is_one(home: Path) -> None:
    source = _csv(home / "a.csv", "الخيالية العجيبة,36.5,38.5")
    user.add(source)
    user.add(source)
    assert len(user.gazetteer()) == len(open_gazetteer()) + 1


def test_a_refused_file_changes_nothing(home: Path) -> None:
    good, bad = _csv(home / "a.csv", "س ص ع,36.5,38.5"), _csv(home / "b.csv", "س,x,y")
    with pytest.raises(InputError):
        user.add_all([good, bad])
    assert user.added() == []


def test_geonames_needs_its_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    with pytest.raises(UsageError, match="E414"):
        user.add("geonames:SY")
    with pytest.raises(UsageError, match="E414"):
        user.add("geonames:../x")


def test_command(home: Path) -> None:
    run = CliRunner().invoke
    source = _csv(home / "mine.csv", "الخيالية العجيبة,36.5,38.5")
    assert run(places, ["add", source]).exit_code == 0
    assert "mine" in run(places, ["list"]).output
    got = run(places, ["--format", "jsonl", "--in", "قصف على الخيالية العجيبة", "--country", "SYR"])
    assert '"lat": 36.5' in got.output
    assert run(places, ["تل تمر", "--format", "jsonl"]).output.startswith('{"name": "تل تمر"')
    assert isinstance(run(places, ["لا مكان كهذا"]).exception, InputError)
    assert isinstance(run(places, ["--in", "x", "--country", "1"]).exception, UsageError)
    assert run(places, ["remove", "mine"]).exit_code == 0
    lines = run(places, ["--in", "-", "--format", "jsonl"], input="حلب\n\nدمشق\n").output
    assert len(lines.splitlines()) == 2


_MEASURE = """
import sys
from isnad.coding.document import Document
from isnad.coding.places import find_places
from isnad.model import Report
doc = Document.of(Report(text="قصف على بلدة سرمين بريف إدلب وعلى مدينة مأرب"))
assert len(find_places(doc)) >= 3
status = open("/proc/self/status").read()
sys.stdout.write(status.split("VmHWM:")[1].split()[0])
"""


@pytest.mark.shared
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/gazetteers")
def test_the_shared_files(home: Path) -> None:
    files = sorted(str(p) for p in SHARED.glob("*.csv"))
    got = user.add_all(files)
    assert len(got) == len(files) and all(a.places for a in got)
    gaz = user.gazetteer()
    assert len(gaz) > 50_000
    peak = subprocess.run(
        [sys.executable, "-c", _MEASURE], check=True, capture_output=True, text=True
    ).stdout
    assert int(peak) / 1024 <= 400

"""The configuration: what is right is read, what is wrong is told by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from isnad.gather.watch import read_config

RIGHT = """
[watch]
archive = "news.isnad"
[[source]]
name = "nour"
kind = "feed"
url = "https://nour.example/rss"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "news.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_said_has_defaults_and_paths_are_beside_the_file(tmp_path: Path) -> None:
    more = '[[source]]\nname = "in"\nkind = "folder"\npath = "in"\nevery = "2h"\n'
    config, faults = read_config(written(tmp_path, RIGHT + more))
    assert config is not None and not faults
    assert config.watch.archive == str(tmp_path / "news.isnad")
    assert config.watch.journal == tmp_path / "news.watch"
    nour, folder = config.source
    assert (config.every(nour), config.every(folder)) == (900, 7200)
    assert folder.path == tmp_path / "in" and nour.follow and nour.robots


def test_an_address_of_an_archive_stays_as_it_is(tmp_path: Path) -> None:
    address = "postgresql+psycopg://me@db.example/news"
    config, _ = read_config(written(tmp_path, RIGHT.replace("news.isnad", address)))
    assert config is not None and config.watch.archive == address


SOURCE = '[[source]]\nname = "x"\nkind = "feed"\nurl = "https://x.example/"\n'
WRONG = [
    ("", "[watch] is missing"),
    ("[watch\n", "no TOML"),
    ('[watch]\narchive = "a"\n', "[source] is missing"),
    ('source = []\n[watch]\narchive = "a"\n', "there is nothing to watch"),
    (f"[watch]\n{SOURCE}", "[watch]: 'archive' is missing"),
    (RIGHT.replace("[watch]", '[watch]\ndelay = "fast"'), "[watch]: 'delay' 'fast' is no length"),
    (RIGHT.replace("[watch]", "[watch]\ndelay = 2"), "[watch]: 'delay' 2 is no length"),
    (RIGHT.replace("[watch]", "[watch]\nhosts = 0"), "[watch]: 'hosts' input should be greater"),
    (RIGHT.replace("[watch]", "[watch]\ndealy = 2"), "[watch]: 'dealy' is no setting"),
    (RIGHT.replace("[watch]", "[watch]\nretry_most = 2"), "[watch]: 'retry_most' is no setting"),
    (RIGHT.replace("[watch]", '[watch]\nretry = "2d"'), "'retry' is longer than 'retry-most'"),
    (RIGHT + 'evry = "1h"\n', "source 1 (nour): 'evry' is no setting"),
    (RIGHT + 'every = "0s"\n', "source 1 (nour): 'every' input should be greater"),
    (RIGHT.replace('"feed"', '"fed"'), "source 1 (nour): 'kind' input should be 'feed'"),
    (RIGHT.replace("https:", "ftp:"), "'url' 'ftp://nour.example/rss' is no http or https"),
    (RIGHT.replace('url = "https://nour.example/rss"', ""), "source 1 (nour): 'url' is missing"),
    (RIGHT + 'path = "x"\n', "source 1 (nour): 'path' is not for a source of kind 'feed'"),
    (RIGHT + 'match = "("\n', "source 1 (nour): 'match' '(' is no pattern"),
    (RIGHT + SOURCE.replace('"x"', '"nour"'), "source 2 (nour): 'name' is that of another source"),
    (RIGHT.replace('name = "nour"', 'name = "no ur"'), "source 1 (no ur): 'name' string should"),
    (RIGHT.replace('"feed"', '"sitemap"') + "follow = false\n", "'follow' is false, but a site map"),
    ("source = 3\n[watch]\narchive = 1\n", "[watch]: 'archive' input should be a valid string"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_is_wrong_is_told_by_key(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    config, faults = read_config(path)
    assert config is None
    assert any(words in f.message for f in faults), [f.message for f in faults]
    assert all(f.where == str(path) and f.code in ("E170", "E171") for f in faults)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    _, faults = read_config(written(tmp_path, RIGHT.replace("[watch]", "[watch]\na = 1\nb = 2")))
    assert len(faults) == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    _, (fault,) = read_config(tmp_path / "none.toml")
    assert fault.code == "E170" and "No such file" in fault.message


def test_the_example_is_right(root: Path) -> None:
    config, faults = read_config(root / "examples" / "watch.toml")
    assert config is not None and not faults
    assert {s.kind for s in config.source} == {"feed", "sitemap", "page", "telegram", "folder"}

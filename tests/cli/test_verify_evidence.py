"""``isnad verify --evidence``: every raw copy that is missing or altered is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from click.testing import CliRunner

from isnad.cli.keep import verify
from isnad.errors import IsnadError
from isnad.gather.evidence import Evidence
from isnad.gather.evidence.store import object_path
from isnad.gather.fetch import Fetched


def test_whole_then_altered(tmp_path: Path) -> None:
    now = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    url = "https://news.example/1"
    with Evidence(tmp_path) as store:
        copy = store.keep(Fetched(url, url, (), 200, (), b"one", now))
    done = CliRunner().invoke(verify, ["--evidence", str(tmp_path)])
    assert done.exit_code == 0 and "whole" in done.output
    object_path(tmp_path, copy.sha256).write_bytes(b"two")
    done = CliRunner().invoke(verify, ["--evidence", str(tmp_path)])
    assert f"{copy.sha256}: altered: {url}" in done.output
    assert isinstance(done.exception, IsnadError) and done.exception.code == "E163"

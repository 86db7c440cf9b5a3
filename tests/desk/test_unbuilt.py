"""A desk whose pages were not built says what to do, and serves its API all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from isnad.desk.routes import pages


def test_pages_that_are_not_built(
    reader: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "STATIC", tmp_path)
    assert not pages.built()
    answer = reader.get("/incidents", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "make web" in answer.json()["error"]["message"]
    assert reader.get("/api/v1/incidents").status_code == 200
    (tmp_path / "index.html").write_text("<!doctype html><title>desk</title>")
    assert pages.built()
    assert reader.get("/incidents").text.startswith("<!doctype html>")

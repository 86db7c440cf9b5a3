"""The gazetteer in use: the shipped one, or the shipped one with the user's own files merged in."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from isnad.knowledge.gazetteer.store import BUILT, Gazetteer, open_gazetteer


def data_folder() -> Path:
    """Where a user's own place files are kept: ``$ISNAD_DATA`` or the platform's data folder."""
    given = os.environ.get("ISNAD_DATA")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "isnad"


def gazetteer() -> Gazetteer:
    """The gazetteer in use."""
    return open_gazetteer(BUILT)

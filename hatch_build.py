"""Build hook: the wheel holds the gazetteer and the desk's pages; build what is not there yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface[Any]):
    """Builds the gazetteer and the pages before files are collected for a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        source = Path(self.root, "src")
        if self.target_name == "wheel" and version != "editable":
            self._pages(source / "isnad" / "desk" / "static" / "index.html")
        target = source / "isnad" / "knowledge" / "built" / "gazetteer.sqlite"
        # an editable install reads the source tree, where `make` builds the gazetteer by itself
        if self.target_name != "wheel" or version == "editable" or target.exists():
            return
        sys.path.insert(0, str(source))
        try:
            from isnad.knowledge.gazetteer.build import build

            build(target)
        finally:
            sys.path.remove(str(source))

    def _pages(self, index: Path) -> None:
        """The desk's pages; where there is no Node the script says so, and the wheel has none."""
        script = Path(self.root, "scripts", "web.py")
        if script.exists() and not index.exists():
            subprocess.run([sys.executable, script], check=True)

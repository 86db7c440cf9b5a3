"""Build hook: the wheel holds the gazetteer, so build it where it is not there yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface[Any]):
    """Runs ``isnad.knowledge.gazetteer.build`` before files are collected for a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        source = Path(self.root, "src")
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

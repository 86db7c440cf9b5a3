"""Fixtures that all tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

# a machine that is busy with something else must not make a property fail
settings.register_profile("isnad", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("isnad")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring material beside the checkout; a test that needs it is skipped without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold" / "score.py").exists():
        pytest.skip("the measuring material (shared/ beside the checkout) is not here")
    return folder


@pytest.fixture(scope="session")
def run() -> Run:
    """Run ``isnad`` as people do: a process of its own. Keywords go to ``subprocess.run``."""

    def call(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "PYTHONUTF8")}
        env |= options.pop("env", {})
        command = [sys.executable, "-m", "isnad", *arguments]
        settings = {"capture_output": True, "timeout": 120, "env": env, **options}
        return subprocess.run(command, check=False, **settings)

    return call

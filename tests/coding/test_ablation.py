"""Every mechanism that the ablation switches off is still there to be switched."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest

from isnad.coding.coder import read
from isnad.model import Report

TEXT = (
    "حصاد يوم الثلاثاء\n- قُتل ثلاثة مدنيين بقصف لقوات الدعم السريع على سوق الفاشر.\n"
    "- هددت جماعة الحوثي باستهداف سفن في البحر الأحمر. وأضافت أن القصف مستمر."
)


def ablation() -> ModuleType:
    """The benchmark, from its file: the folder is no package of the tests' path."""
    path = Path(__file__).parents[2] / "benchmarks" / "ablation.py"
    spec = importlib.util.spec_from_file_location("ablation", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ablation().MECHANISMS)
def test_a_report_is_read_without(name: str) -> None:
    report = Report(text=TEXT, published=dt.date(2024, 3, 5))
    switches = ablation().MECHANISMS[name]
    for target, instead in switches:
        with patch(target, instead):
            read(report)

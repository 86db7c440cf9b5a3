"""Documentation keeps up: codes, commands, files and folders that are named exist, and all are named."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest

from isnad.cli.read import WRITERS
from isnad.model import CLAIM_TYPES, ITEMS, OUTCOMES, SOURCE_KINDS, STATUSES, Claim

CODE = re.compile(r"\b[EW]\d{3}\b")
PAGES = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]


def codes_in_source(root: Path) -> set[str]:
    """Codes that the source can raise: whole string constants, not those that comments mention."""
    found: set[str] = set()
    for path in (root / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value):
                found.add(value)
    return found


def test_every_code_is_documented_and_every_documented_code_is_used(root: Path) -> None:
    page = (root / "docs" / "errors.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| ([EW]\d{3}) \|", page, re.M)
    assert len(set(documented)) == len(documented)
    used = codes_in_source(root)
    assert used - set(documented) == set(), "not in docs/errors.md"
    assert set(documented) - used == set(), "in docs/errors.md, but nowhere raised"


def test_the_commands_page_is_what_the_commands_say(root: Path) -> None:
    page = runpy.run_path(str(root / "scripts" / "commands.py"))["page"]
    written = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == page(), "run `make docs`"


def test_the_contract_page_names_every_field_and_value(root: Path) -> None:
    page = (root / "docs" / "contract.md").read_text(encoding="utf-8")
    names = [
        *CLAIM_TYPES,
        *STATUSES,
        *OUTCOMES,
        *ITEMS,
        *SOURCE_KINDS,
        *Claim(type="aid").contract(),
    ]
    assert [n for n in names if f"`{n}`" not in page] == []


def test_links_lead_somewhere(root: Path) -> None:
    for page in [*(root / p for p in PAGES), *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_rooms_of_the_architecture_are_there(root: Path) -> None:
    page = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^  (\w+(?:/|\.py))", page, re.M))
    package = root / "src" / "isnad"
    rooms = {f"{p.parent.name}/" for p in package.glob("*/__init__.py")}
    assert rooms <= named
    assert all((package / name).exists() for name in named)
    for room in rooms:
        doc = ast.get_docstring(ast.parse((package / room / "__init__.py").read_text("utf-8")))
        assert doc, room
        for what in (r"\bin\b", r"\bout\b", "may import"):
            assert re.search(what, doc, re.I), f"{room} does not say: {what}"


def test_the_readme_names_the_formats(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert all(
        f"`{form}`" in readme or f"--format {form}" in readme or form == "table" for form in WRITERS
    )


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_hold_names_and_versions_only(root: Path, name: str) -> None:
    for line in (root / name).read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9][\w.+]*", line), line

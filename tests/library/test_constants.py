"""Numbers and sources: generated from one file, each with unit, source and note; nobody cites what is not there."""

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import calfwise
import calfwise.model
from calfwise.model import constants

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/calfwise"
ROWS: dict[str, dict[str, Any]] = tomllib.loads((SOURCE / "library/constants.toml").read_text("utf-8"))
SOURCES: dict[str, dict[str, Any]] = tomllib.loads((SOURCE / "library/sources.toml").read_text("utf-8"))

CITATION = re.compile(r"\[([A-Z][A-Za-z]+(?:19|20)\d\d[a-z]?)\]")
"""[Key2021], with or without the underscore that makes it a link."""


def test_the_constants_of_the_model_are_those_of_the_library() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts/constants.py", "--check"], capture_output=True, text=True, cwd=ROOT
    )
    assert checked.returncode == 0, checked.stderr
    for name, row in ROWS.items():
        assert getattr(constants, name.upper()) == row["value"]


@pytest.mark.parametrize("name", ROWS)
def test_every_constant_has_a_unit_a_source_and_a_note(name: str) -> None:
    row = ROWS[name]
    assert set(row) <= {"value", "unit", "source", "spread", "rows", "note"}
    assert isinstance(row["value"], int | float)
    assert row["unit"].strip()
    assert row["source"] in SOURCES
    assert len(row["note"]) > 10
    if "spread" in row:
        low, high = row["spread"]
        assert low <= row["value"] <= high


@pytest.mark.parametrize("name", ROWS)
def test_every_measured_constant_says_the_rows_it_came_from_and_a_rule_has_none(name: str) -> None:
    row = ROWS[name]
    is_rule = SOURCES[row["source"]]["mark"] == "rule"
    assert ("rows" in row) != is_rule
    assert is_rule or any(character.isdigit() for character in row["rows"]), "how many"


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_says_who_what_and_how_sure(name: str) -> None:
    row = SOURCES[name]
    assert row["citation"].strip()
    assert row["took"].strip()
    assert row["mark"] in {"read", "secondary", "derived", "rule"}
    assert row["confidence"] in {"high", "medium", "low"}


def test_every_citation_in_the_code_stands_on_the_shelf() -> None:
    cited = {
        (key, str(path.relative_to(ROOT)))
        for path in SOURCE.rglob("*.py")
        for key in CITATION.findall(path.read_text("utf-8"))
    }
    assert {key for key, _ in cited} >= {"Patoz2023", "Frandsen2025"}, "the pattern finds citations at all"
    assert {(key, path) for key, path in cited if key not in SOURCES} == set()


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_every_citation_in_the_docs_stands_on_the_shelf(page: Path) -> None:
    assert {key for key in CITATION.findall(page.read_text("utf-8")) if key not in SOURCES} == set()


def public_things() -> Iterator[tuple[str, Any]]:
    """Functions and classes that modules of the model define for others."""
    for module in pkgutil.walk_packages(calfwise.model.__path__, "calfwise.model."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            own = getattr(thing, "__module__", None) == module.name and not name.startswith("_")
            if own and (inspect.isfunction(thing) or inspect.isclass(thing)):
                yield f"{module.name}.{name}", thing


def test_every_public_function_and_class_of_the_model_says_what_it_is() -> None:
    assert [name for name, thing in public_things() if not (thing.__doc__ or "").strip()] == []


@pytest.mark.parametrize("module", ["calf", "gait", "grf"])
def test_every_function_of_the_formulas_names_its_units(module: str) -> None:
    """A model function is a data sheet: each says at least one [unit]."""
    formulas = importlib.import_module(f"calfwise.model.load.{module}")
    for name, function in inspect.getmembers(formulas, inspect.isfunction):
        if function.__module__ == formulas.__name__ and not name.startswith("_"):
            document = function.__doc__ or ""
            assert "[" in document or "Examples" in document, name

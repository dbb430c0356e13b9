"""The content itself, decoded as strictly as the product decodes it."""

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

import calfwise

LIBRARY = Path(calfwise.__file__).parent / "library"
SOURCES = frozenset(tomllib.loads((LIBRARY / "sources.toml").read_text(encoding="utf-8")))

T = TypeVar("T")


def one(path: str, wanted: type[T]) -> T:
    return msgspec.toml.decode((LIBRARY / path).read_bytes(), type=wanted, strict=True)


def folder(name: str, wanted: type[T]) -> dict[str, T]:
    """Everything in a folder of the library, by id: the file's name."""
    return {path.stem: one(f"{name}/{path.name}", wanted) for path in sorted((LIBRARY / name).glob("*.toml"))}

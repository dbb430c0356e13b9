"""Shaped for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from calfwise.model.journal import Consent, History
from calfwise_web.imports.staging import MOST_BYTES
from calfwise_web.yours.consent import TITLES, keeps_health_notes
from calfwise_web.yours.queries import Holdings


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One line of the log."""

    title: str
    at: datetime
    given: bool
    version: str


@dataclass(frozen=True, slots=True)
class Page:
    """Your data."""

    holds: Holdings
    file_name: str
    too_large: bool
    """For one import."""
    consents: tuple[ConsentLine, ...]
    keeps_notes: bool
    first_line: datetime | None
    last_line: datetime | None


@dataclass(frozen=True, slots=True)
class Farewell:
    """What deleting takes away, and what it cannot."""

    name: str
    holds: Holdings
    watched: Path | None
    copies: tuple[str, ...]
    backups_folder: Path
    leaves_nobody: bool
    """Others stay, and none of them may invite."""


def page(holds: Holdings, history: History, *, user: str, now: datetime, home: tzinfo) -> Page:
    return Page(
        holds=holds,
        file_name=file_name(user, now),
        too_large=holds.original_bytes > MOST_BYTES,
        consents=tuple(_line(consent, home) for consent in reversed(history.consents)),
        keeps_notes=keeps_health_notes(history),
        first_line=holds.first_line and holds.first_line.astimezone(home),
        last_line=holds.last_line and holds.last_line.astimezone(home),
    )


def farewell(
    holds: Holdings, *, name: str, watched: Path, copies: Sequence[str], data: Path, leaves_nobody: bool
) -> Farewell:
    there = watched if watched.is_dir() else None
    return Farewell(name, holds, there, tuple(copies), data / "backups", leaves_nobody)


def file_name(user: str, now: datetime) -> str:
    """Of the export. Account names are plain letters.

    >>> from datetime import UTC
    >>> file_name("ann", datetime(2026, 5, 3, tzinfo=UTC))
    'calfwise-ann-2026-05-03.zip'
    """
    return f"calfwise-{user}-{now:%Y-%m-%d}.zip"


def _line(consent: Consent, home: tzinfo) -> ConsentLine:
    return ConsentLine(TITLES.get(consent.to, consent.to), consent.at.astimezone(home), consent.given, consent.version)

"""What the check-in's form sends, and an evening to send it on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from calfwise import library
from calfwise.model.journal import Answers, AnyEvent, Said
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import refresh

NOW = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
"""A Wednesday; in Berlin 19:00."""
DAY = timedelta(days=1)
QUESTIONS = library.gate().questions
NONE_OF_THESE = {f"none-{group}": "on" for group in library.gate().groups}
ALL_NO: Answers = dict.fromkeys(QUESTIONS, Said.NO)


def form(left: object = 5, right: object = 4, **more: Any) -> dict[str, Any]:
    """All is well but for sore calves; fields by name, `_` for `-`."""
    return {
        "left": left,
        "right": right,
        **NONE_OF_THESE,
        **{name.replace("_", "-"): value for name, value in more.items()},
    }


def brought(journal: Journal, *events: AnyEvent, now: datetime = NOW) -> None:
    """Earlier days as the journal has them."""
    lines.write(journal, events)
    refresh(journal, now=now)


def kept(journal: Journal, *kinds: str) -> list[Any]:
    return lines.events_of(journal, *kinds)

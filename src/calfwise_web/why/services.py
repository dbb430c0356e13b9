"""What the runner says about their days, written down where it is news."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from calfwise import library
from calfwise.model.journal import AboutLife, event_from_line, line_of
from calfwise_web.journal import lines
from calfwise_web.journal.models import Journal
from calfwise_web.refresh import is_current, refresh, refresh_said, whole_of


def tell_about_life(journal: Journal, answers: Mapping[str, bool], *, now: datetime) -> int:
    """Keep answers to questions that the library knows; how many were news."""
    asked = library.reasons().questions
    with transaction.atomic():
        journal.wait_for_others()
        was_current = is_current(journal)
        whole = whole_of(journal, now=now)
        life = whole.history.life
        news = {id_: said for id_, said in answers.items() if id_ in asked and life.get(id_) != said}
        if not news:
            return 0
        # As the terminal would read it back.
        event = event_from_line(line_of(AboutLife(at=now, answers=news)))
        lines.write(journal, [event])
        if was_current:
            refresh_said(journal, whole, [event], now=now)
    if not was_current:
        refresh(journal, now=now)
    return len(news)

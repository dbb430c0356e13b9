"""The morning after: what was said is kept, and what follows is told."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from calfwise import library
from calfwise.model.journal import SpotMorning
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness, Spot
from calfwise_web import access
from calfwise_web.journal.lines import history_of, home_of
from calfwise_web.today import services
from calfwise_web.today.card import spot_said
from calfwise_web.today.morning import FELT, RATINGS, asked, last_treated, morning_card, name_of
from calfwise_web.today.snapshot import PAGE, Today, Treated, today_of
from calfwise_web.yours.consent import TAKEN_BACK, keeps_health_notes

__all__ = ["morning", "morning_card"]

NOTHING_SAID = "Nothing was tapped yet. One answer is enough."
NOT_A_RATING = "A whole number from 0 to 10, please."


@require_POST
def morning(request: HttpRequest) -> HttpResponse:
    """Keep the morning's answers. Silence about a spot or a leg is silence."""
    journal, now = access.journal(request), timezone.now()
    row = access.snapshot(request, PAGE)
    today = today_of(row.body) if row else None
    wrong = {side.value: NOT_A_RATING for side in BOTH_SIDES if request.POST.get(side, "") not in ("", *RATINGS)}
    spots = _spots(request.POST)
    soreness = Soreness() if wrong else _soreness(request.POST)
    error = ""
    if not wrong and not spots and soreness == Soreness():
        error = NOTHING_SAID
    elif not wrong and not keeps_health_notes(history_of(journal)):
        error = TAKEN_BACK
    if wrong or error:
        return _again(request, today, now=now, wrong=wrong, error=error)
    services.note_morning(journal, soreness=soreness, spots=spots, now=now)
    treated = last_treated(today, now=now) if today else None
    messages.success(request, follows(spots, treated, now=now.astimezone(home_of(today.prefers if today else None))))
    return redirect("home")


def follows(spots: list[SpotMorning], treated: Treated | None, *, now: datetime) -> str:
    """What follows from the answers, in a warm line."""
    rest = timedelta(hours=library.content().caps.worse_rest_h)
    resting = [each for each in spots if each.felt in ("worse", "bruised")]
    if resting and treated and now < (until := (treated.at + rest).astimezone(now.tzinfo)):
        places = " and ".join(spot_said(each.spot) for each in resting)
        verb = "rests" if len(resting) == 1 else "rest"
        return f"Thank you. {places} {verb} until {until:%A}. Everything else goes on."
    if resting:
        return "Thank you. What was worse keeps its rest; the next session looks at it again."
    if spots and all(each.felt == "better" for each in spots):
        return "Good to hear. It is noted for the next session."
    return "Thank you, that's noted."


def _spots(sent: QueryDict) -> list[SpotMorning]:
    """The spots that something was said about. What is no place of ours, or no answer, is not kept."""
    known = [Spot(side, zone) for side in BOTH_SIDES for zone in library.content().zones]
    return [
        SpotMorning(spot, felt)  # type: ignore[arg-type]
        for spot in known
        if (felt := sent.get(name_of(spot), "")) in FELT
    ]


def _soreness(sent: QueryDict) -> Soreness:
    left, right = (int(said) if (said := sent.get(side, "")) else None for side in (Side.LEFT, Side.RIGHT))
    return Soreness(left, right)


def _again(
    request: HttpRequest, today: Today | None, *, now: datetime, wrong: dict[str, str], error: str
) -> HttpResponse:
    """The questions again, with what was typed."""
    if today is None:
        messages.error(request, error or NOT_A_RATING)
        return redirect("home")
    typed = {name: str(value) for name, value in request.POST.items()}
    card = asked(last_treated(today, now=now), today, now=now, typed=typed, error=error, wrong=wrong)
    return render(request, "today/morning.html", {"morning": card}, status=HTTPStatus.UNPROCESSABLE_ENTITY)

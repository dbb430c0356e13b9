"""Today's answer as one reads it on the floor."""

import click

from calfwise.assess import Assessment
from calfwise.cli.load_text import show_latest, show_notices, show_weeks
from calfwise.cli.page import gap, keys, say, small
from calfwise.model.care.content import Content
from calfwise.model.care.outcomes import Clear, Limited, Reason, Referral, Unanswered
from calfwise.model.care.planner import Plan
from calfwise.model.care.refer import LOCKED
from calfwise.model.care.signs import Level
from calfwise.model.session import WHOLE_CALF, Session, SessionItem, WaitingSpot

HEADS = {
    Level.EMERGENCY: "No massage. Call your emergency number now.",
    Level.TODAY: "No massage of either leg. Somebody should look at this today.",
    Level.WEEK: "No session today. Have this looked at within a week.",
    Level.BLOCK: "No massage here, and no alarm.",
}
FEET = {
    Level.EMERGENCY: "Do not rub, roll or stretch the calf. Do not drive yourself.",
    Level.TODAY: "Until then do not rub, roll or hard-stretch it. We can't tell from here what it is; a doctor can.",
    Level.WEEK: "Until then no massage of that leg. We can't tell from here what it is; a professional can.",
    Level.BLOCK: "Everything else stays open: your runs, your load, advice.",
}
NOTICES_SHOWN = 3


def show_today(answer: Assessment, content: Content) -> None:
    """The answer first, then how to do it, what waits, running, and the load in two lines."""
    if isinstance(answer.screening, Referral):
        _show_referral(answer.screening)
        if answer.screening.level is Level.EMERGENCY:
            return  # nothing else is worth reading now
    elif isinstance(answer.screening, Unanswered):
        _show_unanswered(answer.screening, content)
    else:
        _show_plan(answer.screening, answer.plan, content)
    _show_queue(answer.plan.queue, content)
    gap()
    say("Running", bold=True)
    for advice in answer.advice:
        say(f"{advice.text}{keys(advice.sources)}", indent=2)
    _show_load(answer)


def _show_load(answer: Assessment) -> None:
    gap()
    if not answer.load.outings:
        say("No runs in these files up to now.")
        return
    show_weeks(answer.load)
    show_latest(answer.load.change)
    show_notices(answer.load.change, most=NOTICES_SHOWN)


def _show_referral(referral: Referral) -> None:
    say(HEADS[referral.level], bold=True)
    for reason in referral.reasons:
        say(_reason(reason), indent=2)
        if reason.advice:
            say(reason.advice, indent=4)
        if reason.id == LOCKED:
            say("What they said goes into the journal with: calfwise seen", indent=4)
    say(FEET[referral.level])


def _show_unanswered(screening: Unanswered, content: Content) -> None:
    say("No session yet: some questions are open. Nothing you said speaks against one.", bold=True)
    questions = content.gate.questions
    if any(id_ not in questions for id_ in screening.missing):
        say("How sore is each calf when you walk? (--sore left=0 right=0)", indent=2, first="· ")
    for group in dict.fromkeys(questions[id_].group for id_ in screening.missing if id_ in questions):
        open_ = [id_ for id_ in screening.missing if id_ in questions and questions[id_].group == group]
        lines = "1 line" if len(open_) == 1 else f"{len(open_)} lines"
        say(f"{content.gate.groups[group].title} ({lines})", indent=2, first="· ")
    say("In a terminal I ask them. Or read them with --questions, and pass --answers none-of-these if none applies.")


def _show_plan(screening: Clear | Limited, plan: Plan, content: Content) -> None:
    if plan.session is None:
        for reason in (*plan.reasons, *screening.reasons):
            say(reason.text, bold=True)
        return
    session = plan.session
    say(_headline(session), bold=True)
    for reason in (*screening.reasons, *plan.reasons):
        say(_reason(reason), indent=2)
    told: set[tuple[str, str]] = set()
    for number, item in enumerate(session.items, start=1):
        _show_item(number, item, content, steps=(item.technique, item.tool) not in told)
        told.add((item.technique, item.tool))
    _show_limits(session, content)


def _show_limits(session: Session, content: Content) -> None:
    caps = content.caps
    gap()
    say(
        f"At every moment {max(item.effort_nrs for item in session.items)} of 10 at most. Above that ease off; "
        f"stop at {caps.stop_at_nrs}, or when it still rises after easing."
    )
    say("Stop, and leave it for today, at:")
    for line in content.techniques[session.items[0].technique].stop:
        say(line, indent=2, first="· ")
    say("When you are done: calfwise done. Tomorrow morning: calfwise morning.")


def _headline(session: Session) -> str:
    minutes = max(1, round(session.total_seconds / 60))
    spots = len(session.spots)
    if not spots:
        return f"Today: long strokes only, {minutes} minutes."
    if all(item.only_if_found for item in session.items if item.zone != WHOLE_CALF):
        return f"Today: find your tight spots, {minutes} minutes at most."
    return f"Today: {('one spot', 'two spots', 'three spots')[spots - 1]}, {minutes} minutes."


def _show_item(number: int, item: SessionItem, content: Content, *, steps: bool) -> None:
    """What, where, how long; how to do it where a technique comes for the first time; why."""
    technique = content.techniques[item.technique]
    place = "whole calf" if item.zone == WHOLE_CALF else small(content.zones[item.zone].title)
    gap()
    click.echo(click.style(f"{number}  {item.side.value.capitalize()} {place}: {small(technique.title)}", bold=True))
    tool = small(content.tools[item.tool].title)
    say(f"{tool} · {item.position} · {_dose(item)}", indent=3)
    if item.zone != WHOLE_CALF:
        say(content.zones[item.zone].where, indent=3)
    if steps:
        way = next(way for way in technique.ways if (way.tool, way.position) == (item.tool, item.position))
        for step in way.steps:
            say(step, indent=3, first="– ")
    say(f"Why: {item.reason}{keys(item.sources) if steps else ''}", indent=3, dim=True)


def _dose(item: SessionItem) -> str:
    """Sets, seconds, rest and effort in a few signs."""
    if item.sets == 1:
        return f"{item.seconds} s · {item.effort_nrs} of 10 at most"
    return f"{item.sets} × {item.seconds} s, {item.rest_s} s rest · {item.effort_nrs} of 10 at most"


def _show_queue(queue: tuple[WaitingSpot, ...], content: Content) -> None:
    if not queue:
        return
    gap()
    say("Waiting", bold=True)
    for waits in queue:
        zone = content.zones.get(waits.spot.zone)
        tender = "" if waits.tenderness_nrs is None else f" ({waits.tenderness_nrs} of 10)"
        say(
            f"{waits.spot.side.value} {small(zone.title) if zone else waits.spot.zone}{tender}: {waits.reason}",
            indent=2,
        )


def _reason(reason: Reason) -> str:
    """A reason with its leg and its sources."""
    return f"{f'{reason.side} leg: ' if reason.side else ''}{reason.text}{keys(reason.sources)}"

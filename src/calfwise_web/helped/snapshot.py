"""What the page shows, worked out when something changed."""

from datetime import date

import msgspec
from msgspec import Struct

from calfwise import library
from calfwise.model.care.choice import is_learning
from calfwise.model.care.leaning import Leaning
from calfwise.model.care.leant import technique_leant
from calfwise.model.fix.helped.leaning import leaning_of
from calfwise.model.fix.helped.told import Helped, Kind, helped
from calfwise_web.whole import Whole

PAGE = "helped"


class Lean(Struct, frozen=True):
    """What a plan puts first at one zone, because of the runner's own sessions."""

    zone: str
    technique: str
    why: str


class Shown(Struct, frozen=True):
    """All that the page shows."""

    today: date
    """On the runner's own calendar, when this was worked out."""
    helped: Helped
    leans: tuple[Lean, ...]


_decoder = msgspec.json.Decoder(Shown)


def shown_of(body: bytes | memoryview) -> Shown:
    """A snapshot read again."""
    return _decoder.decode(body)


def helped_body(whole: Whole) -> bytes:
    """The snapshot of a journal's page."""
    return msgspec.json.encode(shown(whole))


def shown(whole: Whole) -> Shown:
    """What the page shows of a journal."""
    rules, content = library.helped(), library.content()
    answer = helped(whole.history, rules=rules, now=whole.now)
    leaning = leaning_of(whole.history, content=content, rules=rules, now=whole.now)
    learning = is_learning(content, whole.history)
    return Shown(
        today=whole.now.date(),
        helped=answer,
        leans=() if leaning is None or learning else _leans(answer, leaning),
    )


def _leans(answer: Helped, leaning: Leaning) -> tuple[Lean, ...]:
    """At the zones that were looked after, in the library's order; what a day allows is another matter."""
    content = library.content()
    cared = {line.id.partition(":")[2] for line in answer.kind(Kind.SPOT)}
    found = []
    for id_, zone in content.zones.items():
        if id_ in cared:
            leant = technique_leant(zone.techniques, leaning=leaning, zone=id_, content=content, tries=False)
            if leant.reason:
                found.append(Lean(id_, leant.id, leant.reason))
    return tuple(found)

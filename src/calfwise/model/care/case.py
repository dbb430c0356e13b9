"""One check-in as the gate sees it: what counts as answered, and what soreness over days says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from calfwise.model.care.persistence import Persistence, within
from calfwise.model.care.signs import Gate, GateRules, Kind, Question
from calfwise.model.journal import Answers, CheckIn, History, Said, Seen
from calfwise.model.load.change import Notice, said
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness, SorenessNote

SORENESS_LEFT, SORENESS_RIGHT = "soreness-left", "soreness-right"
"""What is missing where a leg's soreness was not said."""


@dataclass(frozen=True, slots=True)
class Case:
    """One check-in as the gate sees it."""

    gate: Gate
    said: Answers
    soreness: Soreness
    history: History
    explained: Notice | None
    now: datetime
    legs: Mapping[Side, Persistence]
    hard_ends: Sequence[datetime] = ()

    @property
    def rules(self) -> GateRules:
        return self.gate.rules

    def yes(self, kind: Kind) -> list[tuple[str, Question]]:
        return [(id_, q) for id_, q in self.gate.of_kind(kind).items() if self.said.get(id_, Said.NO).is_yes]

    def modifier(self, strength: str) -> bool:
        return any(
            q.strength == strength and self.said.get(id_, Said.NO).is_yes for id_, q in self.gate.questions.items()
        )


def answered(gate: Gate, check_in: CheckIn, history: History, now: datetime) -> Answers:
    """What counts as answered: today's words, standing conditions confirmed within 30 days, blocks that stay."""
    fresh = timedelta(0) <= now - check_in.at <= timedelta(hours=gate.rules.answers_last_h)
    words = {id_: word for id_, word in check_in.answers.items() if fresh or word.is_yes}
    for id_, question in gate.questions.items():
        stays = question.stays == "until-seen" and id_ in history.ever_yes
        agreed = _agreed(id_, history, now) if stays else None
        if stays and agreed is None:
            words[id_] = Said.YES
        elif question.asked == "standing" and id_ not in words:
            remembered = _remembered(id_, agreed, history, gate.rules, now)
            words |= {} if remembered is None else {id_: remembered}
    return words


def _remembered(id_: str, agreed: Seen | None, history: History, rules: GateRules, now: datetime) -> Said | None:
    """The last word on a standing condition: a yes lasts, a no for 30 days, and so does a professional's agreement."""
    standing = history.standing.get(id_)
    since = now - timedelta(days=rules.standing_last_days)
    if agreed is not None:
        return Said.NO if agreed.at >= since else None
    if standing is None or standing.said.is_yes:
        return standing.said if standing else None
    return standing.said if since <= standing.at <= now else None


def _agreed(block: str, history: History, now: datetime) -> Seen | None:
    """A professional's word that massage is fine with this condition, after it was last answered yes."""
    told = history.ever_yes[block]
    return last_word([seen for seen in history.seen if seen.block == block and told <= seen.at <= now])


def last_word(seen: Sequence[Seen]) -> Seen | None:
    """The last of them, if it says that massage is fine."""
    last = max(seen, key=lambda one: one.at, default=None)
    return last if last is not None and last.massage_is_fine else None


def missing(case: Case) -> tuple[str, ...]:
    """Questions without an answer; "not sure" is none."""
    unsaid = [id_ for id_ in case.gate.questions if case.said.get(id_, Said.UNSURE) is Said.UNSURE]
    if case.soreness.left is None:
        unsaid.append(SORENESS_LEFT)
    if case.soreness.right is None:
        unsaid.append(SORENESS_RIGHT)
    return tuple(unsaid)


def one_sided(soreness: Soreness, rules: GateRules) -> Side | None:
    """The leg that is at least 3 above a leg at 0-1; `None` where neither is, or one is unknown."""
    if soreness.left is None or soreness.right is None:
        return None
    for side in BOTH_SIDES:
        more, less = soreness.of(side), soreness.of(side.other)
        if (
            more is not None
            and less is not None
            and less <= rules.quiet_leg_nrs
            and more - less >= rules.one_sided_more_nrs
        ):
            return side
    return None


def stretch(case: Case, side: Side, *, silence: timedelta) -> list[SorenessNote]:
    """One-sided soreness of a leg up to today: from its first one-sided word, until a quiet one or a silence."""
    notes: list[SorenessNote] = []
    for note in case.history.soreness:
        nrs = note.soreness.of(side)
        if nrs is None or note.at >= case.now:
            continue
        if nrs <= case.rules.quiet_leg_nrs or (notes and note.at - notes[-1].at > silence):
            notes.clear()
        if notes or one_sided(note.soreness, case.rules) is side:
            notes.append(note)
    return notes if notes and case.now - notes[-1].at <= silence else []


def explanation(case: Case, side: Side) -> str | None:
    """The run that explains one-sided soreness: within 72 h before it began, if it was spoken of ever since.

    A run cannot explain what was there before it. `None`: no run does.
    """
    window = timedelta(hours=case.rules.explained_h)
    notes = stretch(case, side, silence=window)
    before = [end for end in case.hard_ends if notes and within(notes[0].at, end=end, window=window)]
    if before:
        day = said(max(before).astimezone(case.now.tzinfo).date())
        return case.explained.text if case.explained is not None else f"of {day}"
    if case.explained is None or (notes and case.hard_ends):
        return None
    return case.explained.text

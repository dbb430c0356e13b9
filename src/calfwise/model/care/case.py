"""One check-in as the gate sees it: what counts as answered, and what soreness over days says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from calfwise.model.care.persistence import Persistence
from calfwise.model.care.signs import Gate, GateRules, Kind, Question
from calfwise.model.journal import Answers, CheckIn, History, Said
from calfwise.model.load.change import Notice
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness

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
    fresh = now - check_in.at <= timedelta(hours=gate.rules.answers_last_h)
    said = {id_: s for id_, s in check_in.answers.items() if fresh or s.is_yes}
    confirmed_since = now - timedelta(days=gate.rules.standing_last_days)
    for id_, question in gate.questions.items():
        if question.asked == "standing" and id_ not in said:
            standing = history.standing.get(id_)
            if standing is not None and (standing.at >= confirmed_since or standing.said.is_yes):
                said[id_] = standing.said
        if question.stays == "until-seen" and id_ in history.ever_yes and not _lifted(id_, history):
            said[id_] = Said.YES
    return said


def _lifted(block: str, history: History) -> bool:
    """Whether a professional agreed to massage with this condition, after it was last answered yes."""
    told = history.ever_yes[block]
    return any(seen.block == block and seen.massage_is_fine and seen.at >= told for seen in history.seen)


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

"""What the check-in's form says, read as it came: nothing is guessed, and everything typed survives an error.

Silence stays silence. A line is answered by its own word, or as a no by its group: where that says "none of these", or
where another line of it was marked. Only lines that the form showed are answered so.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import BadRequest
from django.http import QueryDict
from msgspec import Struct

from calfwise import library
from calfwise.model.care.technique import POSITIONS, Position
from calfwise.model.journal import Answers, Said
from calfwise.model.run import BOTH_SIDES, Side
from calfwise.model.session import Soreness, Spot, TenderSpot
from calfwise_web.today.services import Wishes

WORST_NRS = 10
FEWEST_MINUTES, MOST_MINUTES = 3, 30
MARKED = re.compile(r"(left|right):([a-z-]+):(\d{1,3})\Z")
WHOLE = re.compile(r"\d{1,3}\Z")
NOT_A_RATING = "Please pick a number from 0 to 10. Everything else you said is still here."
NOT_MINUTES = f"A session takes {FEWEST_MINUTES} to {MOST_MINUTES} minutes. Everything else you said is still here."


class Typed(Struct, frozen=True):
    """What the form holds, as text: to be shown, or as it came."""

    left: str = ""
    right: str = ""
    answers: dict[str, str] = {}
    """By question."""
    none: frozenset[str] = frozenset()
    """Groups that were answered with "none of these"."""
    spots: dict[Spot, str] = {}
    search: bool = False
    tools: frozenset[str] = frozenset()
    position: str = "floor"
    minutes: str = ""


class CheckInForm(Struct, frozen=True):
    """The form as it came."""

    typed: Typed
    lines: dict[str, tuple[str, ...]]
    """The questions that were shown, by group."""
    errors: dict[str, str]
    """What is wrong, by field: left, right, spots, minutes."""

    @property
    def soreness(self) -> Soreness:
        return Soreness(_number(self.typed.left), _number(self.typed.right))

    @property
    def spots(self) -> tuple[TenderSpot, ...]:
        return tuple(TenderSpot(spot, int(felt)) for spot, felt in self.typed.spots.items() if felt)

    @property
    def answers(self) -> Answers:
        return answers_of(self.typed, self.lines)

    @property
    def wishes(self) -> Wishes:
        return wishes_of(self.typed)


def read_check_in(post: QueryDict, *, asked: Iterable[str]) -> CheckInForm:
    """The form as it was sent.

    Parameters
    ----------
    post
        Fields by name.
    asked
        The questions of today, by id: where the form does not say which lines it showed, it showed these.

    Raises
    ------
    BadRequest
        A place, a question, an answer or a tool that does not exist: no form of ours sends that.
    """
    answers = _answers(post)
    typed = Typed(
        left=post.get("left", "").strip(),
        right=post.get("right", "").strip(),
        answers=answers,
        none=frozenset(name.removeprefix("none-") for name in post if name.startswith("none-")),
        spots=_spots(post),
        search="search" in post,
        tools=frozenset(post.getlist("tool")),
        position=post.get("position", ""),
        minutes=post.get("minutes", "").strip(),
    )
    _known("tool", typed.tools, library.content().tools)
    _known("group", typed.none, library.gate().groups)
    _known("position", [typed.position] if typed.position else [], POSITIONS)
    return CheckInForm(typed, lines_shown(post, asked=asked), _errors(typed))


def answers_of(typed: Typed, lines: dict[str, tuple[str, ...]]) -> Answers:
    """Every line that counts as answered."""
    answers = {id_: Said(word) for id_, word in typed.answers.items()}
    for group, ids in lines.items():
        if group in typed.none or any(answers.get(id_, Said.NO) is not Said.NO for id_ in ids):
            answers = dict.fromkeys(ids, Said.NO) | answers
    return answers


def wishes_of(typed: Typed) -> Wishes:
    """What is at hand, where the form asked for it."""
    position: Position | None = next((each for each in POSITIONS if each == typed.position), None)
    tools = tuple(sorted(typed.tools)) if typed.tools or position else None
    return Wishes(tools=tools, position=position, minutes=int(typed.minutes) if typed.minutes else None)


def wishes_posted(post: QueryDict) -> tuple[Wishes, str]:
    """What is at hand alone, to plan anew; and what is wrong with it, if anything is."""
    form = read_check_in(post, asked=())
    wrong = form.errors.get("minutes", "")
    return (Wishes(), wrong) if wrong else (form.wishes, "")


def read_signs(post: QueryDict, *, asked: Iterable[str]) -> Answers:
    """Answers to a few signs alone: each line's own word; "none of these" for the others."""
    ids = tuple(asked)
    answers = {id_: said for id_, said in _answers(post).items() if id_ in ids}
    typed = Typed(answers=answers, none=frozenset({"these"} if "none-these" in post else ()))
    return answers_of(typed, {"these": ids})


def lines_shown(post: QueryDict, *, asked: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The lines of each group as the form named them; else today's own."""
    questions, ids = library.gate().questions, tuple(asked)
    shown = {}
    for group in library.gate().groups:
        named = post.get(f"lines-{group}")
        lines = named.split() if named is not None else [id_ for id_ in ids if questions[id_].group == group]
        _known("question", lines, questions)
        shown[group] = tuple(lines)
    return shown


def _answers(post: QueryDict) -> dict[str, str]:
    sent = {name.removeprefix("answer-"): str(word) for name, word in post.items() if name.startswith("answer-")}
    words = {id_: word for id_, word in sent.items() if word}
    _known("question", words, library.gate().questions)
    _known("answer", words.values(), [said.value for said in Said])
    return words


def _spots(post: QueryDict) -> dict[Spot, str]:
    """Marked on the map, or typed beside a place; a place that is named twice counts as said last."""
    zones = library.content().zones
    spots = {}
    for side in BOTH_SIDES:
        for zone in zones:
            felt = post.get(f"spot-{side}-{zone}", "").strip()
            if felt:
                spots[Spot(side, zone)] = felt
    _known("place", [name for name in post if name.startswith("spot-")], [f"spot-{s}-{z}" for s in Side for z in zones])
    for marked in post.getlist("spot"):
        found = MARKED.match(marked)
        if found is None or found[2] not in zones:
            raise BadRequest(f"there is no spot {marked!r}")
        spots[Spot(Side(found[1]), found[2])] = found[3]
    return spots


def _errors(typed: Typed) -> dict[str, str]:
    errors = {side: NOT_A_RATING for side, felt in (("left", typed.left), ("right", typed.right)) if not _rates(felt)}
    if not all(_rates(felt) for felt in typed.spots.values()):
        errors["spots"] = NOT_A_RATING
    if typed.minutes and not (WHOLE.match(typed.minutes) and FEWEST_MINUTES <= int(typed.minutes) <= MOST_MINUTES):
        errors["minutes"] = NOT_MINUTES
    return errors


def _rates(felt: str) -> bool:
    """Nothing said, or 0 to 10."""
    return not felt or (WHOLE.match(felt) is not None and int(felt) <= WORST_NRS)


def _number(felt: str) -> int | None:
    return int(felt) if felt else None


def _known(what: str, names: Iterable[str], there: Iterable[str]) -> None:
    known = set(there)
    for name in names:
        if name not in known:
            raise BadRequest(f"there is no {what} {name!r}")

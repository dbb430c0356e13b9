"""Reasons as one reads them: a sentence with its leg, what to do about it, and where it comes from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calfwise import library
from calfwise.model.care.outcomes import Reason
from calfwise.model.care.refer import LOCKED
from calfwise.model.run import Side
from calfwise_web.today.reasons import Source, sources_of

RULE_WORDS = {
    "stayed": "it was still there after two weeks, or again and again for four",
    "came-back": "it was back within four weeks without a harder run",
    "one-sided": "one calf was clearly sorer than the other",
}
"""What the rules found, told later."""
SAY = "Say: "
HEAD_SAYS_IT = frozenset({
    "Call your emergency number now.", "Call a doctor or the urgent line today.", "Call a doctor today.",
    "See a physio or doctor this week.", "See a doctor this week.", "Have a doctor look at it this week.",
    "We can't tell from here what it is.",
})  # fmt: skip
"""Advice that the head of the card gives already."""
_SENTENCE = re.compile(r"(?<=[.?!]) ")
_IS_A_NO = re.compile(r" \([^()]*is a no\)")
"""What a question adds for who answers it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One reason."""

    text: str
    leg: str = ""
    """"Left leg"; empty where it is about both, or about no leg."""
    advice: str = ""
    sources: tuple[Source, ...] = ()


def line_of(reason: Reason) -> Line:
    """A reason of the model as a sentence."""
    text = f"You said: {in_sentence(asked_of(reason.id))}" if is_asked(reason.id) else sentence(reason.text)
    leg = f"{reason.side.capitalize()} leg" if reason.side else ""
    advice = (words for words in _SENTENCE.split(reason.advice) if not words.startswith(SAY))
    more = " ".join(words for words in advice if words not in HEAD_SAYS_IT)
    return Line(text.rstrip(".") + ".", leg, more, sources_of(reason.sources))


def is_asked(id_: str) -> bool:
    """Whether it is one of the gate's questions, and not a rule."""
    return id_ in library.gate().questions


def asked_of(id_: str) -> str:
    """A question as one tells it to others.

    >>> asked_of("night-ache")
    'Aches at rest or wakes you at night'
    """
    return _IS_A_NO.sub("", library.gate().questions[id_].question)


def told_later(ids: Iterable[str]) -> tuple[str, ...]:
    """Why it was locked, by the ids that the journal keeps."""
    said = [
        f"you said: {in_sentence(asked_of(id_))}" if is_asked(id_) else RULE_WORDS.get(id_, "")
        for id_ in ids
        if id_ != LOCKED
    ]
    return tuple(dict.fromkeys(sentence(words) for words in said if words))


def to_say(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """What to tell whom one calls, each once."""
    told = (words for reason in reasons for words in _SENTENCE.split(reason.advice) if words.startswith(SAY))
    return tuple(dict.fromkeys(sentence(words.removeprefix(SAY)) for words in told))


def legs_said(sides: Sequence[Side], *, your: bool = True) -> str:
    """Legs inside a sentence.

    >>> legs_said([Side.LEFT]), legs_said([Side.LEFT, Side.RIGHT]), legs_said([Side.RIGHT], your=False)
    ('your left leg', 'both legs', 'the right leg')
    """
    if len(sides) != 1:
        return "both legs"
    return f"{'your' if your else 'the'} {sides[0]} leg"


def sentence(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def in_sentence(text: str) -> str:
    """After a colon.

    >>> in_sentence("Swollen, or a sock that got tight")
    'swollen, or a sock that got tight'
    """
    return text[:1].lower() + text[1:]

"""Random questionnaires: a yes more never loosens, silence never allows, and no plan comes from no session."""

from collections.abc import Iterator
from random import Random

from calfwise.assess import Question, assess
from calfwise.model.care.choice import Kit
from calfwise.model.care.outcomes import Clear, Limited, Referral, Unanswered
from calfwise.model.care.screening import screen
from calfwise.model.care.signs import Kind, Level
from calfwise.model.journal import Answers, AnyEvent, CheckIn, Said, fold
from calfwise.model.runner import Runner
from calfwise.model.session import Soreness

from . import CONTENT, GATE, LEFT, NONE_OF_THESE, NOW, RIGHT, SIGNS, ago, in_the_suite, locked, morning, seen
from .order import has_no_session, no_looser
from .test_table import LOADS, SPOTS

QUESTIONS = list(GATE.questions)
YES = {id_: [Said.YES, *([Said.LEFT, Said.RIGHT, Said.BOTH] if q.sided else [])] for id_, q in GATE.questions.items()}
SORENESS = [*range(6), 3, 4, 5, 6, 7, 10, 0, 1]


def events(random: Random) -> Iterator[AnyEvent]:
    """Some earlier days: check-ins, mornings, verdicts, a professional's word."""
    for _ in range(random.choice((0, 0, 1, 3, 8, 20))):
        days = random.randint(1, 40)
        left, right = random.choice(SORENESS), random.choice(SORENESS)
        kind = random.random()
        if kind < 0.4:
            yield morning(left, right, days=days)
        elif kind < 0.85:
            said = questionnaire(random) if random.random() < 0.3 else NONE_OF_THESE
            yield CheckIn(at=ago(days=days, hours=random.random()), soreness=Soreness(left, right), answers=said)
        elif kind < 0.93:
            legs = random.choice([(LEFT,), (RIGHT,), (LEFT, RIGHT), ()])
            why = random.choice([("stayed",), ("bone-spot",), ("swelling", "one-sided"), ("locked",), ("unwell",)])
            two_sided = random.random() < 0.5
            yield locked(*legs, level=random.choice("NPPPUE"), reasons=why, two_sided=two_sided, days=days)
        else:
            block = random.choice([None, None, "clot-before"])
            yield seen(fine=random.random() < 0.8, side=random.choice([None, LEFT, RIGHT]), block=block, days=days)


def questionnaire(random: Random) -> Answers:
    """None of these but for a few, some of them silent or not sure."""
    said = dict(NONE_OF_THESE)
    for question in random.sample(QUESTIONS, random.choice((0, 0, 1, 1, 2, 3, 6))):
        word = random.random()
        if word < 0.1:
            del said[question]
        else:
            said[question] = Said.UNSURE if word < 0.2 else random.choice(YES[question])
    return said


def question(random: Random) -> Question:
    """A day of a runner whom nobody knows."""
    left, right = (random.choice([*SORENESS, None]) for _ in range(2))
    check_in = CheckIn(
        at=ago(hours=random.choice((0, 0, 0, 0, 11, 13))),
        soreness=Soreness(left, right),
        spots=SPOTS,
        answers=questionnaire(random),
    )
    return Question(
        now=NOW,
        runner=Runner(),
        loads=random.choice([(), LOADS]),
        history=fold(events(random)),
        check_in=check_in,
        kit=Kit(frozenset({"ball", "roller"}), "floor"),
        minutes=10,
        content=CONTENT,
    )


@in_the_suite(2_000)
def test_random_questionnaires_hold_the_order_and_fail_closed(count):
    random = Random(20_260_520)
    seen_outcomes = {Clear: 0, Limited: 0, Referral: 0, Unanswered: 0}
    for _ in range(count):
        asked = question(random)
        answer = assess(asked)
        seen_outcomes[type(answer.screening)] += 1
        fails_closed(asked, answer)
        holds_the_order(asked, answer, random)
    assert min(seen_outcomes.values()) > count / 50, seen_outcomes


def fails_closed(asked, answer):
    """No session from a referral or an open question; nothing open and nothing urgent where something is unsaid."""
    screening = answer.screening
    if has_no_session(screening):
        assert answer.plan.session is None
        assert answer.plan.queue == asked.history.waiting
    words = asked.check_in.answers
    unsaid = [id_ for id_ in QUESTIONS if words.get(id_) is Said.UNSURE]
    if unsaid or asked.check_in.soreness.left is None or asked.check_in.soreness.right is None:
        assert has_no_session(screening)
    yes = [id_ for id_, word in words.items() if word.is_yes]
    if any(id_ in SIGNS for id_ in yes):
        assert isinstance(screening, Referral)
        assert screening.level.rank >= Level.WEEK.rank
    if isinstance(screening, Clear | Limited):
        assert not any(GATE.questions[id_].kind is Kind.BLOCK and not GATE.questions[id_].sided for id_ in yes)
        session = answer.plan.session
        allowed = set(screening.legs) if isinstance(screening, Limited) else {LEFT, RIGHT}
        assert session is None or {item.side for item in session.items} <= allowed


def holds_the_order(asked, answer, random):
    """The same in any order and every time; a yes, a not sure or a lock more never loosens."""
    load, check_in = answer.load, asked.check_in

    def again(words, history=asked.history):
        return screen(
            gate=GATE,
            check_in=CheckIn(at=check_in.at, soreness=check_in.soreness, spots=check_in.spots, answers=words),
            history=history,
            explained=answer.explained,
            hard_ends=load.change.hard_ends,
            now=NOW,
        )

    words = list(check_in.answers.items())
    random.shuffle(words)
    assert again(dict(words)) == answer.screening
    more = random.choice(QUESTIONS)
    if check_in.answers.get(more) is Said.NO:
        assert no_looser(again(check_in.answers | {more: random.choice(YES[more])}), answer.screening), more
        unsure = again(check_in.answers | {more: Said.UNSURE})
        assert has_no_session(unsure)
        assert no_looser(unsure, answer.screening), more
    elif check_in.answers.get(more) is Said.LEFT:
        assert no_looser(again(check_in.answers | {more: Said.BOTH}), answer.screening), more

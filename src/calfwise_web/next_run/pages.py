"""What a planned run asks, shaped: one sentence first, then the numbers with their doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from calfwise import library
from calfwise.assess import plan_run
from calfwise.model import constants as c
from calfwise.model.load.budget import Budget
from calfwise.model.load.calf import Band
from calfwise.model.load.change import Comparison, said
from calfwise.model.load.easy import METRES_A_KM
from calfwise.model.load.gait import Grade
from calfwise.model.load.next_run import Fit, Forecast, Wish
from calfwise_web.fact import Fact
from calfwise_web.load.pages import Line, range_said
from calfwise_web.load.sourced import Source, sources_of
from calfwise_web.load.words import rounded, sentence, weight_hours
from calfwise_web.next_run.bar import Bar, bar_of
from calfwise_web.next_run.forms import Asked, Thought, number_said
from calfwise_web.next_run.queries import Held
from calfwise_web.next_run.snapshot import Ready
from calfwise_web.units import NOTHING, Units, clock, units_of

TEN_KM_M = 10_000
ROUNDED_FROM, ROUND_FEW = 1_000, 10
FROM_PACE = "from pace"
LONGER = "longer"
"""The model's notice about length, which the comparison says already."""
HONEST = (
    "The budget is about length alone. What the rest costs is not known: nobody has measured how much a faster or "
    "steeper kilometre may count."
)
STEP = "That would be a big step. Let the days after it be easy, and ask your calves in the morning."
WHY_GRADE = (
    "The forces are those of other runners at this pace, so the band is wide. Your own runs compare with each other "
    "far better than that."
)


@dataclass(frozen=True, slots=True)
class FirstWord:
    """What comes before any number: how the calves are."""

    text: str
    stops: bool
    """Nothing is said of fitting a budget while a leg waits to be looked at."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A run one might think of."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the planned run asks."""

    headline: str
    tone: str
    """good, wait or plain: what the sentence says, for its mark."""
    stands: tuple[str, ...]
    """What it is held against, and what follows."""
    why: tuple[Source, ...]
    bar: Bar | None
    facts: tuple[Fact, ...]
    missing: str
    """Why there are no strikes, where there are none."""
    step: str
    against: tuple[Line, ...]
    """Compared with the days before it, and what is new about it."""
    honest: Line


@dataclass(frozen=True, slots=True)
class Page:
    """All of it."""

    form: Thought
    unit: str
    presets: tuple[Preset, ...]
    first_word: FirstWord | None
    behind: bool
    budget: str
    """Of the next easy run, where nothing was typed yet."""
    reason: str
    runs: bool
    """Whether there is any run."""
    answer: Answer | None
    said: str
    """The answer in a sentence, for whoever listens while typing."""


def page_of(held: Held, asked: Asked) -> Page:
    """The form, and the answer if there is one."""
    ready, now = held.ready, held.now
    units = units_of(ready.prefers)
    first = first_word(ready, now=now)
    answer = None
    if asked.wish is not None:
        forecast = plan_run(ready.load, asked.wish, runner=ready.runner, now=now)
        answer = answer_of(forecast, asked.wish, ready, units, first=first)
    return Page(
        form=asked.form,
        unit=units.distance,
        presets=_presets(ready, units),
        first_word=first,
        behind=held.behind,
        budget=_budget(ready.load.budget, units),
        reason=sentence(ready.load.budget.reason),
        runs=bool(ready.load.outings),
        answer=answer,
        said=answer.headline if answer else "No answer yet." if asked.form.is_bound else "",
    )


def first_word(ready: Ready, *, now: datetime) -> FirstWord | None:
    """Sore calves, and a leg that somebody should look at, come before any number."""
    if ready.locked:
        return FirstWord("Not now: somebody should look at a leg before it runs again.", stops=True)
    note = ready.soreness
    worst = note.soreness.worst_nrs if note is not None else None
    if note is None or worst is None or worst <= library.gate().rules.run_as_planned_nrs:
        return None
    days_ago = (now.date() - note.at.astimezone(now.tzinfo).date()).days
    if days_ago > 1:
        return None
    when = "yesterday" if days_ago else "today"
    return FirstWord(f"You said {worst} of 10 {when}. Sore calves have the first word, before any number.", stops=False)


def _presets(ready: Ready, units: Units) -> tuple[Preset, ...]:
    """The own usual and longest run, and a race of 10 km."""
    found = []
    for label, length_m in (("Your usual", ready.usual_m), ("Your longest", ready.longest_m)):
        if length_m is not None:
            length = number_said(length_m / units.metres)
            found.append(Preset(label, urlencode({"distance": length})))
    ten = f"{TEN_KM_M / units.metres:.2f}".removesuffix(".00")
    return (*found, Preset("10 km race", urlencode({"distance": ten, "race": "on"})))


def _budget(budget: Budget, units: Units) -> str:
    if budget.reference_m is None or budget.upper_m is None:
        return ""
    low, high = budget.reference_m / units.metres, budget.upper_m / units.metres
    return f"{range_said(low, high)} easy {units.distance}"


# ----------------------------------------------------------------------------------------------------------- the answer
def answer_of(forecast: Forecast, wish: Wish, ready: Ready, units: Units, *, first: FirstWord | None) -> Answer:
    """How it stands, what it asks, what is new, what follows."""
    words = _Words(forecast, wish, ready, units)
    stops = first is not None and first.stops
    return Answer(
        headline="Not before somebody has looked at it." if stops else words.headline(),
        tone="wait" if stops else words.tone(sore=first is not None),
        stands=(words.known(), *words.after()),
        why=sources_of(forecast.budget.sources),
        bar=bar_of(forecast, units),
        facts=tuple(words.facts()),
        missing=words.missing(),
        step=STEP if forecast.big_step else "",
        against=tuple(words.against()),
        honest=Line(None, HONEST, sources_of(("Nielsen2013", "OurRule"))),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """A forecast, as it is read."""

    forecast: Forecast
    wish: Wish
    ready: Ready
    units: Units

    def headline(self) -> str:
        match self.forecast.fit:
            case Fit.KNOWN:
                return "That is within what your calves know."
            case Fit.WITHIN:
                return "That is within the budget: a little more than they know."
            case Fit.OVER:
                return f"That goes {self._beyond()} beyond the budget."
            case Fit.RACE:
                return f"A race {self._beyond()} beyond the budget."
            case Fit.NO_NUMBER:
                return "There is no number to hold that against."

    def tone(self, *, sore: bool) -> str:
        """No tick beside what sore calves may say no to."""
        match self.forecast.fit:
            case Fit.KNOWN | Fit.WITHIN:
                return "plain" if sore else "good"
            case Fit.OVER | Fit.RACE:
                return "wait"
            case Fit.NO_NUMBER:
                return "plain"

    def _beyond(self) -> str:
        tenths = self.forecast.over_m / self.units.metres
        return self.length(self.forecast.over_m) if tenths >= 0.05 else "a few steps"

    def length(self, distance_m: float) -> str:
        """A length without a needless decimal."""
        return f"{distance_m / self.units.metres:.1f}".removesuffix(".0") + f"\N{NO-BREAK SPACE}{self.units.distance}"

    def known(self) -> str:
        """What it is held against, and where that comes from."""
        budget = self.forecast.budget
        if budget.reference_m is None or budget.upper_m is None:
            return sentence(budget.reason)
        ends = number_said(budget.upper_m / self.units.metres) + f"\N{NO-BREAK SPACE}{self.units.distance}"
        return f"Your calves know {self.length(budget.reference_m)} ({budget.reason}), and the budget ends at {ends}."

    # -------------------------------------------------------------------------------------------------------- numbers
    def missing(self) -> str:
        if self.forecast.strikes is not None:
            return ""
        return "How many strikes, nobody can tell yet: your easy pace is not known. Say a pace, and they come."

    def facts(self) -> Iterator[Fact]:
        forecast, units = self.forecast, self.units
        strikes = forecast.strikes
        if strikes is None:
            return
        yield Fact("Foot strikes, each leg", _few(strikes.value / 2), band=_likely(strikes), about=True)
        fast = forecast.fast_strikes
        number = NOTHING if fast is None else _few(fast / 2) if fast else "none"
        yield Fact("Fast ones of them", number, band=self._why_fast(), about=bool(fast))
        if forecast.easy_km is not None:
            easy = forecast.easy_km * METRES_A_KM / units.metres
            yield Fact(
                "As many strikes as in", f"{easy:.1f}", f"easy {units.distance}", band="of your own easy running"
            )
        yield Fact("Running time", clock(forecast.duration_s), band=self._pace())
        if forecast.barefoot_strikes:
            yield Fact("Barefoot strikes, each leg", _few(forecast.barefoot_strikes / 2), about=True)
        impulse = forecast.impulse_bw_s
        if impulse is not None:
            likely = f"body-weight hours, likely {weight_hours(impulse.low)} to {weight_hours(impulse.high)}"
            yield Fact("Calf impulse, both legs", weight_hours(impulse.value), band=likely)
        yield _force("Peak force on the ground", forecast.vertical_grf_bw)
        yield _force("Peak Achilles force", forecast.achilles_force_bw)

    def _why_fast(self) -> str:
        easy_mps = self.ready.load.change.easy_speed_mps
        if easy_mps is None:
            return "your easy pace is not known yet"
        return f"fast is {self.units.pace(easy_mps + c.FAST_ABOVE_EASY_MPS)} and faster for you"

    def _pace(self) -> str:
        easy = self.ready.load.easy
        mps = self.wish.speed_mps or (easy.speed_mps if easy else None)
        return f"at {self.units.pace(mps)}" + ("" if self.wish.speed_mps else ", your easy pace")

    # ---------------------------------------------------------------------------------------------------------- words
    def against(self) -> Iterator[Line]:
        """Compared with the days before it, and what is new about it."""
        compared = self.forecast.compared
        study = sources_of(("Frandsen2025",))
        if compared is not None:
            yield Line(None, self._compared(compared), study)
        elif self.ready.load.outings:
            yield Line(None, "Nothing to compare it with: no other run in the 30 days before.", study)
        for notice in self.forecast.notices:
            if notice.kind != LONGER:
                yield Line(None, sentence(notice.text), sources_of(notice.sources))

    def _compared(self, compared: Comparison) -> str:
        longest = f"the longest of the {c.LONGEST_WINDOW_DAYS} days before, {self.length(compared.longest_before_m)}"
        if compared.ratio <= 1:
            return f"No longer than {longest}."
        text = f"{compared.ratio - 1:.0%} longer than {longest}. The study calls that group “{compared.length}”."
        return f"{text} For a race that is said, and no alert." if compared.race else text

    def after(self) -> Iterator[str]:
        """What the calves know afterwards."""
        forecast, budget = self.forecast, self.forecast.budget
        before_m, after_m = budget.reference_m, forecast.reference_after_m
        if before_m is None or after_m is None:
            return
        yield self._then(before_m, after_m, budget.rises_from)

    def _then(self, before_m: float, after_m: float, rises_from: date | None) -> str:
        before, after = self.length(before_m), self.length(after_m)
        if self.wish.distance_m <= before_m:
            return f"They go on knowing {before}."
        if rises_from is not None:
            every = c.REFERENCE_RISES_EVERY_DAYS
            return f"They go on knowing {before}: that rises once in {every} days, from {said(rises_from)} on again."
        if self.wish.race:
            return f"Then {after} is what they know: a race lifts it by a tenth at most."
        if self.forecast.counts_at_once:
            return f"Then {after} is what they know, from the next run on."
        quiet = f"the two mornings after it are quiet, {c.QUIET_MORNING_NRS} of 10 or less"
        end = self.length(self.forecast.budget.upper_m or before_m)
        otherwise = f"Without a word about them {end}; after a sore one {before}."
        return f"Then {after} is what they know, if {quiet}. {otherwise}"


def _force(term: str, band: Band | None) -> Fact:
    if band is None:
        return Fact(term, NOTHING, band="not estimated here")
    likely = f"body weights, likely {band.low:.1f} to {band.high:.1f}, {FROM_PACE}"
    return Fact(term, f"{band.value:.1f}", band=likely, grade=Grade.C, why=WHY_GRADE)


def _likely(strikes: Band) -> str:
    return f"likely {_few(strikes.low / 2)} to {_few(strikes.high / 2)}"


def _few(count: float) -> str:
    """To the hundred; to ten where there are few.

    >>> _few(4_649.0), _few(435.0)
    ('4,600', '440')
    """
    return rounded(count) if count >= ROUNDED_FROM else f"{round(count / ROUND_FEW) * ROUND_FEW}"

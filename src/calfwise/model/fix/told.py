"""What only the runner knows: since when they run, what happened before, their age, their days."""

from calfwise.model.fix.case import Case, ramp
from calfwise.model.fix.cause import Point, Side
from calfwise.model.fix.noticed import DAYS_A_WEEK, Found
from calfwise.model.load.change import said

EARLIER = {
    "calf-strain-before": ("you had a calf strain before", "GreenPizzari2017"),
    "achilles-before": ("you had Achilles trouble in the last twelve months", "Lagas2020"),
}
DAILY = {
    "standing-work": "you stand or walk for most of your working day",
    "heels": "you often wear shoes with heels",
    "stairs": "you climb many stairs every day",
}


def new_runner(case: Case) -> Found:
    """Weeks of running, by the runner's own word: a first recording is not a first run."""
    since = case.runner.running_since
    if since is None:
        return Found(unknown=("since when you run",))
    if since > case.now.date():
        return Found(unknown=("since when you run: the day you gave is still to come",))
    weeks = (case.about - since).days / DAYS_A_WEEK
    if weeks < 0:
        return Found((Point(Side.AGAINST, f"the soreness began before you began to run, on {said(since)}", ()),))
    strength = 1 - ramp(weeks, case.rules.new_weeks)
    if not strength:
        return Found((Point(Side.AGAINST, f"you have run since {said(since)} {since.year}", ()),))
    ago = "ago" if case.episode is None else "before that"
    text = f"you began to run {_weeks_said(weeks)} {ago}, on {said(since)} {since.year}"
    return Found((Point(Side.FOR, text, ("CoachRule",), since, strength),))


def _weeks_said(weeks: float) -> str:
    """
    >>> _weeks_said(0.3), _weeks_said(1.2), _weeks_said(7.9)
    ('less than a week', '1 week', '7 weeks')
    """
    whole = int(weeks)
    return "less than a week" if whole < 1 else f"{whole} week{'' if whole == 1 else 's'}"


def earlier_trouble(case: Case) -> Found:
    """What was answered about earlier strains and Achilles trouble."""
    answered = {question: case.history.life[question] for question in EARLIER if question in case.history.life}
    unknown = tuple("whether " + text for question, (text, _) in EARLIER.items() if question not in answered)
    points = tuple(
        Point(Side.FOR, text, (source,), None, 1.0)
        for question, (text, source) in EARLIER.items()
        if answered.get(question)
    )
    if not points and not unknown:
        points = (Point(Side.AGAINST, "you had neither a calf strain nor Achilles trouble before", ()),)
    return Found(points, unknown)


def age(case: Case) -> Found:
    """Years, from the year of birth."""
    born = case.runner.birth_year
    if born is None:
        return Found(unknown=("your year of birth",))
    years = case.about.year - born
    strength = ramp(years, case.rules.age_years)
    if not strength:
        text = f"you are about {years}, and age counts from {case.rules.age_years[0]:.0f} here"
        return Found((Point(Side.AGAINST, text, ("GreenPizzari2017",)),))
    return Found((Point(Side.FOR, f"you are about {years}", ("GreenPizzari2017", "DeVita2016"), None, strength),))


def daily_life(case: Case) -> Found:
    """Work for the calf that no watch counts."""
    answered = {question: case.history.life[question] for question in DAILY if question in case.history.life}
    unknown = tuple("whether " + text for question, text in DAILY.items() if question not in answered)
    points = tuple(
        Point(Side.FOR, text, ("CoachRule",), None, 1.0) for question, text in DAILY.items() if answered.get(question)
    )
    if not points and not unknown:
        points = (Point(Side.AGAINST, "neither standing work, nor heels, nor many stairs", ()),)
    return Found(points, unknown)

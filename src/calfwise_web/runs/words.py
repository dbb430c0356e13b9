"""Words for what lists and runs show. Grades are told as docs/model.md has them; sources are keys of sources.toml."""

from calfwise.model import constants as c
from calfwise.model.load.gait import Grade

SURFACES = {
    "road": "Road",
    "trail": "Trail",
    "track": "Track",
    "treadmill": "Treadmill",
    "grass": "Grass",
    "sand": "Sand",
    "stairs": "Stairs",
}
KINDS = {"easy": "Easy", "long": "Long", "workout": "Workout", "race": "Race", "walk": "Walk"}
GRADES = {
    Grade.A: "A: ground contact and cadence",
    Grade.B: "B: cadence",
    Grade.C: "C: pace alone",
    Grade.D: "D: distance and time alone",
}
RESTS_ON = {grade: said.partition(": ")[2] for grade, said in GRADES.items()}
WHY_GRADE = {
    Grade.A: (
        "Your device measured ground contact and cadence in at least half of the running. "
        "Strikes are counted, and forces come from how long each foot stayed down."
    ),
    Grade.B: (
        "Your device measured cadence, but not ground contact. Strikes are counted; forces come from your pace, by "
        "what other runners do at that pace."
    ),
    Grade.C: (
        "Pace is what this run's forces rest on. They are those of other runners at your pace, so the band is wide."
    ),
    Grade.D: (
        "Distance and time are all that is known, so the whole run counts at one mean pace. Take it as a rough figure."
    ),
}
WHY_NOT_FITTING = (
    f"Ground contact was measured, but it lies more than {c.STANCE_DISAGREEMENT * 100:.0f} % off what your pace "
    "allows, so it is not believed. Strikes are counted; forces come from your pace, by what other runners do at it."
)
BETTER = {
    Grade.A: "Nothing: that is as good as a watch or pod gets. The rest of the range is how runners differ.",
    Grade.B: "A watch, strap or pod that measures ground contact would make it A.",
    Grade.C: "Cadence would make it B; most watches measure it. With ground contact as well it is A.",
    Grade.D: "The recording itself, second by second (FIT, TCX or GPX), would make it C or better.",
}
BETTER_FITTING = "The strap or pod worn snugly, or another one: where its times fit your pace, the run is A."
GRADE_LIMITS = (
    "Trail, grass, sand and minimal shoes widen them. The same runner with the same device compares far better with "
    "themselves. That half of the running is enough is our own rule; the rest stands under Sources."
)
WHY_COUNTED = "Counted from cadence while you ran, halved: each leg takes every other step. Walking steps do not count."
WHY_STRIKES = {
    Grade.A: WHY_COUNTED,
    Grade.B: WHY_COUNTED,
    Grade.C: "Counted from cadence where there is one, else estimated from your pace; halved, for each leg.",
    Grade.D: "Estimated from your mean pace, by the cadence of other runners, and halved for each leg.",
}
BODY_WEIGHTS = "× body weight"
WHY_GROUND = (
    "The mean, over all level steps, of the highest force between foot and ground. The range holds nine of ten "
    "runners. Your runs compare with each other far better than with anyone else's."
)
WHY_ACHILLES = (
    "About 2.4 times the ground force. Studies disagree widely, so the range is wide; read it against your other runs."
)
WHAT_IMPULSE = "both calves; it follows time, not pace"
WHAT_FAST = "0.6 m/s or more above your easy pace of the 90 days before; a coach's rule"
WHAT_WEAR = "of level running"
WHY_WEAR = (
    "Wear is a range because nobody knows how near its limit their tendon works: it is for comparing, not for adding."
)
SORTS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "shortest": "Shortest first",
    "most-strikes": "Most strikes first",
    "fewest-strikes": "Fewest strikes first",
    "fastest": "Fastest first",
    "slowest": "Slowest first",
}

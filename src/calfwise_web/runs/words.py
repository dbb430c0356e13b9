"""Words for what lists and runs show. Grades are told as docs/model.md has them; sources are keys of sources.toml."""

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
GRADE_SOURCE = "That half is enough is our own rule. The forces rest on Alcantara 2021 and the papers under Sources."
WHY_STRIKES = {
    Grade.A: "Counted from cadence while you ran, halved: each leg takes every other step. Walking steps do not count.",
    Grade.B: "Counted from cadence while you ran, halved: each leg takes every other step. Walking steps do not count.",
    Grade.C: "Counted from cadence where there is one, else estimated from your pace; halved, for each leg.",
    Grade.D: "Estimated from your mean pace, by the cadence of other runners, and halved for each leg.",
}
WHY_GROUND = (
    "The mean, over all level steps, of the highest force between foot and ground. The range holds nine of ten "
    "runners. Your runs compare with each other far better than with anyone else's."
)
WHY_ACHILLES = (
    "About 2.4 times the ground force. Studies disagree widely, so the range is wide; read it against your other runs."
)
WHAT_IMPULSE = "both calves; it follows time, not pace"
WHAT_FAST = "0.6 m/s or more above your easy pace of the 90 days before; a coach's rule"
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

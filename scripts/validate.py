"""Write docs/validation: the load model against measured forces, and what each missing input costs.

Reads the lab data and the recordings in ../shared/data (or the lab's folder given, recordings beside it).
`./dev validate` calls it; `--check` only compares. Only summary figures leave the data: no row of them is copied.
"""

import sys
from pathlib import Path

import fit_grf
from calfwise.model import constants as c
from validate_achilles import factor_section, published_section
from validate_bands import bands_section, head_lines, results
from validate_grades import grades_page, recordings_folder
from validate_lab import ankles, other_laboratories, rbds_trial, slope_trials, weight_share_of_impulses
from validate_model import fit_section, slope_lines, slope_section, speed_section, threshold_note
from validate_words import LINES_HERE, page

PAGES = Path(__file__).resolve().parents[1] / "docs/validation"


def model_page(folder: Path) -> str:
    """How far the model is off, from the lab data."""
    runners, trials, found = fit_grf.read_runners(folder), slope_trials(folder), ankles(folder)
    others = other_laboratories(trials, rbds_trial(folder))
    compared = results(runners, others, found)
    shares = weight_share_of_impulses(folder)
    text = f"""\
# How far model 1 is off

Written by `./dev validate` from open laboratory data: what is said of them here is computed, not typed.
Errors are predicted over measured minus one, by rows. Coverage counts people: rows of one runner are not independent,
so
each person weighs one. "With room for one more" allows for a next person who is worse than all of these.

## Results in one line each

{LINES_HERE}

{fit_section(runners, others)}

{bands_section(runners, others, compared)}

{speed_section(runners)}

{slope_section(trials)}

{threshold_note(folder)}

{factor_section(found)}

{published_section(folder)}

## What this does not show

- **Watches.** All timing here is from force plates; the watch's band is simulated from published errors. A stance error
  moves the force by about -0.93 of its share: at 250 ms, -27 ms reads 11 % high.
- **Slow runners.** The fit ends at duty factor {c.DUTY_FACTOR_TRAINED_TO}; most easy running lies at 0.35 to 0.42. The
  two other labs' runners (up to {others.duty_factor.max():.2f}) are the only check there, and both read high.
- **Bare feet, forefoot strike, tiredness, soft ground.** Not varied in these data.
- **The true force in a living tendon.** Even the laboratory's value is a moment divided by an assumed arm.
- **The laboratory itself.** By physics a step's impulse is body weight times its time; in the file of the 37 it is
  {shares.mean():.3f} ± {shares.std(ddof=1):.3f} of that. It is left as it is: dividing by it would fit this
  laboratory's plates better and every other runner worse or better by chance.

What follows for use: the same runner with the same device compares well with themselves, because offset, factor and arm
stay; absolute numbers carry their band. That is why comparisons with oneself are shown first.
"""
    return page(text, [head_lines(compared), slope_lines(trials)])


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    folder = fit_grf.lab_folder([argument for argument in arguments if argument != "--check"])
    recordings = recordings_folder(folder)
    pages = {"model-1.md": model_page(folder), "grades-1.md": grades_page(recordings)}
    stale = [name for name, text in pages.items() if not _says(PAGES / name, text)]
    if check:
        for name in stale:
            print(f"docs/validation/{name} differs from what the data say: run ./dev validate", file=sys.stderr)
        return 1 if stale else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (PAGES / name).write_text(text, "utf-8")
        print(f"wrote docs/validation/{name}", file=sys.stderr)
    return 0


def _says(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A stretch of a run second by second: what is held is thinned, so the original is read again."""

from calfwise.errors import UnreadableFile
from calfwise.model.load.series import RunSeries, series_of
from calfwise.model.run import Span
from calfwise.model.runner import Runner
from calfwise.readers import read_bytes
from calfwise_web.journal.models import Journal, Recording, Run
from calfwise_web.journal.originals import place_of

LARGEST = 4 * 2**20
"""Larger originals are not read again while somebody waits; a long day's recording has a quarter of it. [bytes]"""


def can_look_closer(run: Run) -> bool:
    """Whether the run's original is a recording that is kept and is read in a moment."""
    recording = run.recording
    return recording.kept and recording.form == Recording.Form.FILE and recording.size <= LARGEST


def stretch_of(run: Run, journal: Journal, within: Span, *, runner: Runner) -> RunSeries | None:
    """The run over a stretch of it, as fine as it was recorded; `None` where its original cannot be read again.

    `journal` is the run's own: whoever asks has been let in already.
    """
    if not can_look_closer(run):
        return None
    try:
        data = place_of(journal.key, run.recording.digest).read_bytes()
        recorded = read_bytes(data, file=run.recording.name).runs
    except (OSError, UnreadableFile):
        return None
    found = next((each for each in recorded if each.id == run.run_id), None)
    return None if found is None else series_of(found, runner, within=within)

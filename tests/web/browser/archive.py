"""An archive as a runner has it: recordings in folders, Strava's table, duplicates, and files that are broken."""

import io
import zipfile
from pathlib import Path

from django.utils import timezone

from calfwise.sample import write_sample

RUNS = 12
HEADERS = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename"


def archive(folder: Path) -> bytes:
    """Twelve runs with titles, one of them twice, one cut short, one that is none, and one that was typed in."""
    write_sample(folder, until=timezone.now(), runs=RUNS)
    files = sorted(folder.glob("*.fit"))
    rows = [HEADERS]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for number, path in enumerate(files, start=1):
            name = f"activities/{number}.fit"
            data = path.read_bytes()
            into.writestr(name, data[: len(data) * 2 // 3] if number == 1 else data)
            rows.append(f'{number},"May {number}, 2026, 6:00:00 PM",Morning {number},Run,,3600,10.0,{name}')
        rows.append('99,"Apr 1, 2026, 6:00:00 AM",Typed in by hand,Run,,1800,5.0,')
        into.writestr("activities/copy.fit", files[-1].read_bytes())
        into.writestr("activities/broken.fit", b"\x0e\x10not a recording at all")
        into.writestr("activities/empty.gpx", b"")
        into.writestr("activities.csv", "\n".join(rows))
    return packed.getvalue()

"""A run as TCX or GPX, as watches' web sites write them: for timing, and for whoever wants a made-up file."""

from datetime import UTC, datetime, timedelta

import numpy as np

from calfwise.model.run import Run

TCX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">\n'
)
GPX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gpx creator="calfwise sample" version="1.1" xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">\n'
)
TCX_POSITION = (
    "<Position><LatitudeDegrees>{:.7f}</LatitudeDegrees><LongitudeDegrees>{:.7f}</LongitudeDegrees></Position>"
)
GPX_POSITION = '<trkpt lat="{:.7f}" lon="{:.7f}">'


def tcx_of(run: Run) -> bytes:
    """The run as one activity of one lap; cadence is of one leg there."""
    columns, start = run.columns, _zulu(run.start)
    points = []
    for i, time_s in enumerate(columns.time_s):
        strides = columns.cadence_spm[i] / 2
        points.append(
            f"<Trackpoint><Time>{_zulu(run.start + timedelta(seconds=float(time_s)))}</Time>"
            f"{_position(run, i, TCX_POSITION)}"
            f"<AltitudeMeters>{columns.altitude_m[i]:.1f}</AltitudeMeters>"
            f"<DistanceMeters>{columns.distance_m[i]:.2f}</DistanceMeters>"
            f"<HeartRateBpm><Value>{columns.heart_rate[i]:.0f}</Value></HeartRateBpm>"
            f"<Extensions><ns3:TPX><ns3:Speed>{columns.speed_mps[i]:.3f}</ns3:Speed>"
            f"<ns3:RunCadence>{np.nan_to_num(strides):.0f}</ns3:RunCadence></ns3:TPX></Extensions></Trackpoint>\n"
        )
    lap = (
        f'<Lap StartTime="{start}"><TotalTimeSeconds>{run.timer_s:.1f}</TotalTimeSeconds>'
        f"<DistanceMeters>{run.distance_m or 0:.1f}</DistanceMeters><Intensity>Active</Intensity>"
        f"<TriggerMethod>Manual</TriggerMethod><Track>\n{''.join(points)}</Track></Lap>"
    )
    body = f'<Activities><Activity Sport="Running"><Id>{start}</Id>{lap}</Activity></Activities>'
    return f"{TCX_HEAD}{body}\n</TrainingCenterDatabase>\n".encode()


def gpx_of(run: Run) -> bytes:
    """The run as one track of one segment."""
    columns = run.columns
    points = [
        f"{_position(run, i, GPX_POSITION)}<ele>{columns.altitude_m[i]:.1f}</ele>"
        f"<time>{_zulu(run.start + timedelta(seconds=float(time_s)))}</time>"
        f"<extensions><ns3:TrackPointExtension><ns3:hr>{columns.heart_rate[i]:.0f}</ns3:hr>"
        f"<ns3:cad>{np.nan_to_num(columns.cadence_spm[i] / 2):.0f}</ns3:cad></ns3:TrackPointExtension></extensions>"
        f"</trkpt>\n"
        for i, time_s in enumerate(columns.time_s)
    ]
    track = f"<trk><name>A made-up run</name><type>running</type><trkseg>\n{''.join(points)}</trkseg></trk>"
    return f"{GPX_HEAD}{track}</gpx>\n".encode()


def _position(run: Run, i: int, shape: str) -> str:
    """Where the sample was; nowhere if the run's location was not extracted."""
    track = run.track
    latitude, longitude = (track.latitude_deg[i], track.longitude_deg[i]) if track else (0.0, 0.0)
    return shape.format(latitude, longitude)


def _zulu(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"

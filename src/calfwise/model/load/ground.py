"""What a run was run on and in: which way that moves the calf's load, told by a wider band and never by a factor."""

from msgspec import structs

from calfwise.model import constants as c
from calfwise.model.load.calf import Band
from calfwise.model.load.dose import RunLoad

SOFT_OR_UNEVEN = frozenset({"trail", "grass", "sand"})
"""Steps differ from each other here, and timing models were made on plates and belts."""
STAIRS = "stairs"


def on_its_ground(load: RunLoad) -> RunLoad:
    """A run with the bands that its ground and its shoe deserve.

    Parameters
    ----------
    load
        With its surface and shoe.

    Returns
    -------
    RunLoad
        Values are left as they are. On trail, grass and sand both force bands are wider; barefoot and in minimal shoes
        the Achilles force may be higher, so its band is wider upwards; on stairs no force is estimated. Strikes,
        impulse and fast strikes hold anywhere.

    Notes
    -----
    Barefoot, and not landing on the heel, raised Achilles impulse by 11 and mean loading rate by 15 %
    [Almonroeder2013]_; minimal and bare feet raised the loading rate however one landed [RicePatel2017]_. No factor for
    peak force could be read, so only the band's upper end moves.
    """
    if load.surface == STAIRS:
        return structs.replace(load, vertical_grf_bw=None, achilles_force_bw=None, strikes_by_force=())
    wide = c.UNEVEN_GROUND_BAND if load.surface in SOFT_OR_UNEVEN else 1.0
    up = c.BARE_FOOT_BAND_UP if load.shoe is not None and (load.shoe.barefoot or load.shoe.minimal) else 1.0
    if wide == up == 1.0:
        return load
    return structs.replace(
        load,
        vertical_grf_bw=_wider(load.vertical_grf_bw, down=wide, up=wide),
        achilles_force_bw=_wider(load.achilles_force_bw, down=wide, up=wide * up),
    )


def _wider(band: Band | None, *, down: float, up: float) -> Band | None:
    return None if band is None else Band(band.low / down, band.value, band.high * up)

"""The map of the calf: zones keep off every place that stays untouched, and off each other, on both legs."""

from itertools import combinations, product

import pytest

from calfwise.model.care.anatomy import LEG_LENGTH_M, LEG_WIDTH_M, NoGo, Polygon, Zone, contains, mirrored, overlap
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD, Technique

from . import SOURCES, folder

ZONES = folder("zones", Zone)
NO_GO = folder("no_go", NoGo)
TECHNIQUES = folder("techniques", Technique)

HEEL_BONE_M = 0.37
"""Top of the heel bone on this map, below the crease of the knee; own drawing. [m]"""

# The left leg's own edges from behind, every few centimetres: (y, outer x, inner x); own drawing. [m]
EDGES_M = (
    (0.00, 0.014, 0.106), (0.03, 0.009, 0.111), (0.06, 0.004, 0.116), (0.09, 0.001, 0.119), (0.12, 0.000, 0.120),
    (0.15, 0.003, 0.118), (0.18, 0.009, 0.112), (0.21, 0.016, 0.104), (0.24, 0.023, 0.097), (0.27, 0.028, 0.091),
    (0.30, 0.031, 0.088), (0.33, 0.030, 0.090), (0.345, 0.027, 0.094), (0.36, 0.025, 0.092), (0.375, 0.029, 0.089),
    (0.40, 0.031, 0.089), (0.415, 0.038, 0.082), (0.42, 0.048, 0.072),
)  # fmt: skip
LEG: Polygon = (*((x, y) for y, x, _ in EDGES_M), *((x, y) for y, _, x in reversed(EDGES_M)))

every_zone = pytest.mark.parametrize("zone", list(ZONES.values()), ids=list(ZONES))


def as_drawn(outline: Polygon) -> Polygon:
    return outline


both_legs = pytest.mark.parametrize("leg", [as_drawn, mirrored], ids=["left", "right"])


def test_the_map_has_nine_zones_and_seven_places_that_stay_untouched():
    heads = {f"{head}-{third}" for head, third in product(("medial", "lateral"), ("upper", "middle", "lower"))}
    assert set(ZONES) == heads | {"junction", "soleus-medial", "soleus-lateral"}
    assert set(NO_GO) == {
        "knee-hollow", "fibula-head", "shin", "midline-vein", "achilles", "ankle-inner", "ankle-outer",
    }  # fmt: skip


@both_legs
@pytest.mark.parametrize(("zone", "no_go"), list(product(ZONES, NO_GO)))
def test_no_zone_touches_a_place_that_stays_untouched(zone, no_go, leg):
    assert not overlap(leg(ZONES[zone].outline_m), leg(NO_GO[no_go].outline_m))


@both_legs
@pytest.mark.parametrize(("one", "other"), list(combinations(ZONES, 2)))
def test_no_two_zones_share_a_place(one, other, leg):
    assert not overlap(leg(ZONES[one].outline_m), leg(ZONES[other].outline_m))


def test_point_by_point_no_place_belongs_to_a_zone_and_to_anything_else():
    step_m = 0.00193
    points = [
        (column * step_m, row * step_m)
        for column in range(int(LEG_WIDTH_M / step_m))
        for row in range(int(LEG_LENGTH_M / step_m))
    ]
    found = 0
    for x_m, y_m in points:
        zones = [id_ for id_, zone in ZONES.items() if contains(zone.outline_m, x_m=x_m, y_m=y_m)]
        no_go = [id_ for id_, place in NO_GO.items() if contains(place.outline_m, x_m=x_m, y_m=y_m)]
        assert len(zones) <= 1, (x_m, y_m, zones)
        assert not (zones and no_go), (x_m, y_m, zones, no_go)
        found += len(zones)
    assert found > 1000


@every_zone
def test_every_zone_lies_on_the_leg(zone):
    assert len(zone.outline_m) >= 5
    for x_m, y_m in zone.outline_m:
        assert 0 <= x_m <= LEG_WIDTH_M
        assert 0 <= y_m <= LEG_LENGTH_M
        assert contains(LEG, x_m=x_m, y_m=y_m), (x_m, y_m)


@every_zone
def test_every_zone_begins_at_least_3_cm_below_the_crease_and_ends_at_least_6_cm_above_the_heel_bone(zone):
    heights_m = [y for _, y in zone.outline_m]
    assert min(heights_m) >= 0.03
    assert max(heights_m) <= HEEL_BONE_M - 0.06


@every_zone
def test_every_zone_has_room_for_a_thumb_and_no_more_than_a_palm(zone):
    edges = zip(zone.outline_m, (*zone.outline_m[1:], zone.outline_m[0]), strict=True)
    area_m2 = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges)) / 2
    assert 0.0008 <= area_m2 <= 0.0030


def middle_m(id_: str) -> tuple[float, float]:
    outline = ZONES[id_].outline_m
    return sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline)


def test_inner_is_inner_and_upper_is_above_middle_is_above_lower():
    for third in ("upper", "middle", "lower"):
        assert middle_m(f"medial-{third}")[0] > LEG_WIDTH_M / 2 > middle_m(f"lateral-{third}")[0]
    for head in ("medial", "lateral"):
        assert middle_m(f"{head}-upper")[1] < middle_m(f"{head}-middle")[1] < middle_m(f"{head}-lower")[1]
    assert middle_m("soleus-medial")[0] > LEG_WIDTH_M / 2 > middle_m("soleus-lateral")[0]


def test_the_inner_head_reaches_further_down_than_the_outer():
    def bottom_m(id_: str) -> float:
        return max(y for _, y in ZONES[id_].outline_m)

    assert bottom_m("medial-lower") > bottom_m("lateral-lower")


def test_muscle_becomes_tendon_below_both_heads():
    top_m = min(y for _, y in ZONES["junction"].outline_m)
    assert top_m >= max(y for id_ in ("medial-lower", "lateral-lower") for _, y in ZONES[id_].outline_m)


def test_the_hollow_reaches_3_cm_below_the_crease_and_the_outer_knob_5_cm_further():
    assert max(y for _, y in NO_GO["knee-hollow"].outline_m) >= 0.03
    assert max(y for _, y in NO_GO["fibula-head"].outline_m) >= 0.03 + 0.05


def test_the_heel_cord_is_left_alone_from_6_cm_above_the_heel_bone():
    heights_m = [y for _, y in NO_GO["achilles"].outline_m]
    assert min(heights_m) <= HEEL_BONE_M - 0.06
    assert max(heights_m) >= HEEL_BONE_M


def test_the_middle_line_is_a_centimetre_wide_and_alone_may_be_crossed_by_light_strokes():
    assert {id_ for id_, place in NO_GO.items() if place.light_strokes} == {"midline-vein"}
    outline = NO_GO["midline-vein"].outline_m
    for height_m in {y for _, y in outline}:
        left, right = sorted(x for x, y in outline if y == height_m)
        assert right - left == pytest.approx(0.010)


@every_zone
def test_every_zone_names_techniques_that_exist_and_can_always_be_stroked(zone):
    assert set(zone.techniques) <= set(TECHNIQUES)
    assert len(set(zone.techniques)) == len(zone.techniques)
    assert LONG_STROKES in zone.techniques


def test_where_muscle_becomes_tendon_long_strokes_come_first_and_cross_strokes_never():
    assert ZONES["junction"].techniques == (LONG_STROKES, PRESS_AND_HOLD)


def test_cross_strokes_stay_on_the_round_muscle_away_from_bone_and_the_outer_knob():
    across = {id_ for id_, zone in ZONES.items() if CROSS_STROKES in zone.techniques}
    assert across == {"medial-upper", "medial-middle", "medial-lower", "lateral-middle", "lateral-lower"}


def test_zones_are_drawn_and_ranked_one_by_one_and_the_inner_calf_is_most_often_tender():
    assert sorted(zone.order for zone in ZONES.values()) == list(range(1, 10))
    ranks = {zone.often_tender: id_ for id_, zone in ZONES.items()}
    assert sorted(ranks) == list(range(1, 10))
    assert (ranks[1], ranks[2]) == ("medial-upper", "medial-middle")


@every_zone
def test_a_runner_finds_every_zone_with_a_hand(zone):
    assert "hand width" in zone.where
    assert len(zone.where) <= 160
    assert zone.title[0].isupper()


@pytest.mark.parametrize("place", [*ZONES.values(), *NO_GO.values()], ids=[*ZONES, *NO_GO])
def test_every_place_names_sources_that_exist(place):
    assert place.sources
    assert set(place.sources) <= SOURCES

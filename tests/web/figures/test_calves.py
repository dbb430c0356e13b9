"""The map of both calves and the close-up: places inside the leg, apart from what is left alone, and well named."""

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from django.template import Context, Engine

from calfwise.library import content
from calfwise.model.care.anatomy import contains, mirrored, overlap
from calfwise.model.care.technique import CROSS_STROKES, LONG_STROKES, PRESS_AND_HOLD
from calfwise.model.run import Side
from calfwise_web.figures import closeup
from calfwise_web.figures.calves import LEFT_AT, RIGHT_AT, TOP_AT, CalvesMap, Mark, calves_svg
from calfwise_web.figures.closeup import CROSS_MM, GLYPHS, LONG_STROKE_MM, Closeup, closeup_markup, half_of
from calfwise_web.figures.leg import leg_drawing, middle_mm
from calfwise_web.figures.sheet import figure_svg
from calfwise_web.figures.space import Flat

STATIC = Path(closeup.__file__).parents[1] / "static/calfwise"
CSS = (STATIC / "figures.css").read_text("utf-8")
FOUND = content()


def curve(points: tuple[Flat, ...]) -> tuple[Flat, ...]:
    """The same soft line as the drawing's, by many points (Catmull-Rom)."""
    made = []
    for at in range(len(points) - 1):
        a, b, c, d = (points[max(0, min(len(points) - 1, at + step))] for step in (-1, 0, 1, 2))
        for t in (step / 20 for step in range(20)):
            made.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    return tuple((x, y) for x, y in made)


def drawn(shown: CalvesMap) -> ElementTree.Element:
    return ElementTree.fromstring(calves_svg(shown, zones=FOUND.zones, no_go=FOUND.no_go))


def places(shown: CalvesMap) -> dict[str, ElementTree.Element]:
    return {e.get("id", ""): e for e in drawn(shown).iter("g") if e.get("class") == "calf-zone"}


@pytest.mark.parametrize("id_", [*FOUND.zones, *FOUND.no_go])
def test_every_place_lies_within_the_drawn_leg(id_: str) -> None:
    leg = curve(leg_drawing().outline)
    place = FOUND.zones.get(id_) or FOUND.no_go[id_]
    for x, y in place.outline_m:
        if y * 1000 > -60:
            assert contains(leg, x_m=x * 1000, y_m=y * 1000), (x, y)


@pytest.mark.parametrize(("zone", "off"), list(product(FOUND.zones, FOUND.no_go)))
def test_no_place_overlaps_what_is_left_alone_on_either_leg(zone: str, off: str) -> None:
    one, other = FOUND.zones[zone].outline_m, FOUND.no_go[off].outline_m
    assert not overlap(one, other)
    assert not overlap(mirrored(one), mirrored(other))


def test_the_inner_head_is_fuller_and_ends_lower_than_the_outer_one() -> None:
    leg = leg_drawing()
    assert max(y for _, y in leg.medial_head) > max(y for _, y in leg.lateral_head) + 20
    widths = [max(x for x, _ in head) - min(x for x, _ in head) for head in (leg.medial_head, leg.lateral_head)]
    assert widths[0] >= widths[1]
    assert min(y for _, y in leg.lateral_head) > -1


def test_every_place_of_both_legs_can_be_focused_and_says_its_name() -> None:
    found = places(CalvesMap())
    assert set(found) == {f"calf-{side}-{id_}" for side, id_ in product(("left", "right"), FOUND.zones)}
    place = found["calf-left-medial-upper"]
    assert (place.get("role"), place.get("tabindex"), place.get("aria-pressed")) == ("button", "0", "false")
    assert place.get("aria-label") == "Left, inner upper calf"


def test_a_spot_is_said_and_seen_with_its_tenderness() -> None:
    shown = CalvesMap(marks=(Mark(Side.LEFT, "medial-upper", 6), Mark(Side.RIGHT, "lateral-lower", 3, waiting=True)))
    found = places(shown)
    assert found["calf-left-medial-upper"].get("aria-label") == "Left, inner upper calf, tender at 6 of 10"
    assert found["calf-left-medial-upper"].get("aria-pressed") == "true"
    assert found["calf-right-lateral-lower"].get("aria-label") == "Right, outer lower calf, waiting, tender at 3 of 10"
    marks = [
        e
        for e in drawn(shown).iter("g")
        if (e.get("class") or "").startswith("calf-mark ") or e.get("class") == "calf-mark"
    ]
    assert ["".join(mark.itertext()) for mark in marks] == ["6", "3"]
    assert [mark.get("class") for mark in marks] == ["calf-mark", "calf-mark waiting"]


def test_the_runners_left_is_on_the_left_and_inner_places_lie_towards_the_middle() -> None:
    shown = CalvesMap(marks=(Mark(Side.LEFT, "medial-upper", 6), Mark(Side.RIGHT, "medial-upper", 5)))
    places_x = [
        float(re.findall(r"translate\(([\d.]+)", e.get("transform", ""))[0])
        for e in drawn(shown).iter("g")
        if e.get("class") == "calf-mark"
    ]
    assert places_x[0] < 180 < places_x[1]
    assert places_x[0] - LEFT_AT > 60
    assert places_x[1] - RIGHT_AT < 60
    assert sum(places_x) == pytest.approx(360, abs=0.3)


def test_a_locked_leg_offers_no_place_and_says_so_in_words() -> None:
    found = places(CalvesMap(locked=(Side.RIGHT,)))
    assert found["calf-right-medial-upper"].get("tabindex") is None
    assert found["calf-right-medial-upper"].get("aria-label") == "Right, inner upper calf, left alone today"
    assert found["calf-left-medial-upper"].get("tabindex") == "0"
    assert "not today" in "".join(drawn(CalvesMap(locked=(Side.RIGHT,))).itertext())


def test_the_map_tells_a_script_where_a_touch_falls() -> None:
    left, right, top = map(float, (drawn(CalvesMap()).get("data-map") or "").split())
    assert (left, right, top) == (LEFT_AT, RIGHT_AT + 120, TOP_AT)


def test_names_from_content_are_escaped() -> None:
    zone = msgspec.structs.replace(FOUND.zones["medial-upper"], title='<b>"inner"</b>')
    svg = calves_svg(CalvesMap(), zones={"medial-upper": zone}, no_go={})
    assert "<b>" not in svg
    assert "<b>" not in figure_svg(technique="press-and-hold", tool="ball", position="floor", zone=zone, side=Side.LEFT)


@pytest.mark.parametrize("id_", [id_ for id_, zone in FOUND.zones.items() if CROSS_STROKES in zone.techniques])
def test_cross_strokes_turn_back_within_their_place(id_: str) -> None:
    zone = FOUND.zones[id_]
    x, y = middle_mm(zone.outline_m)
    for end in (x - CROSS_MM, x + CROSS_MM):
        assert contains(zone.outline_m, x_m=end / 1000, y_m=y / 1000)


@pytest.mark.parametrize("half", ["inner", "outer"])
def test_a_long_stroke_never_runs_over_what_is_left_alone_and_goes_up(half: closeup.Half) -> None:
    (x1, y1), (x2, y2) = LONG_STROKE_MM[half]
    assert y1 > y2
    for share in (step / 40 for step in range(41)):
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        assert not any(
            contains(off.outline_m, x_m=x / 1000, y_m=y / 1000) for off in FOUND.no_go.values() if not off.light_strokes
        )


@pytest.mark.parametrize("half", ["inner", "outer"])
def test_the_tool_moves_as_far_as_its_arrow_is_long(half: closeup.Half) -> None:
    (x1, y1), (x2, y2) = LONG_STROKE_MM[half]
    way = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    block = CSS.split(f"@keyframes fig-long-{half}", 1)[1].split("\n", 1)[0]
    assert [float(moved) for moved in re.findall(r"translateY\(-([\d.]+)px\)", block)] == pytest.approx(
        [way, way], abs=0.06
    )
    assert f"translateX({CROSS_MM:g}px)" in CSS


def test_a_stroke_takes_two_to_four_seconds() -> None:
    for technique in FOUND.techniques.values():
        assert technique.dose.stroke_s in (None, (2.0, 4.0))
    for pace_s in (2, 4):
        assert f".fig-cross.pace-{pace_s} {{ animation-duration: {pace_s}s; }}" in CSS
        spent = float(re.findall(rf"\.fig-long\.pace-{pace_s} {{ animation-duration: ([\d.]+)s", CSS)[0])
        assert spent * 0.75 == pytest.approx(pace_s, abs=0.01), "three quarters go up, the rest comes back"


def test_nothing_moves_for_those_who_asked_for_less_motion_and_the_arrow_stays() -> None:
    before, _, _ = CSS.partition("@media (prefers-reduced-motion: no-preference)")
    assert "animation" not in before
    for technique, kind in ((LONG_STROKES, "fig-arrows"), (CROSS_STROKES, "fig-arrows"), (PRESS_AND_HOLD, "fig-rings")):
        shown = Closeup(technique, "thumbs", FOUND.zones["medial-middle"], "inner", Side.LEFT)
        assert kind in closeup_markup(shown, left=0, top=0)


def test_every_tool_of_the_library_is_drawn_in_the_close_up() -> None:
    assert set(FOUND.tools) <= set(GLYPHS)


def test_places_of_the_inner_and_outer_half_are_told_apart() -> None:
    assert {id_ for id_, zone in FOUND.zones.items() if half_of(zone) == "outer"} == {
        "lateral-upper", "lateral-middle", "lateral-lower", "soleus-lateral",
    }  # fmt: skip


def test_drawings_take_their_colours_from_the_tokens_alone() -> None:
    tokens = set(re.findall(r"(--[\w-]+):", (STATIC / "calfwise.css").read_text("utf-8")))
    assert set(re.findall(r"var\((--[\w-]+)", CSS)) - tokens == {"--figure-ground"}
    assert not re.findall(r"#[0-9a-f]{3,8}\b(?![-\"])", CSS)


def test_templates_get_the_drawings_as_they_are() -> None:
    text = (
        '{% load figures %}{% figure_defs %}{% figure "press-and-hold" "ball" "floor" "medial-upper" side pace_s=2 %}'
        '{% exercise "heel-raises-bent" up=True %}{% calves map %}'
    )
    engine = Engine(libraries={"figures": "calfwise_web.templatetags.figures"})
    page = engine.from_string(text).render(Context({"side": Side.LEFT, "map": CalvesMap()}))
    assert page.count('<svg class="fig"') == 2
    assert page.count('<use href="#calf-back"/>') == 3
    assert page.count('id="calf-back"') == 1
    assert 'fill="url(#calf-hatch)"' in page


@pytest.mark.parametrize("id_", FOUND.zones)
def test_the_middle_of_a_place_lies_within_it_and_is_seen_in_the_close_up(id_: str) -> None:
    zone = FOUND.zones[id_]
    x, y = middle_mm(zone.outline_m)
    assert contains(zone.outline_m, x_m=x / 1000, y_m=y / 1000)
    for technique in zone.techniques:
        shown = Closeup(technique, "thumbs", zone, half_of(zone), Side.LEFT)
        window = re.findall(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"', closeup_markup(shown, left=0, top=0))
        left, top, wide, tall = map(float, window[0])
        assert all(left < x * 1000 < left + wide and top < y * 1000 < top + tall for x, y in zone.outline_m)

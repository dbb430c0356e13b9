"""Drawings in templates. The only place that vouches for their markup: it comes from our own data, words escaped."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from calfwise.library import content
from calfwise.model.care.technique import Position
from calfwise.model.run import Side
from calfwise.model.session import WHOLE_CALF
from calfwise_web.figures.calves import CalvesMap, calves_svg
from calfwise_web.figures.exercises import exercise_svg
from calfwise_web.figures.leg import defs_svg
from calfwise_web.figures.selftests import self_test_svg
from calfwise_web.figures.sheet import figure_svg

register = template.Library()
INNER_HALF, OUTER_HALF = "medial-middle", "lateral-middle"
"""The places that stand for the whole calf."""


@register.simple_tag
def figure_defs() -> SafeString:
    """What the drawings share, once on a page: `{% figure_defs %}`."""
    return _drawn(defs_svg())


@register.simple_tag
def figure(technique: str, tool: str, position: Position, zone: str, side: Side, *, pace_s: int = 3) -> SafeString:
    """`{% figure "press-and-hold" "ball" "floor" step.zone step.side %}`: ids as the library names them."""
    zones = content().zones
    whole = zone == WHOLE_CALF
    drawn = figure_svg(
        technique=technique,
        tool=tool,
        position=position,
        zone=zones[INNER_HALF if whole else zone],
        side=side,
        pace_s=pace_s,
        also=zones[OUTER_HALF] if whole else None,
    )
    return _drawn(drawn)


@register.simple_tag
def exercise(protocol: str, *, up: bool = False, side: str = "") -> SafeString:
    """`{% exercise "clam" up=True side=each.side %}`; without a side as both legs do it."""
    return _drawn(exercise_svg(protocol, up=up, side=Side(side) if side else None))


@register.simple_tag
def self_test_figure(test: str, *, up: bool, side: Side = Side.RIGHT) -> SafeString:
    """`{% self_test_figure "bridge-hold" up=True side=side %}`."""
    return _drawn(self_test_svg(test, up=up, side=side))


@register.simple_tag
def calves(shown: CalvesMap) -> SafeString:
    """`{% calves page.map %}`."""
    found = content()
    return _drawn(calves_svg(shown, zones=found.zones, no_go=found.no_go))


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - our own drawing; names and titles are escaped where it is written

"""Evenings with self-massage that the story does not tell one by one."""

from collections.abc import Iterator

import numpy as np

from calfwise.sample.story import PastMassage, Place, Story, TreatedSpot

DAYS_A_WEEK = 7
REST_DAYS = 2
"""Between two evenings. [d]"""
MOST_SORENESS_NRS = 2


def massages_by_chance(story: Story, random: np.random.Generator) -> tuple[PastMassage, ...]:
    """As often a week as the story has it, never two evenings in a row, none on holiday."""
    return tuple(_massage(story, days_before_end, random) for days_before_end in _evenings(story, random))


def _massage(story: Story, days_before_end: int, random: np.random.Generator) -> PastMassage:
    before = int(random.integers(MOST_SORENESS_NRS + 1))
    return PastMassage(
        days_before_end=days_before_end,
        soreness=max(0, before - int(random.integers(2))),
        spots=tuple(_spots(story, random)),
        soreness_before=before,
    )


def _evenings(story: Story, random: np.random.Generator) -> Iterator[int]:
    """Days before the end."""
    holiday, last = story.holiday, story.span_days
    for stretch in story.looking_after:
        share = stretch.a_week / DAYS_A_WEEK / (1 - stretch.a_week * REST_DAYS / DAYS_A_WEEK)
        for days_before_end in range(stretch.days_before_end, stretch.until_days_before_end, -1):
            on_holiday = holiday.days_before_end - holiday.days < days_before_end <= holiday.days_before_end
            if random.random() < share and last - days_before_end > REST_DAYS and not on_holiday:
                last = days_before_end
                yield days_before_end


def _spots(story: Story, random: np.random.Generator) -> Iterator[TreatedSpot]:
    """One place, or two that are not the same; the left leg first."""
    usual = story.usual_spots
    wanted = 2 if random.random() < usual.second_share else 1
    places: dict[tuple[str, str], Place] = {}
    for number in random.permutation(len(usual.places)):
        place = usual.places[number]
        places.setdefault((place.side, place.zone), place)
    for place in sorted(list(places.values())[:wanted], key=lambda place: place.side):
        tender, less = (int(random.integers(low, high + 1)) for low, high in (usual.tenderness_nrs, usual.less_nrs))
        yield TreatedSpot(
            side=place.side,
            zone=place.zone,
            technique=usual.technique,
            tool=place.tool,
            position=place.position,
            tenderness_nrs=tender,
            after_nrs=max(0, tender - less),
            felt=usual.felt[int(random.integers(len(usual.felt)))],
        )

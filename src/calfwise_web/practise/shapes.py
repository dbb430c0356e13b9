"""Straight sets or a ladder: the same in all, as the runner likes it."""

from typing import Literal

from msgspec import structs

from calfwise.model.care.protocol import Ladder, PlayerContent, RoutineItem

Shape = Literal["straight", "up-and-down", "up", "down"]
SHAPES: dict[Shape, str] = {
    "straight": "Straight sets",
    "up-and-down": "A ladder, up and down",
    "up": "A ladder, growing",
    "down": "A ladder, shrinking",
}


def shape_of(content: PlayerContent, routine: str, level: int) -> Shape | None:
    """How its sets are laid; `None` where nothing can be chosen."""
    items = content.routines[routine].levels[level - 1].items
    return next((item.ladder.shape for item in items if item.ladder is not None), None)


def shaped(content: PlayerContent, routine: str, level: int, shape: Shape) -> PlayerContent:
    """The same content with one level's ladders in another shape."""
    found = content.routines[routine]
    levels = list(found.levels)
    items = tuple(_shaped(item, shape) for item in levels[level - 1].items)
    levels[level - 1] = structs.replace(levels[level - 1], items=items)
    return structs.replace(
        content, routines={**content.routines, routine: structs.replace(found, levels=tuple(levels))}
    )


def _shaped(item: RoutineItem, shape: Shape) -> RoutineItem:
    if item.ladder is None:
        return item
    return structs.replace(item, ladder=Ladder(item.ladder.total, item.ladder.top, shape))

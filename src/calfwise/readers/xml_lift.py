"""The fast way through XML that a machine wrote: all points of one shape lifted out at once, the rest parsed as ever.

Watches' sites write thousands of points that differ in their numbers alone. One of the first points tells the shape;
one regular expression made from it takes all points out as columns; what is left, with that one point in their place,
is a small document that lxml reads and checks. Wherever anything differs (another shape, an entity, a comment, damage)
this way gives up at once, and the careful one reads the file from its start.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from calfwise.readers.xml_points import Element, Grammar

MOST_BYTES = 8 * 2**20
"""A larger file is read bit by bit, to keep its text out of memory; an hour has one or two MiB."""
LOOK_CHARACTERS = 20_000
"""Among the points in so much text one has all the parts that points have here."""
MOST_PARTS = 60
"""A point has a dozen parts at most."""
FEWEST_POINTS = 50
"""Fewer are parsed sooner than a shape is made of them."""
_TOKEN = re.compile(r"<(/?)([\w.:-]+)((?:\s+[\w.:-]+=\"[^\"<&]*\")*)\s*(/?)>|([^<>]+)")
_ATTRIBUTE = re.compile(r"\s+([\w.:-]+)=\"([^\"<&]*)\"")


@dataclass(frozen=True, slots=True)
class Lifted:
    """All points of a file as columns of text, and the document around them."""

    root: Element
    point: Element
    """The first one; it stands for all."""
    texts: tuple[list[str | None], ...]
    """A column for each attribute and then each leaf of the point, in the order in which they stand in it."""
    begins: tuple[int, ...]
    """The first point of every group, in order; groups without points included."""


def lifted(data: bytes, grammar: Grammar) -> Lifted | None:
    """The points of a machine-written file; `None` where the careful way must read it."""
    if len(data) > MOST_BYTES or b"<!" in data or b"&" in data:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = _models(text, grammar.point)
    if found is None or found[0] > LOOK_CHARACTERS:
        return None
    begin, model = found
    shape = _shape(model)
    if shape is None:
        return None
    pattern, groups = shape
    # Between two points stands nothing, or the end of a group and what comes before the next.
    parts = pattern.split(text[begin:])
    between = parts[:: groups + 1]
    if len(between) - 1 < FEWEST_POINTS:
        return None
    return _checked(text[:begin], model, between, [parts[i + 1 :: groups + 1] for i in range(groups)], grammar)


def _models(text: str, name: str) -> tuple[int, str] | None:
    """Where the first point begins, and of the first points the one with the most parts: later ones lack some."""
    opening = re.search(rf"<((?:[\w.-]+:)?{name})\b", text)
    if opening is None:
        return None
    closing, begin = f"</{opening[1]}>", opening.start()
    looked_at = text[begin : begin + LOOK_CHARACTERS].split(closing)[:-1]
    points = [each[each.find(f"<{opening[1]}") :] + closing for each in looked_at]
    return (begin, max(points, key=lambda point: point.count("<"))) if points else None


def _shape(point: str) -> tuple[re.Pattern[str], int] | None:
    """An expression for every point of this one's shape, any part of which may be missing, and its groups.

    Possessive throughout: it never tries a second way, so no text can make it slow.
    """
    shape, at = _Shape(), 0
    while at < len(point):
        token = _TOKEN.match(point, at)
        if token is None or not shape.takes(*token.groups()):
            return None
        at = token.end()
    if shape.inside or not 0 < shape.groups <= MOST_PARTS:
        return None
    return re.compile("".join(shape.expression)), shape.groups


class _Shape:
    """The expression as it grows, token by token."""

    def __init__(self) -> None:
        self.expression: list[str] = []
        self.groups = 0
        self.inside: list[str] = []
        self._leaf = False

    def takes(self, closes: str | None, name: str, attributes: str, empty: str | None, words: str | None) -> bool:
        """Add a token; False where a point cannot have it."""
        if words is not None:
            return self._leaf or not words.strip()  # no words beside elements
        return self._ends(name) if closes else self._begins(name, attributes, bool(empty))

    def _ends(self, name: str) -> bool:
        if not self.inside or self.inside.pop() != name:
            return False
        if self._leaf:
            self.expression.append(r"([^<]*+)")
            self.groups += 1
        self.expression.append(rf"</{re.escape(name)}>\s*+" + (")?+" if self.inside else ""))
        self._leaf = False
        return True

    def _begins(self, name: str, attributes: str, empty: bool) -> bool:
        captured = not self.inside
        if captured and (empty or self.expression):
            return False  # nothing to lift, or a second element beside the point
        if self._leaf:
            self.expression.append(r"\s*+")
        opening, count = _opening(name, attributes, captured=captured)
        self.groups += count
        self.expression.append(("" if captured else "(?:") + opening + (r"\s*+/>\s*+)?+" if empty else r"\s*+>"))
        self._leaf = not empty
        self.inside += [] if empty else [name]
        return True


def _opening(name: str, attributes: str, *, captured: bool) -> tuple[str, int]:
    """A tag's beginning: the point's own attributes vary and are captured, all others stand as they are."""
    if not captured:
        return "<" + re.escape(name) + "".join(re.escape(found[0]) for found in _ATTRIBUTE.finditer(attributes)), 0
    found = _ATTRIBUTE.findall(attributes)
    return "<" + re.escape(name) + "".join(rf"\s++{re.escape(key)}=\"([^\"<]*+)\"" for key, _ in found), len(found)


def _checked(
    head: str, model: str, between: list[str], texts: list[list[str | None]], grammar: Grammar
) -> Lifted | None:
    """The document around the points, parsed strictly; `None` if a point was left in it or it is not well formed."""
    if between[0]:
        return None  # the first point has another shape
    skeleton = head + model + "".join(between[1:])
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False, huge_tree=False)
    try:
        root = etree.fromstring(skeleton.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    points = list(root.iter("{*}" + grammar.point))
    if len(points) != 1 or len(texts) != len(points[0].attrib) + len(_leaves(points[0])):
        return None
    begins = _begins(head, between, grammar.group)
    return None if begins is None else Lifted(root, points[0], tuple(texts), begins)


def _leaves(point: Element) -> list[Element]:
    return [element for element in point.iter() if not len(element) and element.text is not None]


def _begins(head: str, between: list[str], group: str) -> tuple[int, ...] | None:
    """Where groups begin, counted in points: each one's opening tag stands in a gap before its first point."""
    opening = re.compile(rf"<(?:[\w.-]+:)?{group}(?=[\s>/])")
    begins = [0] * len(opening.findall(head))
    for place, gap in enumerate(between):
        if place and gap and not gap.isspace():
            begins += [place] * len(opening.findall(gap))
    return tuple(begins) if begins and all(one <= other for one, other in pairwise(begins)) else None

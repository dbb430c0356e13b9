"""All content that care goes by, as the library gives it to the model."""

from msgspec import Struct

from calfwise.model.care.anatomy import NoGo, Zone
from calfwise.model.care.signs import Gate
from calfwise.model.care.technique import Caps, Technique, Tool


class Content(Struct, frozen=True):
    """Techniques, tools, zones, caps and the gate, each by id."""

    techniques: dict[str, Technique]
    tools: dict[str, Tool]
    zones: dict[str, Zone]
    no_go: dict[str, NoGo]
    caps: Caps
    gate: Gate

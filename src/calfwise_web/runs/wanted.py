"""Which runs a list shows, and in what order: as its address says. What it cannot mean is passed over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from calfwise.model.journal import RunKind
from calfwise.model.load.gait import Grade
from calfwise.model.runner import Shoe, Surface
from calfwise_web.journal.models import Run
from calfwise_web.shoes.queries import is_barefoot_day

NOT_SAID = ":none"
"""No word of ours and no shoe's id: runs of which nobody said it."""
BAREFOOT = ":barefoot"
"""All days noted as run on bare feet, each of which is a shoe of its own."""
SURFACES: tuple[str, ...] = get_args(Surface)
KINDS: tuple[str, ...] = get_args(RunKind)
GRADES = tuple(str(grade) for grade in Grade)
COUNTED, LEFT_OUT = "counted", "left-out"
LONGEST_SEARCH = 100
YEARS = range(1970, 2200)
NEWEST = "newest"
SORTS: dict[str, OrderBy] = {
    NEWEST: F("start").desc(),
    "oldest": F("start").asc(),
    "longest": F("distance_m").desc(nulls_last=True),
    "shortest": F("distance_m").asc(nulls_last=True),
    "most-strikes": F("strikes").desc(nulls_last=True),
    "fewest-strikes": F("strikes").asc(nulls_last=True),
    "fastest": F("speed_mps").desc(nulls_last=True),
    "slowest": F("speed_mps").asc(nulls_last=True),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; empty: all."""

    search: str = ""
    year: str = ""
    shoe: str = ""
    kind: str = ""
    surface: str = ""
    grade: str = ""
    counting: str = ""
    duplicates: bool = False
    sort: str = NEWEST

    @property
    def filters_on(self) -> int:
        """How many filters leave runs out, the search not counted."""
        return sum(bool(each) for each in (self.year, self.shoe, self.kind, self.surface, self.grade, self.counting))

    @property
    def is_all(self) -> bool:
        return not self.search and not self.filters_on

    def query(self) -> str:
        """As an address says it, without what is usual.

        >>> Wanted(search="hill run", sort="longest").query(), Wanted().query()
        ('search=hill+run&sort=longest', '')
        """
        said = {
            "search": self.search,
            "year": self.year,
            "shoe": self.shoe,
            "kind": self.kind,
            "surface": self.surface,
            "grade": self.grade,
            "counting": self.counting,
            "duplicates": "yes" if self.duplicates else "",
            "sort": "" if self.sort == NEWEST else self.sort,
        }
        return urlencode({name: value for name, value in said.items() if value})

    def sorted_by(self, sort: str) -> "Wanted":
        return replace(self, sort=sort)


def wanted_of(asked: Mapping[str, str], *, shoes: tuple[Shoe, ...]) -> Wanted:
    """What an address asks for, as far as it makes sense."""

    def one_of(name: str, allowed: tuple[str, ...]) -> str:
        value = asked.get(name, "")
        return value if value in allowed else ""

    year = asked.get("year", "")
    return Wanted(
        search=" ".join(asked.get("search", "").replace("\0", "").split())[:LONGEST_SEARCH],
        year=year if year.isascii() and year.isdigit() and len(year) < 5 and int(year) in YEARS else "",
        shoe=one_of("shoe", (NOT_SAID, BAREFOOT, *(shoe.id for shoe in shoes))),
        kind=one_of("kind", (NOT_SAID, *KINDS)),
        surface=one_of("surface", (NOT_SAID, *SURFACES)),
        grade=one_of("grade", GRADES),
        counting=one_of("counting", (COUNTED, LEFT_OUT)),
        duplicates=asked.get("duplicates") == "yes",
        sort=one_of("sort", tuple(SORTS)) or NEWEST,
    )


def wanted_from_query(query: str, *, shoes: tuple[Shoe, ...]) -> Wanted:
    """The same from an address's query, as a form sends it back; too long a one asks for nothing."""
    return wanted_of(QueryDict(query if len(query) < 2000 else "").dict(), shoes=shoes)


def chosen(runs: QuerySet[Run], wanted: Wanted, *, shoes: tuple[Shoe, ...]) -> QuerySet[Run]:
    """The runs that are wanted, in their order."""
    exact = {name: value for name in ("kind", "surface", "grade") if (value := getattr(wanted, name))}
    runs = runs.filter(**{name: "" if value == NOT_SAID else value for name, value in exact.items()})
    if not wanted.duplicates:
        runs = runs.filter(twin_of=None)
    if wanted.counting:
        runs = runs.filter(left_out=wanted.counting == LEFT_OUT)
    if wanted.year:
        runs = runs.filter(day__year=int(wanted.year))
    if wanted.shoe:
        runs = runs.filter(_in_shoe(wanted.shoe, shoes))
    if wanted.search:
        runs = runs.filter(_says(wanted.search, shoes))
    return runs.order_by(SORTS[wanted.sort], "-start", "-pk")


def _in_shoe(shoe: str, shoes: tuple[Shoe, ...]) -> Q:
    if shoe == NOT_SAID:
        return Q(shoe="")
    if shoe == BAREFOOT:
        return Q(shoe__in=[each.id for each in shoes if is_barefoot_day(each)])
    return Q(shoe=shoe)


def _says(search: str, shoes: tuple[Shoe, ...]) -> Q:
    """Its title, the name of its file or of its shoe has it."""
    named = [shoe.id for shoe in shoes if search.casefold() in shoe.name.casefold()]
    return Q(title__icontains=search) | Q(recording__name__icontains=search) | Q(shoe__in=named)

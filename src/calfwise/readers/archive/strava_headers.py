"""Where the columns of Strava's activities.csv are, whatever language the runner's account speaks.

Strava translates the headers, repeats some (the first `Distance` is in km, the second in m), and lets HTML slip into
others. Its first eighteen columns have stood in the same order in every language since 2019; so where no language is
known, that order is recognised by what repeats in it. Headers were taken from real exports that people showed in public
issues and repositories (English, German, French, Dutch); no translation of our own is added.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

TAG = re.compile(r"<[^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; None where the table has none."""

    file: int
    title: int
    date: int | None
    sport: int | None
    description: int | None
    private_note: int | None
    gear: int | None
    elapsed: tuple[int, ...]
    """The better one first."""
    moving: int | None
    distance_m: int | None
    distance_km: int | None


@dataclass(frozen=True, slots=True)
class Headers:
    """A language's words for the columns we need; empty where no real export showed the word."""

    date: str
    title: str
    sport: str
    description: str
    elapsed: str
    distance: str
    private_note: str
    gear: str
    file: str
    moving: str


LANGUAGES = (
    Headers(
        "activity date", "activity name", "activity type", "activity description", "elapsed time", "distance",
        "activity private note", "activity gear", "filename", "moving time",
    ),
    Headers(
        "aktivitätsdatum", "name der aktivität", "aktivitätsart", "aktivitätsbeschreibung", "verstrichene zeit",
        "distanz", "hinweis zur privatsphäre für aktivitäten", "aktivitätsausrüstung", "dateiname", "bewegungszeit",
    ),
    Headers(
        "date de l'activité", "nom de l'activité", "type d'activité", "description de l'activité", "temps écoulé",
        "distance", "note privée sur les activités", "matériel utilisé pour l'activité", "nom du fichier",
        "durée de déplacement",
    ),
    Headers(
        "datum van activiteit", "naam activiteit", "activiteitstype", "beschrijving van activiteit", "verstreken tijd",
        "afstand", "", "uitrusting voor activiteit", "bestandsnaam", "beweegtijd",
    ),
)  # fmt: skip
BEFORE_2019 = Headers("date", "name", "type", "description", "elapsed_time", "distance", "", "gear", "filename", "")
"""In this one the only distance is in metres."""

ORDER = Columns(
    file=12, title=2, date=1, sport=3, description=4, private_note=10, gear=11, elapsed=(15, 5), moving=16,
    distance_m=17, distance_km=6,
)  # fmt: skip
"""The order since 2019."""
REPEATS = ((5, 15), (6, 17))
"""Elapsed time and distance: short ones for people first, then exact ones in seconds and metres."""


def words(header: str) -> str:
    """A header without HTML, typographer's quotes and capitals.

    >>> words('<span class="translation_missing" title="...">Jump Count</span>')
    'jump count'
    """
    bare = html.unescape(TAG.sub(" ", header[:2000]))
    return " ".join(bare.replace("’", "'").split()).casefold()


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns | None:
    """Where the columns are, by their words, else by their order; None if neither is Strava's."""
    names = [words(cell) for cell in header]
    ordered = _in_order(names, rows)
    for language in (*LANGUAGES, BEFORE_2019):
        if language.file in names and language.title in names:
            return _by_words(names, language, ordered)
    return ORDER if ordered else None


def _in_order(names: list[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the columns stand in the order since 2019, and the column of file names holds file names."""
    if len(names) <= max(second for _, second in REPEATS):
        return False
    files = [row[ORDER.file] for row in rows if len(row) == len(names) and row[ORDER.file]]
    repeated = all(names[first] == names[second] for first, second in REPEATS)
    return repeated and bool(files) and all(file.startswith("activities/") for file in files)


def _by_words(names: list[str], language: Headers, ordered: bool) -> Columns:
    def place(word: str, otherwise: int | None = None) -> int | None:
        return names.index(word) if word in names else otherwise if ordered else None

    elapsed = [i for i, name in enumerate(names) if name == language.elapsed]
    distance = [i for i, name in enumerate(names) if name == language.distance]
    exact = len(distance) > 1 or language is BEFORE_2019
    return Columns(
        file=names.index(language.file),
        title=names.index(language.title),
        date=place(language.date),
        sport=place(language.sport),
        description=place(language.description),
        private_note=place(language.private_note, ORDER.private_note),
        gear=place(language.gear),
        elapsed=tuple(reversed(elapsed)),
        moving=place(language.moving),
        distance_m=distance[-1] if exact and distance else None,
        distance_km=distance[0] if distance and language is not BEFORE_2019 else None,
    )

"""What TCX and GPX share: XML read in one pass, point by point, however badly it was written."""

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from calfwise.errors import UnreadableFile
from calfwise.readers.xml_lift import Lifted, lifted
from calfwise.readers.xml_points import POINT, ColumnNames, Element, Grammar, Points, Row, local_name

HEAD_BYTES = 4096
CHUNK_BYTES = 1 << 20
"""The most text whose tree is in memory, about 15 times as large. An hour's run is one chunk or two."""
MOST_GROUPS = 5_000
"""Laps or segments; a hundred-mile race has two hundred."""
MOST_POINTS = 400_000
"""Four and a half days at one a second."""
_WHITE = b" \t\r\n"
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_DECLARED = re.compile(rb"\A<\?xml[^>]*encoding\s*=\s*[\"']utf-?(?:16|32)", re.IGNORECASE)
# Atomic and possessive, so that no row of comments can make it try every way of splitting them.
_FIRST_TAG = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_LONG_TAG = re.compile(rb"<[^<>]{32768}")
"""Comparing a tag's attributes with each other takes the square of their number."""
_REASONS = {
    "ERR_TAG_NAME_MISMATCH": "a part is not closed",
    "ERR_DOCUMENT_END": "something follows the end",
    "ERR_INVALID_CHAR": "signs that no text may hold",
    "ERR_INVALID_ENCODING": "letters that could not be read",
    "ERR_UNDECLARED_ENTITY": "a stray &",
    "ERR_NAME_REQUIRED": "a stray & or <",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's sessions, what is left of its tree, and where it was damaged."""

    root: Element
    sessions: tuple[Points, ...]
    salvaged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clean:
    """Bytes that lxml may see: no mark, no space before the declaration, never two or four bytes a letter."""

    data: bytes
    encoding: str | None
    """Overrides what the file says of itself."""
    lines_skipped: int
    first_nul_line: int | None
    """NULs in the middle are flash memory that was never written."""


def _clean(data: bytes) -> _Clean:
    wide = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), _unmarked_wide(data))
    if wide:
        data = data.decode(wide, errors="replace").lstrip("\ufeff").encode()
    body = data.removeprefix(codecs.BOM_UTF8).lstrip(_WHITE).removeprefix(codecs.BOM_UTF8)
    lines_skipped = data[: len(data) - len(body)].count(b"\n")
    body = body.rstrip(_WHITE + b"\0")
    nul = body.find(b"\0")
    misdeclared = bool(_WIDE_DECLARED.match(body))
    return _Clean(
        # A "?" keeps the digits on both sides from becoming one wrong number.
        data=body if nul < 0 else body.replace(b"\0", b"?"),
        encoding="utf-8" if wide or misdeclared else None,
        lines_skipped=lines_skipped,
        first_nul_line=None if nul < 0 else 1 + lines_skipped + body.count(b"\n", 0, nul),
    )


def _unmarked_wide(data: bytes) -> str | None:
    first, second = data[:1], data[1:2]
    if first == b"\0":
        return "utf-16-be" if second.strip(b"\0") else None
    return "utf-16-le" if first and second == b"\0" else None


def first_tag(head: bytes) -> str | None:
    """The name of the first element, without prefix; `None` where no XML begins.

    >>> first_tag(b' <?xml version="1.0"?><!-- hello --><gpx version="1.1">'), first_tag("<gpx>".encode("utf-16"))
    ('gpx', 'gpx')
    """
    found = _FIRST_TAG.match(_clean(head).data.decode(errors="replace"))
    return found.group(1) if found else None


def read_points(data: bytes, *, file: str, grammar: Grammar) -> Document:
    """All sessions of a file, in one pass, each point forgotten once read.

    Raises
    ------
    UnreadableFile
        If the file is empty, not of this kind, or names a document type or entities: those can make a parser fetch
        other files or fill the memory, and no watch writes them.
    """
    clean = _clean(data)
    _check_kind(clean.data, file=file, grammar=grammar)
    _refuse_entities(clean.data, file=file, wanted=grammar.wanted)
    quick = lifted(clean.data, grammar) if clean.first_nul_line is None else None
    return _from_columns(quick, grammar) if quick else _read_carefully(clean, file=file, grammar=grammar)


def _from_columns(quick: Lifted, grammar: Grammar) -> Document:
    """Points that were lifted out as columns, given to the sessions whose groups they stood in."""
    names = ColumnNames(grammar)
    attributes = [str(name) for name in quick.point.attrib]
    columns: dict[str, list[str | None]] = dict(zip(attributes, quick.texts, strict=False))
    leaves = (element for element in quick.point.iter() if not len(element) and element.text is not None)
    for element, texts in zip(leaves, quick.texts[len(attributes) :], strict=True):
        name = names[element.tag]
        if name is not None and name is not POINT:
            columns[str(name)] = texts
    groups = list(quick.root.iter("{*}" + grammar.group))
    sessions: dict[Element, Points] = {}
    ends = (*quick.begins[1:], len(quick.texts[0]))
    for group, begin, end in zip(groups, quick.begins, ends, strict=True):
        session = _session_of(group, grammar.sessions)
        points = sessions.setdefault(session, Points(session, names.seen))
        points.begin_part()
        points.add({name: texts[begin:end] for name, texts in columns.items()}, end - begin)
    return Document(quick.root, tuple(points for points in sessions.values() if len(points)), ())


def _read_carefully(clean: _Clean, *, file: str, grammar: Grammar) -> Document:
    """One pass that survives whatever was written, chunk by chunk."""
    if _LONG_TAG.search(clean.data):
        raise UnreadableFile(
            file, wanted=grammar.wanted, came="a tag longer than any watch writes", where="the whole file"
        )
    tags = ["{*}" + name for name in (grammar.group, *_prefixed(clean.data, grammar.group))]
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=tags, encoding=clean.encoding, recover=True, huge_tree=False,
        no_network=True, load_dtd=False, resolve_entities=False,
        remove_blank_text=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    harvest = _Harvest(grammar, file=file)
    try:
        for at in range(0, len(clean.data), CHUNK_BYTES):
            harvest.make_room()
            harvest.check()
            parser.feed(clean.data[at : at + CHUNK_BYTES])
            harvest.gather(parser.read_events())
        root = parser.close()
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise UnreadableFile(file, wanted=grammar.wanted, came="text that breaks off at once", where="line 1")
    harvest.gather(parser.read_events())
    if root.getroottree().docinfo.internalDTD is not None:
        # Only an odd alphabet (UTF-7) can hide it from the search above.
        raise _refused(file, wanted=grammar.wanted, came="a document type", line=1)
    sessions = tuple(points for points in harvest.sessions.values() if len(points))
    return Document(root, sessions, _salvaged(clean, parser.feed_error_log, sessions, grammar.point))


def _check_kind(data: bytes, *, file: str, grammar: Grammar) -> None:
    tag = first_tag(data[: 16 * HEAD_BYTES])
    if tag in grammar.roots:
        return
    if not data:
        came = "an empty file"
    elif tag is None:
        came = f"bytes that are no XML: {data[:12]!r}"
    else:
        came = f"<{tag}>"
    raise UnreadableFile(file, wanted=grammar.wanted, came=came, where="byte 0")


def _refuse_entities(data: bytes, *, file: str, wanted: str) -> None:
    if b"!" not in data:  # the usual case, and found out ten times as fast
        return
    for mark, came in ((b"<!DOCTYPE", "a document type"), (b"<!ENTITY", "an entity")):
        at = data.find(mark)
        if at >= 0:
            raise _refused(file, wanted=wanted, came=came, line=1 + data.count(b"\n", 0, at))


def _refused(file: str, *, wanted: str, came: str, line: int) -> UnreadableFile:
    return UnreadableFile(file, wanted=wanted, came=f"{came}, refused for safety", where=f"line {line}")


def _prefixed(data: bytes, group: str) -> list[str]:
    """The group's name with its prefix, as lxml sees it if nobody declared the prefix."""
    at = data.find(b":" + group.encode())
    found = re.search(rb"<([\w.-]+):\Z", data[max(at - 40, 0) : at + 1]) if at > 0 else None
    return [f"{found.group(1).decode()}:{group}"] if found else []


class _Harvest:
    """Points picked group by group while the parser still writes the tree, and cut from it once read."""

    def __init__(self, grammar: Grammar, *, file: str) -> None:
        self._file = file
        self._groups = 0
        self.sessions: dict[Element, Points] = {}
        self._grammar = grammar
        self._columns = ColumnNames(grammar)
        self._open: Element | None = None
        self._read: list[Element] = []

    def gather(self, events: Iterable[Any]) -> None:
        """Read the groups that are whole."""
        for event, group in events:
            if event == "start":
                self._begin(group)
            else:
                self._pick(group, until=None)
                self._read.append(group)
                self._open = None

    def make_room(self) -> None:
        """Cut from the tree what was read, and of the group still open read all but the last point first."""
        for whole in self._read:
            del whole[:]
        self._read.clear()
        group = self._open
        if group is not None and len(group) and self._columns[group[-1].tag] is POINT:
            self._pick(group, until=group[-1])
            del group[:-1]

    def check(self) -> None:
        """Give up on what no run can be. Raises `UnreadableFile`."""
        if self._groups > MOST_GROUPS or sum(map(len, self.sessions.values())) > MOST_POINTS:
            came = "one with more parts than any run has"
            raise UnreadableFile(self._file, wanted=self._grammar.wanted, came=came, where="the whole file")

    def _begin(self, group: Element) -> None:
        self._groups += 1
        if self._groups > MOST_GROUPS:
            self.check()
        session = _session_of(group, self._grammar.sessions)
        points = self.sessions.setdefault(session, Points(session, self._columns.seen))
        points.begin_part()
        self._open = group

    def _pick(self, group: Any, *, until: Element | None) -> None:
        """One row a point: everything between the beginning of a point and of the next belongs to it."""
        columns, has_attributes = self._columns, bool(self._grammar.attributes)
        rows = self.sessions[_session_of(group, self._grammar.sessions)].room()
        row: Row = {}
        for element in group.iter():
            column = columns[element.tag]
            if column is POINT:
                if element is until:
                    break
                row = dict(element.items()) if has_attributes else {}
                rows.append(row)
            elif column is not None:
                row[column] = element.text


def _session_of(group: Element, sessions: frozenset[str]) -> Element:
    """The nearest element around a group that is a session; the outermost one where the file lost its own."""
    around = group
    for around in group.iterancestors():
        if local_name(around.tag) in sessions:
            return around
    return around


def _salvaged(clean: _Clean, log: Any, sessions: Sequence[Points], point: str) -> tuple[str, ...]:
    """Where the file broke, why, and how many samples were kept; nothing for a whole file.

    Undeclared prefixes and odd names of alphabets harm nothing and are not told.
    """
    harm = [
        entry
        for entry in log
        if entry.level_name == "FATAL" and entry.type_name not in ("ERR_UNSUPPORTED_ENCODING", "WAR_UNKNOWN_VERSION")
    ]
    if not harm and clean.first_nul_line is None:
        return ()
    kept = _kept(clean.data, sessions, point)
    line = harm[0].line + clean.lines_skipped if harm else 0
    if harm and (not clean.data.endswith(b">") or any(entry.type_name == "ERR_TAG_NOT_FINISHED" for entry in harm)):
        return (f"the file breaks off at line {line}: {kept}",)
    if clean.first_nul_line is not None:
        return (f"line {clean.first_nul_line} is damaged (empty bytes): {kept}",)
    return (f"line {line} is damaged ({_REASONS.get(harm[0].type_name, 'it breaks the rules of XML')}): {kept}",)


def _kept(data: bytes, sessions: Sequence[Points], point: str) -> str:
    """How many samples of a damaged file were kept, the last one dropped where the parser stopped inside it."""
    begun = len(re.findall(rb"<(?:[\w.-]+:)?" + point.encode() + rb"\b", data))
    ended = len(re.findall(rb"</(?:[\w.-]+:)?" + point.encode() + rb"\b", data))
    if sessions and sum(map(len, sessions)) > ended:
        sessions[-1].drop_last()
    kept = sum(map(len, sessions))
    return f"all {kept} samples were kept" if kept == begun > 0 else f"{kept} of {begun} samples were kept"

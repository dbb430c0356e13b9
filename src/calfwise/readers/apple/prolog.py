"""What stands before the data: whether this is Apple's export, and whether its document type is a harmless one.

Apple's export begins with an internal DTD. It is checked here and never handed to a parser: all that a DTD can do
harm with is refused by name, and what Apple itself got wrong in it (iOS 16 forgot to close declarations) does not
matter.
"""

import re

from calfwise.errors import UnreadableFile

WANTED = "an Apple Health export"
PROLOG_BYTES = 1 << 18
"""Apple's own is about 10 kB."""

_COMMENT = rb"<!--(?:[^-]++|-(?!->))*+-->"
_INSTRUCTION = rb"<\?(?:[^?]++|\?(?!>))*+\?>"
_BEGINNING = rb"\A(?:\xef\xbb\xbf)?(?:\s++|" + _COMMENT + rb"|" + _INSTRUCTION + rb")*+"
_LOOKS = re.compile(_BEGINNING + rb"(?:<!DOCTYPE\s+HealthData\b|<HealthData\b)")
_TOKEN = re.compile(
    rb"(?P<skip>" + _COMMENT + rb"|" + _INSTRUCTION + rb")|(?P<root><\w)|(?P<end>\]\s*>)|(?P<declared><!-*\w*|%)"
)
_INTERNAL = re.compile(rb"<!DOCTYPE\s+HealthData\s*\[")
_HARMLESS = frozenset({b"<!ELEMENT", b"<!ATTLIST"})


def looks_like_health(head: bytes) -> bool:
    """Whether a file that begins so is Apple's `export.xml`.

    >>> looks_like_health(b'<?xml version="1.0"?><!DOCTYPE HealthData ['), looks_like_health(b"<gpx>")
    (True, False)
    """
    return bool(_LOOKS.match(head))


def body_start(head: bytes, *, file: str) -> int:
    """Where the document type ends and the data begins. [byte]

    Parameters
    ----------
    head
        The file's first `PROLOG_BYTES`, or all of it.
    file
        How to call it in messages.

    Raises
    ------
    UnreadableFile
        If it is not Apple's export, or its document type has anything but declarations of elements and attributes.

    Examples
    --------
    >>> body_start(b"<!DOCTYPE HealthData [<!ELEMENT Me EMPTY>]><HealthData>", file="export.xml")
    43
    """
    if not looks_like_health(head):
        raise UnreadableFile(file, wanted=WANTED, came=_glimpse(head), where="byte 0")
    subset = False
    for token in _TOKEN.finditer(head):
        if token["root"] and not subset:
            return token.start()
        if token["end"]:
            subset = False
        elif not subset and _INTERNAL.match(head, token.start()):
            subset = True
        elif not token["skip"] and not (subset and token["declared"] in _HARMLESS):
            raise _refused(head, token, file=file)
    raise UnreadableFile(file, wanted=WANTED, came="a beginning without data", where="its first 256 KiB")


def _refused(head: bytes, token: "re.Match[bytes]", *, file: str) -> UnreadableFile:
    mark = token.group()
    came = {
        b"<!DOCTYPE": "a document type from elsewhere",
        b"<!ENTITY": "an entity",
        b"<!NOTATION": "a notation",
        b"%": "an entity",
    }.get(mark, f"{mark.decode(errors='replace')} in the document type")
    line = 1 + head.count(b"\n", 0, token.start())
    return UnreadableFile(file, wanted=WANTED, came=f"{came}, refused for safety", where=f"line {line}")


def _glimpse(head: bytes) -> str:
    return repr(head[:16]) if head else "an empty file"

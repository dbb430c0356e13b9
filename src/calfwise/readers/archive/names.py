"""Names inside archives: which are refused, which are passed over, and how they are told."""

import re

LONGEST = 1024
INSIDE = " › "
"""Between an archive and what lies in it: "export.zip › activities/123.fit.gz"."""

_UNTOLD = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters and those that turn the reading direction: a name must not steer a terminal."""
_DRIVE = re.compile(r"[A-Za-z]:")


def told(name: str) -> str:
    r"""A name as it may be shown.

    >>> told("run\x1b[2J.fit")
    'run\ufffd[2J.fit'
    """
    shown = _UNTOLD.sub("\N{REPLACEMENT CHARACTER}", name)
    return shown if len(shown) <= LONGEST else f"{shown[:60]}…{shown[-20:]}"


def inside(container: str, name: str) -> str:
    """Where something lies, as one tells it to a runner.

    >>> inside("export.zip", "activities/123.fit.gz")
    'export.zip › activities/123.fit.gz'
    """
    return f"{container}{INSIDE}{told(name)}" if container else told(name)


def slashed(name: str) -> str:
    r"""A name with `/` between folders, whatever the maker of the archive wrote.

    >>> slashed("activities\\123.fit")
    'activities/123.fit'
    """
    return name.replace("\\", "/")


def plain(name: str) -> str:
    r"""A name without detours, so that two that mean the same file are equal.

    >>> plain("./activities//123.fit")
    'activities/123.fit'
    """
    return "/".join(part for part in slashed(name).split("/") if part not in ("", "."))


def unsafe(name: str) -> str | None:
    r"""What is wrong with a name, or None.

    Nothing is ever written under these names; they are refused because only an attack or a broken tool makes them.

    >>> unsafe("activities/123.fit.gz")
    >>> unsafe("..\\..\\run.fit")
    "a name that leads out of the archive ('..')"
    """
    if not name:
        return "an entry without a name"
    if "\0" in name:
        return "a name with a NUL in it"
    if len(name) > LONGEST:
        return f"a name of {len(name):,} characters"
    parts = slashed(name).split("/")
    if ".." in parts:
        return "a name that leads out of the archive ('..')"
    if parts[0] == "":
        return "an absolute name"
    if _DRIVE.match(parts[0]):
        return "a name with a drive letter"
    return None


def hidden(name: str) -> bool:
    """Whether a name is one that its computer hides: passed over without a word, as in folders.

    >>> hidden("__MACOSX/._run.fit"), hidden(".git/run.fit"), hidden("./run.fit")
    (True, True, False)
    """
    return any(part == "__MACOSX" or (part.startswith(".") and part != ".") for part in slashed(name).split("/"))

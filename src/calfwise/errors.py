"""One root error and a few kinds; each says whose fault it is."""


class CalfwiseError(Exception):
    """The root of everything calfwise raises on purpose."""


class UnreadableFile(CalfwiseError):  # noqa: N818 - named as one says it
    """The file's fault: it is not what it should be, from its first useful byte on.

    >>> print(UnreadableFile("run.fit", wanted="a FIT header", came="12 NUL bytes", where="byte 0"))
    run.fit: wanted a FIT header, got 12 NUL bytes (byte 0)
    """

    def __init__(self, file: str, *, wanted: str, came: str, where: str) -> None:
        super().__init__(file, wanted, came, where)
        self.file = file
        self.wanted = wanted
        self.came = came
        self.where = where

    def __str__(self) -> str:
        return f"{self.file}: wanted {self.wanted}, got {self.came} ({self.where})"

    def __reduce__(self) -> tuple[object, ...]:
        """Keep keyword arguments when a worker process hands the error back."""
        return _unreadable, (self.file, self.wanted, self.came, self.where)


def _unreadable(file: str, wanted: str, came: str, where: str) -> UnreadableFile:
    return UnreadableFile(file, wanted=wanted, came=came, where=where)


class OutOfRange(CalfwiseError, ValueError):  # noqa: N818
    """The data's fault: a number outside what a formula is valid for."""


class IllegalEvent(CalfwiseError):  # noqa: N818
    """The caller's fault: an event or argument that cannot happen here."""


class BadContent(CalfwiseError):  # noqa: N818
    """Our fault: a content file that breaks its own rules."""

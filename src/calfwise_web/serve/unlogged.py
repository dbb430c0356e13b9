"""What no log may hold: the secret part of an address. Whoever reads a log could go where it leads."""

import logging
import re

SECRET = re.compile(r"(/(?:calendar|account/welcome|account/link)/)[^\s/?#\"']+")
INSTEAD = r"\1[kept out of the log]"


class Unlogged(logging.Formatter):
    """A line of a log without secrets, traceback included.

    >>> record = logging.LogRecord("x", 30, "", 0, "Not Found: %s", ("/calendar/s3cret.ics",), None)
    >>> Unlogged().format(record)
    'Not Found: /calendar/[kept out of the log]'
    """

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(INSTEAD, super().format(record))

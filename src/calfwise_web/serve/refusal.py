"""Why the web app does not start, in a sentence for the one who started it."""

from calfwise.errors import CalfwiseError


class CannotServe(CalfwiseError):  # noqa: N818 - named as one says it
    """What stands in the way, what was kept, what to do next."""

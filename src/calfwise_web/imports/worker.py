"""The worker: one process that reads what was brought, keeps pages up to date, and moves on to a new model.

Run as `python -m calfwise_web.imports.worker`; the supervisor starts it beside the server, and anew if it falls. It
ends between two handfuls when asked to (SIGTERM).
"""

import os
import signal
import threading
from types import FrameType

import django


def main() -> None:
    """Work until asked to end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfwise_web.settings")
    django.setup()
    from calfwise_web.imports.loop import Loop  # noqa: PLC0415 - models need the settings first

    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    Loop(stopping).run()


if __name__ == "__main__":
    main()

"""The import worker as a child of the supervisor: lower in rank than the pages, and gone with its parent."""

import os
import runpy

from calfwise_web.serve.parent import watch_parent

WORKER = "calfwise_web.imports.worker"
_NICE = 5


def main() -> None:
    """Be the worker."""
    watch_parent()
    os.nice(_NICE)
    runpy.run_module(WORKER, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

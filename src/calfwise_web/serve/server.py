"""gunicorn, configured in code: no files or variables of its own, nothing written outside the data folder."""

import argparse
import os
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from calfwise_web.serve.parent import watch_parent
from calfwise_web.serve.unlogged import Unlogged

WORKERS = 2
THREADS = 8
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes its own file in it, 0600 and unlinked at once


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve on sockets that were inherited."""
    parser = argparse.ArgumentParser(prog="calfwise-server")
    parser.add_argument("--fd", type=int, action="append", required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    asked = parser.parse_args(arguments)
    watch_parent()
    proxies = int(os.environ.get("CALFWISE_PROXIES", "0"))
    Server(settings(fds=asked.fd, proxies=proxies, certificate=asked.certificate, key=asked.key)).run()


def settings(*, fds: Sequence[int], proxies: int, certificate: str | None, key: str | None) -> dict[str, Any]:
    """What differs from gunicorn's defaults, or must not come from its variables."""
    return {
        "bind": [f"fd://{fd}" for fd in fds],
        "proc_name": "calfwise",
        "worker_class": "gthread",
        "workers": WORKERS,
        "threads": THREADS,
        "keepalive": 5,
        "timeout": 60,
        "graceful_timeout": 10,
        "preload_app": True,
        "post_fork": _fresh_connections,
        "worker_tmp_dir": str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None,
        "limit_request_line": 4094,
        "limit_request_fields": 60,
        "limit_request_field_size": 8190,
        "umask": 0o077,
        "control_socket_disable": True,
        "loglevel": "warning",
        "logger_class": ServerLogger,
        "accesslog": None,
        # Only a proxy that was announced may say that the request came by https.
        "forwarded_allow_ips": "*" if proxies else "127.0.0.1",
        "secure_scheme_headers": {"X-FORWARDED-PROTO": "https"} if proxies else {},
        "forwarder_headers": "",
        "certfile": certificate,
        "keyfile": key,
        "ssl_context": _one_context,
    }


class Server(BaseApplication):  # type: ignore[misc, unused-ignore]
    """The web app under gunicorn."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Nothing but what was given."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The app with all its pages, loaded once and shared by the processes that are forked from here."""
        from calfwise_web.wsgi import application  # noqa: PLC0415 - only when gunicorn is ready for it

        get_resolver()._populate()  # Django would import the pages at the first request, in each process by itself
        return application


class ServerLogger(Logger):  # type: ignore[misc, unused-ignore]
    """gunicorn's own log, which names the address of a request that failed."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Unlogged(self.error_fmt, self.datefmt))


def _fresh_connections(_arbiter: object, _worker: object) -> None:
    """A database connection must not cross a fork."""
    connections.close_all()


_CONTEXTS: dict[str, ssl.SSLContext] = {}


def _one_context(_config: object, make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """One context for all connections, so that a phone resumes its session instead of shaking hands each time."""
    if "https" not in _CONTEXTS:
        _CONTEXTS["https"] = make()
    return _CONTEXTS["https"]


if __name__ == "__main__":
    main()

"""Before anything is imported: the web app's data folder is one of this test process's own, and goes with it."""

import atexit
import os
import shutil
import tempfile

import django

_folder = tempfile.mkdtemp(prefix="calfwise-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["CALFWISE_DATA"] = f"{_folder}/data"
os.environ["DJANGO_SETTINGS_MODULE"] = "calfwise_web.settings"
for _name in ("CALFWISE_HTTPS", "CALFWISE_ORIGINS", "CALFWISE_PROXIES", "CALFWISE_WATCH"):
    os.environ.pop(_name, None)

django.setup()
# What a process starts inherits its environment, and must find a folder of its own: so do pytest-xdist's workers.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.conf import settings  # noqa: E402 - not before it is set up

# A live server's threads let their connections go after each answer, or PostgreSQL keeps their database for them.
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: in memory, threads of one process would share a connection's locks.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = os.path.join(_folder, "test.sqlite3")  # noqa: PTH118

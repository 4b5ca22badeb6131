"""The program's own settings for the suite: a data folder of its own, background work done at once, quick hashes."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="minsheng-suite-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["MINSHENG_DATA_FOLDER"] = _folder
os.environ.setdefault("MINSHENG_TASKS_AT_ONCE", "1")

from minsheng_web.conf.settings import *  # noqa: E402, F403 - the environment above is read by the import

# Tests of the second factor turn it on; nobody else should have to carry a code.
SECOND_FACTOR_ROLES = ()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as on a real site: a database in memory locks otherwise than a file does.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/suite.sqlite3"}  # noqa: F405

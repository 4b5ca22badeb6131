"""The site's own settings, and the bare page that ``minsheng bench delivery`` measures beside."""

from minsheng_web.conf.settings import *  # noqa: F403 - all of them, and one changed

ROOT_URLCONF = "minsheng_web.conf.bench_urls"

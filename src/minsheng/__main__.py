"""``python -m minsheng COMMAND``: the command ``minsheng``."""

import sys

from minsheng.cli import main

if __name__ == "__main__":
    sys.exit(main())

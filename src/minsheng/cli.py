"""The command ``minsheng``: a table of commands, each imported only when it is called."""

import sys


def main() -> int:
    return 0


if __name__ == "__main__":
    sys.exit(main())

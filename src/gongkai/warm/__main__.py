"""The program of a warm parent, with a socket's number and names of modules; gongkai.warm.parents starts it."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Python has put the program's folder first, from where no kernel would import.
    if not sys.flags.safe_path:
        del sys.path[0]
    from gongkai.warm.server import main

    main(int(sys.argv[1]), sys.argv[2:])

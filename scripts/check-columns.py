#!/usr/bin/env python3
"""Checks that no line of a source is longer than 100 columns, comments included.

usage: check-columns.py FILE...

Prints file:line of every longer line and exits 1 if there is one. clang-format leaves comments and
raw strings as they are; a character counts as one column, whatever its bytes, and one that combines
with its neighbour as none.
"""

import sys
import unicodedata
from pathlib import Path

LARGEST = 100


def main():
    found = 0
    for name in sys.argv[1:]:
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            columns = sum(not unicodedata.combining(character) for character in line)
            if columns > LARGEST:
                print(f"{name}:{number}: {columns} columns, at most {LARGEST}")
                found += 1
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

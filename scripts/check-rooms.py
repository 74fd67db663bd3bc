#!/usr/bin/env python3
"""Checks that the rooms include only what stands above them, that theorems stay pure, that reports
are written from records alone and that what runs behind a command knows no terminal.

usage: check-rooms.py [ROOT]

Prints file:line of every violation and exits 1 if there is one.
"""

import re
import sys
from pathlib import Path

# A room may include itself and every room above it. The command line stands below the experiments,
# which one of its commands runs.
LIB_ROOMS = ["number", "linear", "json", "data", "problem", "diversity", "sgd", "expectation",
             "sampling", "facts", "claim", "formula", "campaign", "measure", "mpi", "networks"]
ROOMS = LIB_ROOMS + ["constructions", "instances", "theorems", "property_tests", "reports",
                     "workbench", "experiments", "cli", "benchmarks"]
GENERATED = {"graddiv_version.h"}
TESTING = "testing"  # lib/testing: what the unit tests of lib share; it may use all of lib
UMBRELLA = "graddiv.h"  # the whole of lib at once: for users of the library, not for rooms of lib

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
QUOTED_INCLUDE = re.compile(r'^\s*#\s*include\s*"')
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/'                 # comments
    r'|R"([^(\s]*)\(.*?\)\1"'             # raw strings
    r'|"(?:[^"\\\n]|\\.)*"'               # strings
    r"|(?<!\w)'(?:[^'\\\n]|\\.)+'",       # characters, but not the separators of 1'000
    re.DOTALL)

# A report is written from records and instances: how verdicts are made is nothing it could ask.
RECORDS = ["campaign/record.h", "campaign/store.h", "claim/place.h", "claim/verdict.h"]
UNKNOWN_TO_REPORTS = ["expectation", "sampling", "facts", "claim", "formula", "campaign", "instances",
                      "theorems", "property_tests"]

# What runs behind a command knows no options and no terminal.
TERMINAL_HEADER = re.compile(r"CLI/|(cstdio|stdio\.h|iostream|unistd\.h|csignal|fmt/color\.h)$")

# A theorem knows numbers only as Enclosures: nothing that rounds unseen may come near a verdict.
ARITHMETIC_HEADER = re.compile(r"(boost|Eigen|unsupported)/|(gmp|gmpxx|mpfr|mpfi)\.h$")
IMPURE = [
    (re.compile(r"\b(?:double|float)\b"), "a floating-point type"),
    (re.compile(r"(?<![\w.])(?:\d+\.\d*|\.\d+|\d+[eE][-+]?\d+)"), "a floating-point literal"),
    (re.compile(r"\bnumeric_limits\b"), "std::numeric_limits"),
    (re.compile(r"\bapproximate\s*\("), "approximate()"),
]


def room_of(path, root):
    """The room a file belongs to; None for the umbrella header."""
    parts = path.relative_to(root).parts
    if parts[0] != "lib":
        return parts[0]
    return parts[1] if len(parts) > 2 else None


def include_errors(room, text, is_test):
    may_use = ROOMS[:ROOMS.index(room) + 1] if room in ROOMS else LIB_ROOMS
    if room == TESTING or is_test:
        may_use = may_use + [TESTING]
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match.group(1)
        first = header.split("/")[0]
        if header in GENERATED:
            continue
        if header == UMBRELLA:
            if room is None or room in LIB_ROOMS:
                yield number, f"lib may not include its own umbrella {UMBRELLA}"
        elif "/" in header and first in ROOMS + [TESTING]:
            if first not in may_use:
                yield number, f"{room or 'lib'} may not include {header}: {first} stands below it"
            elif room == "reports" and first in UNKNOWN_TO_REPORTS and header not in RECORDS:
                yield number, f"reports/ may not include {header}: use {' or '.join(RECORDS)}"
        elif QUOTED_INCLUDE.match(line):
            yield number, f'"{header}" is no path from an include root (lib or the repository)'
        elif room == "theorems" and ARITHMETIC_HEADER.match(header):
            yield number, f"theorems/ may not include {header}: use Enclosure"
        elif room == "workbench" and TERMINAL_HEADER.match(header):
            yield number, f"workbench/ may not include {header}: the terminal belongs to cli/"


def purity_errors(text):
    code = NOT_CODE.sub(lambda match: "\n" * match.group().count("\n"), text)
    for number, line in enumerate(code.splitlines(), 1):
        for pattern, what in IMPURE:
            if pattern.search(line) and not INCLUDE.match(line):
                yield number, f"theorems/ may not use {what}: use Enclosure"


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()
    folders = [root / "lib"] + [root / room for room in ROOMS if room not in LIB_ROOMS]
    files = sorted(file for folder in folders for suffix in ("*.h", "*.cpp")
                   for file in folder.rglob(suffix))
    if not files:
        sys.exit(f"{root}: no sources")
    violations = 0
    for file in files:
        room = room_of(file, root)
        text = file.read_text(encoding="utf-8")
        if room is not None and room not in ROOMS + [TESTING]:
            errors = [(1, f"lib/{room} is no room; name its place in {Path(__file__).name}")]
        else:
            errors = list(include_errors(room, text, file.stem.endswith("_test")))
            if room == "theorems":
                errors += purity_errors(text)
        for number, message in sorted(errors):
            print(f"{file.relative_to(root)}:{number}: {message}")
        violations += len(errors)
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()

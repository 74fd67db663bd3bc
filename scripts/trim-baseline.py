#!/usr/bin/env python3
"""Leaves of a store what `graddiv diff` compares, so that it can be part of the repository.

usage: trim-baseline.py STORE

Of series only their lengths stay, of figures only the number of their curves; reasons, witnesses
and instances of the gallery are emptied. A report on what is left would have no plots.
"""

import json
import sqlite3
import sys


def zeros(series):
    return json.dumps([0] * len(json.loads(series)), separators=(",", ":"))


def without_points(curves):
    return json.dumps([dict(curve, points=[]) for curve in json.loads(curves)])


def main():
    database = sqlite3.connect(sys.argv[1])
    database.create_function("zeros", 1, zeros)
    database.create_function("without_points", 1, without_points)
    database.executescript("""
        UPDATE verdicts SET series = zeros(series), reason = '', sharpest = NULL;
        UPDATE constructions SET series = '[]', instance = '';
        UPDATE mutants SET witness = '', smallest = '', reason = '', truth_reason = '';
        UPDATE gallery SET instance = '', shows = '';
        UPDATE figures SET curves = without_points(curves), caption = '';
        PRAGMA page_size = 1024;
        VACUUM;
    """)
    database.close()


if __name__ == "__main__":
    main()

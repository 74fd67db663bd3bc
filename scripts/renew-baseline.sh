#!/usr/bin/env bash
# Makes tests/baseline.sqlite anew, with the graddiv that is built: few instances of every theorem,
# without what `graddiv diff` does not compare. Look at what has become worse since the old one
# before you commit it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
graddiv=$root/build/release/bin/graddiv
baseline=$root/tests/baseline.sqlite

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
# Three instances may be too few to tell much (4).
verdict=0
"$graddiv" verify --instances 3 --store "$folder/baseline.sqlite" --quiet || verdict=$?
if [[ $verdict != [04] ]]; then
  exit "$verdict"
fi
python3 "$root/scripts/trim-baseline.py" "$folder/baseline.sqlite"
if [[ -e $baseline ]]; then
  "$graddiv" diff "$baseline" "$folder/baseline.sqlite" || [[ $? != 1 ]] || echo "Something is worse."
fi
cp "$folder/baseline.sqlite" "$baseline"

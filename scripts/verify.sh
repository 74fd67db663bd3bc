#!/usr/bin/env bash
# Builds graddiv, verifies the statements and leaves the report in build/report/report.pdf.
# Arguments go to `graddiv verify`, e.g. scripts/verify.sh --instances 500 --seed 7
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

"$root/scripts/setup.sh"
(cd "$root" && cmake --preset release && cmake --build --preset release --target graddiv_cli)

graddiv=$root/build/release/bin/graddiv
store=$root/build/report/results.sqlite
report=$root/build/report/report.pdf
mkdir -p "$root/build/report"

# A refutation (1) or an undecided claim (4) is a result: it goes into the report like any other.
verdict=0
"$graddiv" verify --store "$store" "$@" || verdict=$?
if [[ $verdict != [014] ]]; then
  exit "$verdict"
fi
# How sharp the rates are, and whether they need their hypotheses: some seconds each.
for theorem in rate-strongly-convex rate-convex rate-smooth rate-pl; do
  "$graddiv" sharpen "$theorem" --store "$store" --instances 100 --quiet > /dev/null
done
"$graddiv" report "$store" -o "$report"
echo "The report is in $report"
exit "$verdict"

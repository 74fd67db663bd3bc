#!/usr/bin/env bash
# Formats the sources; with --check it only says what is not formatted, and fails if anything is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=(-i)
if [[ ${1:-} == --check ]]; then
  mode=(--dry-run --Werror)
fi
mapfile -d '' -t sources < <(
  find lib theorems constructions instances property_tests reports workbench cli examples \
    experiments benchmarks tests \( -name '*.h' -o -name '*.cpp' \) -print0)
clang-format "${mode[@]}" "${sources[@]}"
if [[ ${1:-} == --check ]]; then
  scripts/check-columns.py "${sources[@]}"
fi

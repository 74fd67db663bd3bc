#!/usr/bin/env bash
# Formats the sources; with --check it only says what is not formatted, and fails if anything is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=(-i)
if [[ ${1:-} == --check ]]; then
  mode=(--dry-run --Werror)
fi
find lib theorems constructions property_tests reports cli examples experiments benchmarks tests \
  \( -name '*.h' -o -name '*.cpp' \) -print0 | xargs -0 clang-format "${mode[@]}"

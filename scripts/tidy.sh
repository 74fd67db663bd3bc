#!/usr/bin/env bash
# Runs clang-tidy over every source. Arguments: file name patterns.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A build folder of its own: clang-tidy cannot read precompiled headers that nobody has built.
cmake --preset clang -B build/tidy -D CMAKE_DISABLE_PRECOMPILE_HEADERS=ON
run-clang-tidy -quiet -p build/tidy "$@"

#!/usr/bin/env bash
# Installs the Debian packages that are missing; quick when none is.
#   scripts/setup.sh         what building, testing and the report need
#   scripts/setup.sh --dev   also what .ci/run needs
#   scripts/setup.sh --experiments   also libtorch, for networks of convolutions
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

lists=("$scripts/packages.txt")
case "${1:-}" in
  "") ;;
  --dev) lists+=("$scripts/packages-dev.txt") ;;
  --experiments) lists+=("$scripts/packages-experiments.txt") ;;
  *) echo "usage: $0 [--dev | --experiments]" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "setup: not a Debian system; please see that the packages of ${lists[*]} are there" >&2
  exit 0
fi

mapfile -t wanted < <(sed -e 's/[[:space:]]*#.*//' -e '/^[[:space:]]*$/d' "${lists[@]}")
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
  grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  exit 0
fi

# --no-remove: rather fail than take away a package that somebody else put here.
install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove
         "${missing[@]}")
if ((EUID == 0)); then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
  as_root=(sudo)
else
  echo "setup: some packages are missing. As root, please run this line, then try again:" >&2
  echo "apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 2
fi

echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get update
"${as_root[@]}" "${install[@]}"

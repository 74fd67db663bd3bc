#!/usr/bin/env bash
# Compiles lib/networks and its tests for their diagnostics alone, with g++, where libtorch is not
# installed: against its headers, which are downloaded for that (2.4 MB; the libraries would be some
# hundreds) and unpacked into build/. Where they cannot be had it says so and checks nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

unpacked=build/libtorch-headers
api=torch/csrc/api/include
headers=/usr/include
own=()  # folders that the compiler does not search by itself
if [[ ! -e $headers/$api/torch/torch.h ]]; then
  headers=$unpacked/usr/include
  own=(-isystem "$headers")
fi
if [[ ! -e $headers/$api/torch/torch.h ]]; then
  mkdir -p "$unpacked"
  if ! (cd "$unpacked" && apt-get download -q libtorch-dev libgoogle-glog-dev libgflags-dev); then
    echo "check-networks: the headers of libtorch cannot be downloaded: lib/networks is NOT checked" >&2
    exit 0
  fi
  for package in "$unpacked"/*.deb; do
    dpkg-deb -x "$package" "$unpacked"
  done
fi

# All in one go: the headers of libtorch take most of the time.
printf '#include "%s"\n' lib/networks/*.cpp |
  g++ -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
    -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Werror -DFMT_SHARED -I. -Ilib \
    "${own[@]}" -isystem "$headers/$api" -isystem /usr/include/eigen3 -x c++ -

#!/usr/bin/env python3
"""Compiles every file of a build by itself, for its diagnostics alone: nothing is written.

usage: check-apart.py BUILD

BUILD is a configured build folder with compile_commands.json and its precompiled headers. Prints
what
the compiler says of each file that does not pass and exits 1 if there is one. It takes two thirds of
the time that the objects would, and needs no linker.
"""

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def check(entry):
    command = shlex.split(entry["command"])
    output = command.index("-o")
    command[output:output + 2] = ["-fsyntax-only"]
    done = subprocess.run(command, cwd=entry["directory"], capture_output=True, text=True)
    return entry["file"], done.returncode, done.stderr


def main():
    build = Path(sys.argv[1])
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    # What the build itself writes is compiled where it is built.
    sources = [entry for entry in entries
               if os.path.exists(entry["file"]) and not entry["file"].startswith(str(build.resolve()))]
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for file, code, said in pool.map(check, sources):
            if code != 0 or said:
                print(f"{file}:\n{said}", flush=True)
            failed += code != 0
    print(f"{len(sources)} files, {failed} with errors")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

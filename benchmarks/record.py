#!/usr/bin/env python3
"""Runs the benchmarks once and keeps the result as JSON, without host names and paths.

usage: record.py BENCHMARKS OUTPUT [OPTION…]

BENCHMARKS is the built graddiv_benchmarks; further options go to it (--benchmark_filter=…).
The table of ratios that it prints is CPU time of each way over that of the engine, the medians
of all repetitions.
"""

import json
import statistics
import subprocess
import sys


def processor():
    try:
        with open("/proc/cpuinfo") as f:
            return next(line.split(":", 1)[1].strip() for line in f if line.startswith("model name"))
    except (OSError, StopIteration):
        return "unknown"


def cpu_time(benchmark):
    # The process that was measured is another one where the time was set by hand.
    return benchmark["real_time" if "manual_time" in benchmark["name"] else "cpu_time"]


def main():
    executable, output, *options = sys.argv[1:]
    run = subprocess.run([executable, "--benchmark_format=json", *options],
                         stdout=subprocess.PIPE, check=True)
    result = json.loads(run.stdout)
    context = result["context"]
    for key in ("host_name", "executable"):
        context.pop(key, None)
    context["processor"] = processor()
    with open(output, "w") as f:
        json.dump(result, f, indent=1)
        f.write("\n")
    times = {}
    for benchmark in result["benchmarks"]:
        if benchmark.get("error_occurred"):
            sys.exit(f"{benchmark['name']}: {benchmark['error_message']}")
        if benchmark["run_type"] == "aggregate":
            continue
        if "/by:" not in benchmark["name"]:  # compares two ways itself
            print(f"{benchmark['name'].split('/manual_time')[0]:32} {benchmark['ratio']:9.2f} ×")
            continue
        task, way = benchmark["name"].split("/by:")
        times.setdefault(task, {}).setdefault(way.split("/")[0], []).append(benchmark)
    for task, ways in times.items():
        engine = statistics.median(map(cpu_time, ways["engine"]))
        for way, repetitions in ways.items():
            time = statistics.median(map(cpu_time, repetitions))
            print(f"{task:32} {way:18} {time:10.3f} {repetitions[0]['time_unit']}"
                  f" {time / engine:9.1f} ×")


if __name__ == "__main__":
    main()

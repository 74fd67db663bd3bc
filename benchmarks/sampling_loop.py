#!/usr/bin/env python3
"""Prints the CPU seconds that NumPy takes for the task of sampling_benchmark.cpp.

Vectorised over the runs in blocks that fit the cache: one block of index draws, two contractions
and one norm an iteration. The numbers of the problem do not matter for the time.
"""

import os
import time

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[library + "_NUM_THREADS"] = "1"

import numpy as np

N, D, B, K, RUNS, GAMMA = 1000, 20, 8, 2000, 1000, 1 / 512


def sample(block):
    generator = np.random.Generator(np.random.SFC64(1))
    rows = generator.integers(-8, 9, (N, D)) / 8
    targets = generator.integers(-8, 9, N) / 8
    minimizer = np.linalg.lstsq(rows, targets, rcond=None)[0]
    sums = np.zeros(K + 1)
    for _ in range(0, RUNS, block):
        w = np.ones((block, D))
        for k in range(K):
            off = w - minimizer
            sums[k] += np.einsum("rd,rd->", off, off)
            drawn = generator.integers(0, N, (block, B))
            x = rows.take(drawn, axis=0)  # in half the time of rows[drawn]
            residuals = np.matmul(x, w[:, :, None])[:, :, 0] - targets.take(drawn)
            w -= GAMMA * np.matmul(residuals[:, None, :], x)[:, 0, :]
        off = w - minimizer
        sums[K] += np.einsum("rd,rd->", off, off)
    return sums / RUNS


def main():
    best = float("inf")
    for block in (50, 250, 1000):
        start = time.process_time()
        sample(block)
        best = min(best, time.process_time() - start)
    print(best)


if __name__ == "__main__":
    main()

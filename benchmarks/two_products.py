#!/usr/bin/env python3
"""A logistic pass over the training set of Fashion-MNIST with NumPy, on one thread and in single
precision: losses, gradient, sum of squared norms, as two products. Prints milliseconds of CPU time,
the shortest of several passes: with the squared norms of the rows kept from before, as the engine
keeps them; with those norms as part of the pass, as who measures once has to find them; both of
numbers that were made of the bytes before, and of the bytes, as the engine takes them.

usage: two_products.py FOLDER [PASSES]
"""

import gzip
import os
import sys
import time
from pathlib import Path

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy  # noqa: E402  (reads the variables above)


def read(path, header):
    with gzip.open(path) as f:
        return numpy.frombuffer(f.read(), numpy.uint8, offset=header)


def one_pass(rows, signs, norms, w):
    """Σ f_i, Σ ∇f_i, Σ ‖∇f_i‖² of f_i(w) = log(1 + exp(−y_i x_iᵀw))."""
    margins = signs * (rows @ w)
    slopes = -signs / (1 + numpy.exp(margins))
    loss = numpy.logaddexp(numpy.float32(0), -margins).sum(dtype=numpy.float64)
    return loss, slopes @ rows, (slopes * slopes * norms).sum(dtype=numpy.float64)


def shortest(passes, function):
    times = []
    for _ in range(passes):
        begin = time.process_time()
        function()
        times.append(time.process_time() - begin)
    return 1e3 * min(times)


def main():
    folder = Path(sys.argv[1])
    passes = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    bytes_ = read(folder / "train-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    labels = read(folder / "train-labels-idx1-ubyte.gz", 8)
    signs = numpy.where(labels >= 5, 1, -1).astype(numpy.float32)
    scale = numpy.float32(1 / 255)
    floats = bytes_.astype(numpy.float32) * scale
    norms = (floats * floats).sum(axis=1)
    w = (1e-3 * (numpy.arange(784) % 7)).astype(numpy.float32)

    def with_norms(rows):
        return one_pass(rows, signs, numpy.einsum("ij,ij->i", rows, rows), w)

    ways = {
        "floats, norms kept": lambda: one_pass(floats, signs, norms, w),
        "floats, norms as well": lambda: with_norms(floats),
        # Bytes in memory become numbers in every pass.
        "bytes, norms kept": lambda: one_pass(bytes_ * scale, signs, norms, w),
        "bytes, norms as well": lambda: with_norms(bytes_ * scale),
    }
    for name, way in ways.items():
        print(f"{name:22} {shortest(passes, way):.3f} ms")


if __name__ == "__main__":
    main()

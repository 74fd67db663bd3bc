"""The straightforward loop in Python's fractions: a task on stdin, CPU seconds and values on stdout.

stdin:  {"C": [[["1/2", …], …], …], "start": […], "minimizer": […], "gamma": "1/1024", "batch": 4,
         "iterations": 60}
stdout: {"seconds": …, "values": ["p/q", …]}
"""

import json
import sys
import time
from fractions import Fraction


def fractions(x):
    return [fractions(y) for y in x] if isinstance(x, list) else Fraction(x)


def product(A, B):
    columns = list(zip(*B))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in A]


def congruence(A, S):
    return product(product(A, S), list(zip(*A)))


def trajectory(C, start, minimizer, gamma, batch, iterations):
    n, d = len(C), len(start)
    e = d + 1
    mean = [[sum(c[i][j] for c in C) / n for j in range(e)] for i in range(d)]
    M = [[(i == j) - gamma * batch * mean[i][j] for j in range(e)] for i in range(d)]
    M.append([Fraction(j == d) for j in range(e)])
    z = start + [Fraction(1)]
    S = [[x * y for y in z] for x in z]
    values = []
    for k in range(iterations + 1):
        values.append(sum(S[j][j] - 2 * x * S[j][d] + x * x for j, x in enumerate(minimizer)))
        if k == iterations:
            return values
        squares = [congruence(c, S) for c in C]
        of_mean = congruence(mean, S)
        S = congruence(M, S)
        for i in range(d):
            for j in range(d):
                noise = sum(s[i][j] for s in squares) / n - of_mean[i][j]
                S[i][j] += gamma * gamma * batch * noise


def main():
    task = json.load(sys.stdin)
    C, start, minimizer = (fractions(task[key]) for key in ("C", "start", "minimizer"))
    begin = time.process_time()
    values = trajectory(C, start, minimizer, Fraction(task["gamma"]), task["batch"],
                        task["iterations"])
    seconds = time.process_time() - begin
    json.dump({"seconds": seconds, "values": [str(v) for v in values]}, sys.stdout)


main()

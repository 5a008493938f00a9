"""Kulldorff's space-time scan by trying every cylinder, with NumPy and apart from Faro, for SpaceTimeScanTests.

The permutation model: Kulldorff et al. (2005), PLoS Medicine 2, e59; the Poisson model: Kulldorff (1997), Communications in
Statistics 26, 1481-1496. The ratio of single cylinders is also spatstat's: tools/reference/scan_ratio.R.

    pip install numpy==2.4.6 && python tools/reference/space_time_scan.py
"""
import numpy as np

print("numpy", np.__version__)
rows, columns, periods, longest, radius, share = 5, 6, 7, 3, 2.3, 0.3
t, r, c = np.meshgrid(np.arange(periods), np.arange(rows), np.arange(columns), indexing="ij")
counts = (7 * c + 3 * r + 5 * t + c * r * t) % 4 // 2
counts[3:5, 2, 3] += 6
counts[5:7, 0:2, 0] += 3
counts = counts.reshape(periods, -1)
population = ((np.arange(rows * columns) * 37) % 11 * 100).astype(float)
place = np.arange(rows * columns)
square = (place[:, None] % columns - place % columns) ** 2 + (place[:, None] // columns - place // columns) ** 2


def cylinders(counts, measure, of_time):
    """Every circle around a place that counts, over every run of periods; what a circle is to hold bounds it."""
    used = np.flatnonzero(measure > 0)
    for centre in used:
        before = None
        for limit in sorted({int(s) for s in square[centre] if s <= radius**2}):
            inside = used[square[centre, used] <= limit]
            if measure[inside].sum() > share * measure.sum() * (1 + 1e-12):
                break
            if before == len(inside):
                continue
            before = len(inside)
            for length in range(1, longest + 1):
                for first in range(periods - length + 1):
                    yield centre, inside, first, length, counts[first:first + length, inside].sum(), \
                        measure[inside].sum() * of_time[first:first + length].sum()


def ratio(n, expected, total):
    if n <= expected:
        return 0.0
    rest = (total - n) * np.log((total - n) / (total - expected)) if n < total else 0.0
    return n * np.log(n / expected) + rest


def scan(counts, measure, of_time, name):
    total = counts.sum()
    best = {}
    for centre, inside, first, length, n, expected in cylinders(counts, measure, of_time):
        value = ratio(n, expected, total)
        if value > best.get(centre, (0.0,))[0] * (1 + 1e-12):
            best[centre] = (value, centre, tuple(inside), first, length, int(n), expected)
    taken, told = set(), 0
    for value, centre, inside, first, length, n, expected in sorted(best.values(), key=lambda b: (-b[0], b[1])):
        if taken.isdisjoint(inside) and told < 3:
            taken.update(inside)
            told += 1
            print(name, "cells", [int(k) for k in inside], "periods", first, first + length, "observed", n, "expected",
                  repr(float(expected)), "ratio", repr(float(value)))


def maxima(deal, measure, of_time, times):
    """The greatest ratio of each data set dealt: the same cylinders, as matrices."""
    found = {}
    for centre, inside, first, length, _, expected in cylinders(counts, measure, of_time):
        found[(tuple(inside), first, length)] = expected
    expected = np.array(list(found.values()))
    chosen = np.zeros((len(found), periods * rows * columns))
    for k, (inside, first, length) in enumerate(found):
        for p in range(first, first + length):
            chosen[k, [p * rows * columns + i for i in inside]] = 1
    greatest = []
    for _ in range(times):
        dealt = deal()
        total = dealt.sum()
        n = chosen @ dealt.ravel()
        with np.errstate(divide="ignore", invalid="ignore"):
            value = n * np.log(n / expected) + np.where(n < total, (total - n) * np.log((total - n) / (total - expected)), 0)
        greatest.append(np.where(n > expected, value, 0).max())
    return np.array(greatest)


generator = np.random.default_rng(1)
total = counts.sum()
bins = np.repeat(np.arange(counts.size), counts.ravel())
print("incidents", int(total))
of_place, of_time = counts.sum(0).astype(float), counts.sum(1) / total
scan(counts, of_place, of_time, "permutation")


def permuted():
    dealt = np.zeros_like(counts)
    np.add.at(dealt, (generator.permutation(bins // counts.shape[1]), bins % counts.shape[1]), 1)
    return dealt


m = maxima(permuted, of_place, of_time, 9999)
print("permutation: mean, deviation, 95th percentile of the maxima", m.mean(), m.std(), np.quantile(m, 0.95))

lived = np.where(population > 0, counts, 0)
total = lived.sum()
people, of_time = total * population / population.sum(), np.full(periods, 1 / periods)
print("where people live", int(total))
scan(lived, people, of_time, "poisson")
chance = (np.outer(of_time, population / population.sum())).ravel()
m = maxima(lambda: generator.multinomial(total, chance).reshape(counts.shape), people, of_time, 9999)
print("poisson: mean, deviation, 95th percentile of the maxima", m.mean(), m.std(), np.quantile(m, 0.95))

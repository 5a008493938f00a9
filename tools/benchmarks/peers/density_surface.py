"""How densely do points lie over a square?   density_surface.py <peer> <folder> <kernel> <n> <grid>

A cell's value is the sum of the kernel at its centre over all points, in points per square metre; the bandwidth is
500 m.
"""
import math

import city
import measuring

BANDWIDTH = 500.0


def inputs(folder, count, grid):
    import numpy

    points = numpy.array(measuring.column(folder, f"pts_{count}.xy.f64", "d")).reshape(-1, 2)
    return points, (numpy.arange(grid) + 0.5) * city.SIDE / grid


def check(values):
    return {"sum": float(values.sum()), "max": float(values.max())}


def scatter(folder, kernel, count, grid):
    """Every point adds its kernel to the cells in reach, bands of rows in parallel: the direct way, compiled."""
    import numba
    import numpy

    grid = int(grid)
    points, _ = inputs(folder, count, grid)
    power = {"quartic": 2, "epan": 1}[kernel]
    peak = (power + 1) / (math.pi * BANDWIDTH**2)
    bands = 4 * numba.get_num_threads()

    @numba.njit(parallel=True, fastmath=True)
    def add(points, values, cell, reach, power):
        size = len(values)
        for band in numba.prange(bands):
            first, last = size * band // bands, size * (band + 1) // bands - 1
            for i in range(len(points)):
                x, y = points[i, 0], points[i, 1]
                for row in range(max(first, math.ceil((y - reach) / cell - 0.5)),
                                 min(last, math.floor((y + reach) / cell - 0.5)) + 1):
                    dy = (row + 0.5) * cell - y
                    half = math.sqrt(max(0.0, reach * reach - dy * dy))
                    west = max(0, math.ceil((x - half) / cell - 0.5))
                    east = min(size - 1, math.floor((x + half) / cell - 0.5))
                    near = 1 - dy * dy / (reach * reach)
                    for column in range(west, east + 1):
                        dx = ((column + 0.5) * cell - x) / reach
                        height = near - dx * dx
                        values[row, column] += height * height if power == 2 else height

    def work(points=points):
        values = numpy.zeros((grid, grid))
        add(points, values, city.SIDE / grid, BANDWIDTH, power)
        return values * peak

    work(points[:10])  # compiles
    return f"numba {numba.__version__}", work, check


def scikit_learn(folder, kernel, count, grid):
    import numpy
    import sklearn
    from sklearn.neighbors import KernelDensity

    if kernel != "epan":
        raise ImportError("scikit-learn has no quartic kernel")
    points, centres = inputs(folder, count, int(grid))
    asked = numpy.stack(numpy.meshgrid(centres, centres), axis=-1).reshape(-1, 2)

    def work():
        density = KernelDensity(bandwidth=BANDWIDTH, kernel="epanechnikov", rtol=0, atol=0).fit(points)
        return len(points) * numpy.exp(density.score_samples(asked))

    return f"scikit-learn {sklearn.__version__}", work, check


def libkdv(folder, kernel, count, grid):
    """It wants its bounds as (y, x), counted from the least x and y, with the first and last pixel on them; it doubles
    what it is given as bandwidth, and scales its values to a maximum of 1."""
    import importlib.metadata
    import os

    from libkdv import kdv

    if kernel != "epan":
        raise ImportError("libkdv has no quartic kernel")
    points, centres = inputs(folder, count, int(grid))
    (west, south), (first, last) = points.min(axis=0), centres[[0, -1]]
    bounds = [first - south, last - south, first - west, last - west]
    method = kdv(points.copy(), GPS=False, bound=bounds, bandwidth=BANDWIDTH / 2, row_pixels=int(grid),
                 col_pixels=int(grid), num_threads=os.cpu_count())
    version = importlib.metadata.version("libkdv")
    return f"libkdv {version}", lambda: method.compute()["val"], lambda values: {"sum over max": check(values)["sum"]}


if __name__ == "__main__":
    measuring.report({"numba": scatter, "scikit-learn": scikit_learn, "libkdv": libkdv})

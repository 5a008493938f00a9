"""The surface of density_surface.py with a small error.   approximate_surface.py <peer> <folder> <n> <grid>

The error is the greatest of a cell, as a share of the greatest value of the exact surface, `exact.f64`, which
`faro-bench bench w2a` writes.
"""
import math

import city
import measuring
from density_surface import BANDWIDTH, inputs


def datashader(folder, count, grid):
    """Points counted in cells by datashader, and the counts convolved with the kernel by Fourier transforms."""
    import datashader
    import numpy
    import pandas
    import scipy
    from scipy.signal import oaconvolve

    grid = int(grid)
    points = pandas.DataFrame(inputs(folder, count, grid)[0], columns=["x", "y"])
    canvas = datashader.Canvas(grid, grid, (0, city.SIDE), (0, city.SIDE))
    reach = math.ceil(BANDWIDTH * grid / city.SIDE)
    steps = numpy.arange(-reach, reach + 1) * city.SIDE / grid / BANDWIDTH
    kernel = numpy.maximum(0, 1 - steps[:, None] ** 2 - steps**2) ** 2 * 3 / (math.pi * BANDWIDTH**2)

    def work(points=points):
        counts = canvas.points(points, "x", "y", datashader.count())
        return oaconvolve(numpy.asarray(counts, numpy.float64), kernel, mode="same")

    def check(values):
        exact = numpy.array(measuring.column(folder, "exact.f64", "d")).reshape(grid, grid)
        return {"error": float(abs(values - exact).max() / exact.max())}

    work(points[:10])  # compiles
    return f"datashader {datashader.__version__}, scipy {scipy.__version__}", work, check


if __name__ == "__main__":
    measuring.report({"datashader": datashader})

"""How densely do points lie in space and time, and where do hot spots emerge?   space_time.py <peer> <folder> <n> [<grid>]"""
import city
import measuring


def inputs(folder, count):
    import numpy

    points = numpy.array(measuring.column(folder, f"pts_{count}.xy.f64", "d")).reshape(-1, 2)
    number = numpy.arange(int(count))
    return points, (number * number % 65_521 * 31 + number * 7) % 2190.0


def libkdv(folder, count, grid):
    """Epanechnikov's kernel in space and in time at 32 moments. It takes and gives text, and its values are up to a factor."""
    import importlib.metadata
    import io

    import numpy
    import pandas
    from libkdv.compute_kdv import compute_kdv

    points, days = inputs(folder, count)
    table = pandas.DataFrame(numpy.column_stack((points, days, numpy.ones(len(days)))), columns=["x", "y", "t", "w"])

    def work():
        text = table.to_csv(index=False, float_format="%.16f")
        words = [0, text, 3, 2, 0.0, city.SIDE, 0.0, city.SIDE, grid, grid, 1, 500.0, 0.0, 2190.0, 32, 1, 30.0, 1]
        return compute_kdv([str(word).encode() for word in words])

    def check(answer):
        values = pandas.read_csv(io.BytesIO(answer) if isinstance(answer, bytes) else io.StringIO(answer))["val"]
        return {"sum over max": float(values.sum() / values.max())}

    return f"libkdv {importlib.metadata.version('libkdv')}", work, check


def pymannkendall(folder, count):
    """Gi* over a year's cube by scipy and numpy, false discoveries by numpy, and a trend per cell by pymannkendall."""
    import importlib.metadata

    import numpy
    import pymannkendall
    import scipy
    from scipy import ndimage, stats

    points, days = inputs(folder, count)
    cells, periods = int(city.SIDE / 250), 12

    def work():
        sample = numpy.column_stack((days % 360, points[:, 1], points[:, 0]))
        cube, _ = numpy.histogramdd(
            sample, (periods, cells, cells), ((0, 360), (0, city.SIDE), (0, city.SIDE)))
        # The eight around and the cell, in this period and the one before.
        around = lambda values: sum(
            ndimage.convolve(part, numpy.ones((1, 3, 3)), mode="constant")
            for part in (values, numpy.concatenate((numpy.zeros_like(values[:1]), values[:-1]))))
        total, n = around(cube), cube.size
        weights = around(numpy.ones_like(cube))
        mean = cube.mean()
        spread = numpy.sqrt((cube**2).mean() - mean**2)
        z = (total - mean * weights) / (spread * numpy.sqrt((n * weights - weights**2) / (n - 1)))
        q = stats.false_discovery_control(2 * stats.norm.sf(numpy.abs(z)).ravel()).reshape(z.shape)
        rising = 0
        for row in range(cells):
            for column in range(cells):
                trend = pymannkendall.original_test(z[:, row, column])
                rising += trend.p <= 0.05 and trend.s > 0
        return int(((q <= 0.05) & (z > 0)).sum()), int(rising)

    version = f"pymannkendall {importlib.metadata.version('pymannkendall')}, scipy {scipy.__version__}"
    return version, work, lambda found: {"hot": found[0], "rising": found[1]}


if __name__ == "__main__":
    measuring.report({"libkdv": libkdv, "pymannkendall": pymannkendall})

"""Which cells stand out with those around them?   cell_association.py <peer> <folder> <method> <grid> [<permutations>]

A million points counted in the cells; the neighbours of a cell lie at most three cells away and count 1 each.
"""
import city
import measuring

REACH = 3


def counts(folder, grid):
    import numpy

    points = numpy.array(measuring.column(folder, "pts_1000000.xy.f64", "d")).reshape(-1, 2)
    columns, rows = (points // (city.SIDE / grid)).astype(int).T
    return numpy.bincount(rows * grid + columns, minlength=grid * grid).astype(float)


def disc():
    import numpy

    steps = numpy.arange(-REACH, REACH + 1)
    return (steps[:, None] ** 2 + steps**2 <= REACH**2).astype(float)


def check(values):
    return {"sum": float(values.sum()), "length": float((values**2).sum() ** 0.5)}


def with_significance(values, p):
    return check(values) | {"significant": int((p <= 0.05).sum())}


def ndimage(folder, method, grid, permutations="0"):
    """Sums and numbers of neighbours by convolution, then Ord and Getis's equation: our own code around scipy's."""
    import numpy
    import scipy
    from scipy import ndimage

    grid, around = int(grid), disc()
    values = counts(folder, grid).reshape(grid, grid)
    count = values.size

    def work():
        sums = ndimage.convolve(values, around, mode="constant")
        weights = ndimage.convolve(numpy.ones_like(values), around, mode="constant")
        mean = values.mean()
        deviation = numpy.sqrt((values * values).mean() - mean * mean)
        return (sums - mean * weights) / (deviation * numpy.sqrt((count * weights - weights * weights) / (count - 1)))

    return f"scipy {scipy.__version__}, ndimage", work, check


def esda_local(folder, method, grid, permutations="0"):
    """The weights are built beforehand. One job, because more are processes that outlive the work and are not counted."""
    import esda

    grid, permutations = int(grid), int(permutations)
    values, weights = counts(folder, grid), neighbours(grid)
    asked = {"permutations": permutations, "n_jobs": 1, "seed": 1}

    def work():
        if method == "moran":
            return esda.Moran_Local(values, weights, **asked)
        return esda.G_Local(values, weights, transform="B", star=True, **asked)

    def check_of(found):
        found_values = found.Is if method == "moran" else found.Zs
        return with_significance(found_values, found.p_sim) if permutations else check(found_values)

    return f"esda {esda.__version__}", work, check_of


def neighbours(grid):
    import libpysal
    import numpy

    rows, columns = numpy.divmod(numpy.arange(grid * grid), grid)
    of, others = [], []
    for north, east in numpy.argwhere(disc()) - REACH:
        if north or east:
            inside = (0 <= rows + north) & (rows + north < grid) & (0 <= columns + east) & (columns + east < grid)
            of.append(numpy.nonzero(inside)[0])
            others.append(((rows + north) * grid + columns + east)[inside])
    of, others = numpy.concatenate(of), numpy.concatenate(others)
    order = numpy.argsort(of, kind="stable")
    return libpysal.graph.Graph.from_arrays(of[order], others[order], numpy.ones(len(of))).to_W()


if __name__ == "__main__":
    measuring.report({"scipy": ndimage, "esda": esda_local})

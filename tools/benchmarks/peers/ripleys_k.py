"""Ripley's K at 20 distances, with 99 simulations.   ripleys_k.py <peer> <folder> <n> <greatest distance>

What is timed is one simulation, drawn in the bounding box: the whole is 100 times as much, the observed K one of them.
"""
import measuring

CURVES = 100
MOST = 10_000  # pointpats keeps the distances of all pairs


def inputs(folder, count, greatest):
    import numpy

    points = numpy.array(measuring.column(folder, f"pts_{count}.xy.f64", "d")).reshape(-1, 2)
    source = numpy.random.default_rng(1)
    draw = lambda count: source.uniform(points.min(axis=0), points.max(axis=0), (count, 2))
    return points, float(greatest) / 20 * numpy.arange(1, 21), draw


def pointpats_k(folder, count, greatest):
    """Of more points than it can hold, the time is that of the most it can, times the ratio of the pairs."""
    import pointpats
    from pointpats import distance_statistics

    points, distances, draw = inputs(folder, count, greatest)
    count = min(len(points), MOST)

    def work():
        return distance_statistics.k(draw(count), support=distances)[1]

    def check(_):
        if count < len(points):
            return {}
        square_metres = (points.max(axis=0) - points.min(axis=0)).prod()
        k = distance_statistics.k(points, support=distances)[1]
        return {"pairs": int((k * count**2 / (2 * square_metres)).round().sum()), "incidents": count}

    extrapolated = ", extrapolated" if count < len(points) else ""
    return f"pointpats {pointpats.__version__}{extrapolated}", work, check, CURVES * (len(points) / count) ** 2


def scipy_tree(folder, count, greatest):
    """The pairs within each distance, counted by a tree."""
    import scipy
    from scipy.spatial import cKDTree

    points, distances, draw = inputs(folder, count, greatest)

    def pairs(points):
        tree = cKDTree(points)
        return (tree.count_neighbors(tree, distances) - len(points)) // 2

    def check(_):
        return {"pairs": int(pairs(points).sum()), "incidents": len(points)}

    return f"scipy {scipy.__version__}, cKDTree", lambda: pairs(draw(len(points))), check, CURVES


if __name__ == "__main__":
    measuring.report({"pointpats": pointpats_k, "scipy": scipy_tree})

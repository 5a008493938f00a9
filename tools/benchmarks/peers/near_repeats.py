"""Knox's test within 200 m and 14 days, with 999 permutations.   near_repeats.py <peer> <folder> <n>"""
import measuring

PERMUTATIONS = 999
TIMED = 19  # what is timed of them; the pairs are looked for each time


def numpy_pairs(folder, count):
    """Pairs by a tree, then the days shuffled and compared: the pairs are found once in all."""
    import numpy
    import scipy
    from scipy.spatial import cKDTree

    points = numpy.array(measuring.column(folder, f"pts_{count}.xy.f64", "d")).reshape(-1, 2)
    number = numpy.arange(int(count))
    days = (number * number % 65_521 * 31 + number * 7) % 2190.0
    pairs = cKDTree(points).query_pairs(200.0, output_type="ndarray")
    first, second = pairs[:, 0], pairs[:, 1]

    def observed(days):
        return int((numpy.abs(days[first] - days[second]) <= 14).sum())

    def work():
        source, dealt = numpy.random.default_rng(1), days.copy()
        counts = []
        for _ in range(TIMED):
            source.shuffle(dealt)
            counts.append(observed(dealt))
        return counts

    name = f"numpy {numpy.__version__}, cKDTree"
    return name, work, lambda _: {"observed": observed(days)}, PERMUTATIONS / TIMED


if __name__ == "__main__":
    measuring.report({"numpy": numpy_pairs})

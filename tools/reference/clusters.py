"""Labels of scikit-learn's DBSCAN and HDBSCAN on a seeded sample, for Tests/HotspotsTests/Clusters.

    pip install scikit-learn==1.9.1 numpy && python tools/reference/clusters.py

The sample is that of ClusterFixture.swift: SplitMix64 and plain arithmetic, the same bits in both languages.
"""
import sys
import numpy as np
import sklearn
from sklearn.cluster import DBSCAN, HDBSCAN

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def unit(self):
        return (self.next() >> 11) * 2.0**-53


def sample(seed, count):
    """Five clusters of different spread, and a fifth of the points anywhere in 10 km."""
    generator = SplitMix64(seed)
    points = []
    for _ in range(count):
        group = generator.next() % 6
        if group == 5:
            x, y = generator.unit() * 10000, generator.unit() * 10000
        else:
            spread = 200.0 * (group + 1)
            x = 1000 + 1900 * group + (generator.unit() + generator.unit() + generator.unit() - 1.5) * spread
            y = 2000 + 6000 * (group % 2) + (generator.unit() + generator.unit() + generator.unit() - 1.5) * spread
        points.append((x, y))
    return np.array(sorted(points, key=lambda p: (p[1], p[0])))


def letters(labels):
    """Clusters as letters in the order of their first place, noise as a point."""
    names = {}
    return "".join("." if l < 0 else names.setdefault(l, chr(65 + len(names))) for l in labels)


print("scikit-learn", sklearn.__version__)
points = sample(7, 240)
dbscan = DBSCAN(eps=150, min_samples=6).fit(points)
print("DBSCAN eps=150 min_samples=6")
print(letters(dbscan.labels_))
print("labels ascend with the first core:", list(dict.fromkeys(l for l in dbscan.labels_[dbscan.core_sample_indices_])))
print("cores", len(dbscan.core_sample_indices_))
for method, size, neighbours in (("eom", 12, 5), ("eom", 5, 1), ("leaf", 5, 1)):
    hdbscan = HDBSCAN(min_cluster_size=size, min_samples=neighbours, cluster_selection_method=method, copy=True).fit(points)
    print(f"HDBSCAN min_cluster_size={size} min_samples={neighbours}", method)
    print(letters(hdbscan.labels_))
    print("sum of probabilities", repr(float(hdbscan.probabilities_.sum())))
    print("probabilities of every 20th", [round(float(p), 12) for p in hdbscan.probabilities_[::20]])

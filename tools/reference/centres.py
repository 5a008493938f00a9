"""Centres, standard distance and deviational ellipse of eleven fictional incidents.

Peers: pointpats 2.5.5 (std_distance, ellipse), scipy 1.17 (minimize), numpy 2.4. The points are those of pointpats' own
documentation, in metres about a corner with coordinates such as UTM has. Ebdon's eight points are those of
pointpats/tests/test_centrography.py, there from Ebdon (1985), Statistics in Geography.
"""
import numpy as np
import scipy
from pointpats import centrography
from scipy.optimize import minimize

POINTS = np.array([
    [66.22, 32.54], [22.52, 22.39], [31.01, 81.21], [9.47, 31.02], [30.78, 60.10], [75.21, 58.93],
    [79.26, 7.68], [8.23, 39.93], [98.73, 77.17], [89.78, 42.53], [65.19, 92.08]])
WEIGHTS = np.array([1, 2, 1, 4, 1, 1, 3, 1, 2, 1, 1.0])
EBDON = np.array([(1, 2), (2, 3), (2, 2), (2, 1), (3, 4), (3, 3), (3, 1), (4, 4.0)])


def least(points, weights):
    def cost(c):
        return (weights * np.hypot(*(points - c).T)).sum()
    start = np.average(points, axis=0, weights=weights)
    return minimize(cost, start, method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 10000}).x


def ellipse(points, weights):
    covariance = np.cov(points.T, aweights=weights, ddof=0)
    values, vectors = np.linalg.eigh(covariance)
    east, north = vectors[:, 1]
    return np.sqrt(values[::-1]), np.degrees(np.arctan2(east, north)) % 180


print("scipy", scipy.__version__)
for name, points, weights in [("eleven", POINTS, np.ones(11)), ("weighted", POINTS, WEIGHTS), ("ebdon", EBDON, np.ones(8))]:
    mean = np.average(points, axis=0, weights=weights)
    squares = (weights * ((points - mean) ** 2).sum(axis=1)).sum()
    n = weights.sum()
    print(name, "mean", *map(repr, mean.tolist()))
    print(name, "standard distance", repr(float((squares / n) ** 0.5)), "crimestat", repr(float((squares / (n - 2)) ** 0.5)))
    axes, azimuth = ellipse(points, weights)
    print(name, "axes", *map(repr, axes.tolist()), "azimuth", repr(float(azimuth)))
    print(name, "minimum distance", *map(repr, least(points, weights).tolist()))
    if (weights == 1).all():
        print(name, "pointpats", repr(float(centrography.std_distance(points))),
              *map(float, centrography.ellipse(points, method="crimestat")))

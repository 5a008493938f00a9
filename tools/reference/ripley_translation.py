"""Ripley's K with the translation correction on an L with a hole, from the definition, by shapely 2.1: exact set covariance.

spatstat takes the set covariance of a polygon from a pixel image; this does not. Points and window are those of ripley.R.
"""
import numpy as np
from shapely import affinity
from shapely.geometry import Point, Polygon

X = np.array([350, 487, 637, 775, 825, 87, 237, 400, 575, 737, 62, 212, 325, 450, 650, 900, 337, 462, 600, 800, 938, 150, 350,
              562, 725, 862, 987, 62, 175, 337, 462, 525, 737, 862, 237, 637, 775, 900, 175, 350, 462, 625.0])
Y = np.array([25, 87, 50, 25, 125, 187, 150, 162, 212, 237, 362, 337, 287, 287, 362, 262, 462, 425, 475, 387, 400, 500, 600,
              575, 512, 525, 512, 750, 650, 750, 750, 650, 687, 637, 787, 812, 850, 775, 912, 962, 900, 950.0])
ELL = Polygon([(0, 0), (1000, 0), (1000, 400), (450, 550), (450, 1000), (0, 1000)],
              [[(300, 100), (300, 250), (500, 250), (500, 100)]])

points = np.array([(x, y) for x, y in zip(X, Y) if ELL.covers(Point(x, y))])
n, area = len(points), ELL.area
weights, distances = [], []
for i in range(n):
    for j in range(n):
        if i != j:
            dx, dy = points[i] - points[j]
            weights.append(area / ELL.intersection(affinity.translate(ELL, dx, dy)).area)
            distances.append(np.hypot(dx, dy))
weights, distances = np.array(weights), np.array(distances)
for r in (61.6, 123.2, 246.4):
    print(n, r, repr(float(area / (n * (n - 1)) * weights[distances <= r].sum())))

"""Lasting, recent and former hot spots from esda's Gi* and SciPy's false discovery control, for HotSpotClassificationTests.

The shares are read off the documentation of sfhotspot's hotspot_classify (MIT): persistent where at least 80 % of all periods
are hot; emerging where at least 20 % of the recent ones are and less than 10 % of those before; former where at least
10 % of those before are and less than 10 % of the recent ones; intermittent where at least 10 % of all are.

    pip install esda==2.9.0 libpysal==4.14.1 scipy==1.17.1 numpy==2.4.6 && python tools/reference/classification.py
"""
import warnings

warnings.filterwarnings("ignore")
import esda
import libpysal
import numpy as np
import scipy
from scipy.stats import false_discovery_control, norm

print("esda", esda.__version__, "libpysal", libpysal.__version__, "scipy", scipy.__version__, "numpy", np.__version__)
side, periods = 8, 10
t, r, c = np.meshgrid(np.arange(periods), np.arange(side), np.arange(side), indexing="ij")
v = ((7 * c + 3 * r + 5 * t + c * r * t) % 4).astype(float)
v[:, 1:3, 1:3] += 9
v[:6, 1:3, 6:8] += 9
v[8:, 5:7, 5:7] += 9
v[1::3, 5:7, 0:2] += 9
w = libpysal.weights.lat2W(side, side, rook=False)
w = libpysal.weights.fill_diagonal(w)
scores = np.array([esda.G_Local(v[k].ravel(), w, transform="B", star=True, permutations=0).Zs for k in range(periods)])
q = false_discovery_control((2 * norm.sf(np.abs(scores))).ravel()).reshape(scores.shape)
print("z", [(p, cell, repr(float(scores[p, cell]))) for p, cell in [(0, 0), (3, 9), (5, 15), (9, 45), (4, 40)]])


def category(marked):
    recent, before = marked[-2:], marked[:-2]
    if marked.mean() >= 0.8:
        return "P"
    if before.mean() < 0.1 and recent.mean() >= 0.2:
        return "E"
    if before.mean() >= 0.1 and recent.mean() < 0.1:
        return "F"
    return "I" if marked.mean() >= 0.1 else "."


letters = []
for cell in range(side * side):
    hot = category((q[:, cell] <= 0.05) & (scores[:, cell] > 0))
    cold = category((q[:, cell] <= 0.05) & (scores[:, cell] < 0)).lower()
    letters.append("M" if hot != "." and cold != "." else hot if hot != "." else cold)
for row in range(side):
    print("".join(letters[row * side:(row + 1) * side]))
print("nearest to the limit:", repr(float(np.abs(q - 0.05).min())))

"""Mann-Kendall by pymannkendall, and space-time Gi* worked out with NumPy, written apart from Faro.

    pip install pymannkendall==1.4.3 numpy==2.4.6 && python tools/reference/emerging.py
"""
import importlib.metadata
import numpy as np
import pymannkendall as mk

print("pymannkendall", importlib.metadata.version("pymannkendall"), "numpy", np.__version__)
for series in ([1, 3, 2, 5, 4, 6, 7, 8], [5, 5, 4, 4, 3, 9, 1, 1, 0, 0], [2, 2, 2, 2], [1, 2], [0, 0, 0, 1, 0, 2, 2, 3],
               [(i * i * 7) % 11 for i in range(24)]):
    r = mk.original_test(series)
    print(series, r.s, repr(float(r.var_s)), repr(float(r.z)), repr(float(r.p)))

# A cube of 4 x 5 cells and 6 periods; cell (0, 0) is outside. Neighbours: the eight around and itself, this period and the one before.
rows, columns, periods = 4, 5, 6
v = np.array([[[(7 * c + 3 * r + 5 * t + c * r * t) % 9 for c in range(columns)] for r in range(rows)] for t in range(periods)], float)
inside = np.ones((rows, columns), bool)
inside[0, 0] = False
v[:, ~inside] = 0
n = inside.sum() * periods
mean = v.sum() / n
s = np.sqrt((v[:, inside] ** 2).sum() / n - mean**2)
for t, r, c in [(0, 0, 1), (0, 2, 2), (3, 1, 1), (5, 3, 4), (5, 1, 3)]:
    own = [(a, b, d) for a in (t - 1, t) if a >= 0 for b in range(max(0, r - 1), min(rows, r + 2))
           for d in range(max(0, c - 1), min(columns, c + 2)) if inside[b, d]]
    w = len(own)
    z = (sum(v[o] for o in own) - mean * w) / (s * np.sqrt((n * w - w * w) / (n - 1)))
    print(t, r, c, w, repr(float(z)))

"""Reference values for the statistics of spatial association, by PySAL (esda 2.9.0, libpysal 4.14.1) and SciPy 1.17.1.

    pip install esda==2.9.0 libpysal==4.14.1 scipy==1.17.1
    python tools/reference/association.py

The sample is a lattice of 6 columns and 5 rows, numbered row by row, with the values below.
"""
import warnings
warnings.filterwarnings("ignore")
import numpy as np, libpysal, esda
from scipy.stats import false_discovery_control

X = np.array([3, 5, 8, 2, 0, 1, 4, 9, 12, 3, 1, 0, 2, 7, 10, 4, 2, 2, 0, 3, 5, 6, 3, 8, 1, 0, 2, 4, 9, 11], float)
show = lambda name, v: print(name, [float(f"{a:.12g}") for a in np.atleast_1d(v)])

for rook in (True, False):
    name = "rook" if rook else "queen"
    w = lambda: libpysal.weights.lat2W(5, 6, rook=rook)
    show(name + " Gi* z", esda.G_Local(X, w(), transform="B", permutations=0, star=True).Zs)
    show(name + " Gi z", esda.G_Local(X, w(), transform="B", permutations=0, star=False).Zs)
    local = esda.Moran_Local(X, w(), transformation="r", permutations=9, seed=1)
    show(name + " local I", local.Is)
    # esda's I has the divisor n - 1, its moments have n: put on one footing here.
    show(name + " local z", (local.Is * 30 / 29 - local.EIc) / np.sqrt(local.VIc))
    for transform in "br":
        m = esda.Moran(X, w(), transformation=transform, permutations=0)
        show(f"{name} {transform} Moran I EI VI_rand VI_norm p_rand", [m.I, m.EI, m.VI_rand, m.VI_norm, m.p_rand])
        g = esda.Geary(X, w(), transformation=transform, permutations=0)
        show(f"{name} {transform} Geary C VC_rand VC_norm", [g.C, g.VC_rand, g.VC_norm])
    g = esda.G(X, w(), permutations=0)
    show(name + " G EG VG z", [g.G, g.EG, g.VG, g.z_norm])

places = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
y = np.array([2, 3, 3.2, 5, 8, 7])
band = libpysal.weights.DistanceBand(places, threshold=15)
show("six points Gi* z", esda.G_Local(y, band, transform="B", permutations=0, star=True).Zs)
show("six points Gi z", esda.G_Local(y, band, transform="B", permutations=0, star=False).Zs)

# The docstring's own numbers of esda.smoothing.assuncao_rate.
e, b = np.array([30, 25, 25, 15, 33, 21, 30, 20]), np.array([100, 100, 110, 90, 100, 90, 110, 90])
show("assuncao_rate", esda.smoothing.assuncao_rate(e, b))
e = np.array([30, 25, 25, 5, 60, 21, 30, 20])  # with more between areas than chance explains
ring = libpysal.weights.lat2W(2, 4)
show("Moran_Local_Rate I", esda.Moran_Local_Rate(e, b, ring, permutations=9).Is)

p = [0.01, 0.02, 0.2, 0.04, 0.5, 0.003, 0.02, 0.8]
show("BH", false_discovery_control(p, method="bh"))
show("BY", false_discovery_control(p, method="by"))

rng = np.random.default_rng(7)
q = np.round(rng.uniform(0, 100, (12, 2)), 1)
print("places", q.tolist())
for k in (2, 4): print("nearest", k, {i: sorted(n) for i, n in libpysal.weights.KNN(q, k=k).neighbors.items()})
print("band 30", {i: sorted(n) for i, n in libpysal.weights.DistanceBand(q, 30).neighbors.items()})

# Conditional permutations: the shares that a great many deals tend to. Without ties, which esda counts as less extreme on
# the lower side.
Y = X + np.sqrt(np.arange(1, 31)) / 10
queen = lambda: libpysal.weights.lat2W(5, 6, rook=False)
many = esda.Moran_Local(Y, queen(), transformation="r", permutations=99999, seed=3, n_jobs=1)
show("queen local Moran pseudo p, 99999", many.p_sim)
many = esda.G_Local(Y, queen(), transform="B", permutations=99999, star=True, seed=3, n_jobs=1)
show("queen Gi* pseudo p, 99999", many.p_sim)

"""Knox and Mantel by pointpats, for Tests/HotspotsTests/SpaceTime.

    pip install pointpats==2.5.5 numpy==2.4.6 && python tools/reference/near_repeat.py
"""
import numpy as np
import pointpats
from pointpats import spacetime

i = np.arange(150)
x, y, t = (i * 7919 % 1000).astype(float), (i * 104729 % 997).astype(float), (i * i * 31 % 365).astype(float)
# Every fifth incident repeats the one before it, 10 m off and three days later.
for k in range(5, 150, 5):
    x[k], y[k], t[k] = x[k - 1] + 6, y[k - 1] + 8, t[k - 1] + 3
s, c = np.column_stack([x, y]), t.reshape(-1, 1)
print("pointpats", pointpats.__version__, "numpy", np.__version__)
np.random.seed(1)
for delta, tau in [(50.0, 7.0), (100.0, 14.0), (300.0, 60.0)]:
    r = spacetime._knox(s, c, delta, tau, permutations=9999, keep=True)
    print("knox", delta, tau, r["ns"], r["nt"], r["nst"], repr(float(r["expected"][0, 0])), repr(float(r["p_value_sim"])),
          repr(float(r["st_perm"].mean())))
for scon, spow, tcon, tpow in [(0.0, 1.0, 0.0, 1.0), (1.0, -1.0, 1.0, -1.0), (50.0, -1.0, 7.0, -1.0)]:
    r = spacetime.mantel(s, c, 999, scon=scon, spow=spow, tcon=tcon, tpow=tpow)
    print("mantel", scon, spow, tcon, tpow, repr(float(r["stat"])), r["pvalue"])

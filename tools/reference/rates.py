"""Empirical Bayes by esda, funnel limits and Poisson quantiles by SciPy, for Tests/HotspotsTests/Rates and StatisticsTests.

    pip install esda==2.9.0 libpysal==4.14.1 scipy==1.17.1 mpmath && python tools/reference/rates.py
"""
import mpmath
import numpy as np
import scipy
from scipy import special, stats
import esda
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes
from libpysal.weights import W

e = np.array([12, 3, 45, 8, 0, 22, 7, 90, 15, 4.0])
b = np.array([5200, 2400, 8000, 6100, 900, 7400, 3600, 11800, 2900, 5000.0])
# A ring of ten areas, each with the two beside it.
w = W({i: [(i - 1) % 10, (i + 1) % 10] for i in range(10)}, id_order=list(range(10)))
print("esda", esda.__version__, "scipy", scipy.__version__)
print("global", [repr(float(v)) for v in np.ravel(Empirical_Bayes(e, b).r)])
print("local", [repr(float(v)) for v in np.ravel(Spatial_Empirical_Bayes(e, b, w).r)])

target = 206 / 53300
print("funnel, population and limits of 0.001, 0.025, 0.975, 0.999")
for population in (900.0, 5200.0, 11800.0):
    mean = target * population
    row = []
    for p in (0.001, 0.025, 0.975, 0.999):
        r = stats.poisson.ppf(p, mean)
        row.append(float((r - (stats.poisson.cdf(r, mean) - p) / stats.poisson.pmf(r, mean)) / population))
    print(population, [repr(v) for v in row])
print("normal", [repr(float(target + stats.norm.ppf(p) * np.sqrt(target / 5200))) for p in (0.001, 0.025, 0.975, 0.999)])

print("gammaincc")
for a, x in ((0.5, 0.2), (1, 3), (10, 4), (10, 25), (100, 100), (1e4, 1.01e4), (1e6, 999000.0), (30, 200)):
    print(a, x, repr(float(special.gammainc(a, x))), repr(float(special.gammaincc(a, x))))
print("poisson ppf")
for mean in (0.1, 1, 3.5, 40, 1e3, 1e6):
    print(mean, [int(stats.poisson.ppf(p, mean)) for p in (1e-9, 0.001, 0.025, 0.5, 0.975, 0.999, 1 - 1e-9)])
# SciPy's own loses seven digits at a million.
mpmath.mp.dps = 40
pmf = lambda k, m: mpmath.exp(k * mpmath.log(m) - m - mpmath.loggamma(k + 1))
print("poisson pmf, mpmath", mpmath.__version__, [repr(float(pmf(k, mpmath.mpf(m)))) for k, m in ((0, 0.5), (3, 2), (40, 35.5), (1000, 1010), (10**6, 10**6))])

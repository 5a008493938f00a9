"""Reference values for the tests of Hotspots/Density: scipy, scikit-learn and statsmodels.

Run: python tools/reference/density.py (numpy, scipy, scikit-learn, statsmodels). Prints versions and values.
"""
import math

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import integrate, stats
from sklearn.neighbors import KernelDensity
from statsmodels.nonparametric.kernel_density import KDEMultivariate

print("numpy", np.__version__, "scipy", scipy.__version__, "scikit-learn", sklearn.__version__,
      "statsmodels", statsmodels.__version__)

# The twelve incidents of BandwidthRuleTests, two of them at one place.
X = np.array([366100, 366420, 367050, 368300, 366100, 365200, 369900, 367700, 366980, 364050, 367310, 366640], float)
Y = np.array([2840250, 2840900, 2839800, 2841700, 2840250, 2842100, 2838600, 2840010, 2843400, 2839120, 2840555, 2841330],
             float)
P = np.column_stack((X, Y))
N = len(P)
D = np.hypot(X[:, None] - X, Y[:, None] - Y)


def kernel(name, d, h):
    u = d / h
    if name == "quartic":
        return np.where(u < 1, 3 / (math.pi * h * h) * (1 - u * u) ** 2, 0)
    if name == "epanechnikov":
        return np.where(u < 1, 2 / (math.pi * h * h) * (1 - u * u), 0)
    if name == "triangular":
        return np.where(u < 1, 3 / (math.pi * h * h) * (1 - u), 0)
    if name == "uniform":
        return np.where(u < 1, 1 / (math.pi * h * h), 0)
    return np.exp(-u * u / 2) / (2 * math.pi * h * h)


print("\n# leave-one-out mean log likelihood, h = 1500 (gaussian: also by scikit-learn and statsmodels)")
for name in ("quartic", "gaussian", "triangular", "epanechnikov", "uniform"):
    for h in (1500.0, 4000.0):
        K = kernel(name, D, h)
        f = (K.sum(1) - np.diag(K)) / (N - 1)
        print(name, h, repr(float(np.log(f).mean())) if (f > 0).all() else None)
loo = [KernelDensity(bandwidth=1500, kernel="gaussian").fit(np.delete(P, i, 0)).score_samples(P[i:i + 1])[0] for i in range(N)]
print("scikit-learn gaussian 1500", repr(float(np.mean(loo))))
loo = [KernelDensity(bandwidth=100, kernel="gaussian").fit(np.delete(P, i, 0)).score_samples(P[i:i + 1])[0] for i in range(N)]
print("scikit-learn gaussian 100 (most incidents many deviations from the next)", repr(float(np.mean(loo))))
loo = [KernelDensity(bandwidth=4000, kernel="epanechnikov").fit(np.delete(P, i, 0)).score_samples(P[i:i + 1])[0] for i in range(N)]
print("scikit-learn epanechnikov 4000", repr(float(np.mean(loo))))
model = KDEMultivariate(P, var_type="cc", bw=[1500, 1500])
print("statsmodels gaussian 1500", repr(float(-model.loo_likelihood(np.array([1500.0, 1500.0]), np.log) / N)),
      "(minus its loo_likelihood / n: not divided by n - 1, so ln 11 above the mean)")
best = scipy.optimize.minimize_scalar(
    lambda h: KDEMultivariate(P, var_type="cc", bw=[h, h]).loo_likelihood(np.array([h, h]), np.log), bounds=(300, 4000),
    method="bounded", options={"xatol": 1e-3})
print("statsmodels best bandwidth by likelihood", repr(float(best.x)))

print("\n# least squares cross-validation: statsmodels' imse, gaussian; uniform with the lens by hand")
imse = lambda h: KDEMultivariate(P, var_type="cc", bw=[h, h]).imse(np.array([h, h]))
for h in (500.0, 1500.0):
    KK = np.exp(-D ** 2 / (4 * h * h)) / (4 * math.pi * h * h)
    K = kernel("gaussian", D, h)
    own = KK.sum() / N ** 2 - 2 * (K.sum() - np.trace(K)) / (N * (N - 1))
    print("gaussian", h, "by definition", repr(float(own)), "statsmodels imse", repr(float(imse(h))))
best = scipy.optimize.minimize_scalar(imse, bounds=(300, 6000), method="bounded", options={"xatol": 1e-3})
print("statsmodels best bandwidth by imse", repr(float(best.x)))
h = 1500.0
# The area that two discs share, by integration.
def lens(d, h):
    if d >= 2 * h:
        return 0.0
    return 4 * integrate.quad(lambda x: math.sqrt(max(0, h * h - x * x)), d / 2, h)[0]
KK = np.array([[lens(d, h) / (math.pi * h * h) ** 2 for d in row] for row in D])
K = kernel("uniform", D, h)
print("uniform 1500 by definition", repr(float(KK.sum() / N ** 2 - 2 * (K.sum() - np.trace(K)) / (N * (N - 1)))))

print("\n# edge shares: half plane at t bandwidths inside the border, and a rectangle")
print("gaussian half plane", [repr(float(stats.norm.cdf(t))) for t in (0.0, 0.5, 1.0)])
marginal = lambda x: 16 / (5 * math.pi) * (1 - x * x) ** 2.5
print("quartic half plane", [repr(0.5 + integrate.quad(marginal, 0, t)[0]) for t in (0.0, 0.25, 0.5)])
# A rectangle of 1.2 by 0.8 bandwidths, the place 0.3 from its western and 0.2 from its southern side.
quartic = lambda y, x: 3 / math.pi * max(0, 1 - x * x - y * y) ** 2
print("quartic rectangle", repr(integrate.dblquad(quartic, -0.3, 0.9, -0.2, 0.6, epsabs=1e-12)[0]))
g = stats.norm.cdf
print("gaussian rectangle", repr(float((g(0.9) - g(-0.3)) * (g(0.6) - g(-0.2)))))

print("\n# Abramson (bw.abram of spatstat: h0 * pmin(pilot^-0.5 / gamma, trim)), quartic, h0 = 1200, pilot 2000")
pilot = kernel("quartic", D, 2000.0).sum(1) / N
gamma = math.exp(np.mean(np.log(pilot ** -0.5)))
for trim in (5, 1.1):
    bw = 1200 * np.minimum(pilot ** -0.5 / gamma, trim)
    print("trim", trim, "gamma", repr(gamma), "least", repr(float(bw.min())), "greatest", repr(float(bw.max())))
cells = [(366500.0, 2840500.0), (367000.0, 2841000.0), (365000.0, 2839000.0)]
bw = 1200 * np.minimum(pilot ** -0.5 / gamma, 5)
for name in ("quartic", "gaussian", "triangular", "epanechnikov", "uniform"):
    pilot = kernel(name, D, 2000.0).sum(1) / N
    gamma = math.exp(np.mean(np.log(pilot ** -0.5)))
    bw = 1200 * np.minimum(pilot ** -0.5 / gamma, 5)
    print("abramson", name, [repr(float(sum(kernel(name, np.hypot(X - a, Y - b), bw)) * 1e6)) for a, b in cells])
kth = np.sort(D, 1)[:, 3]
print("k-nearest 3: least, greatest", repr(float(kth.min())), repr(float(kth.max())))
print("k-nearest 3 quartic", [repr(float(sum(kernel("quartic", np.hypot(X - a, Y - b), kth)) * 1e6)) for a, b in cells])

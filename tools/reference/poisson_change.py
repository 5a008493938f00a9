"""The E-test of two Poisson means by SciPy, for Tests/StatisticsTests/PoissonETestTests.swift.

    pip install scipy==1.17.1 && python tools/reference/poisson_change.py
"""
import numpy as np
import scipy
from scipy.stats import poisson, poisson_means_test

print("scipy", scipy.__version__)
for first, exposure, second, other in [
    (20, 1, 10, 1), (6, 1, 2, 1), (25, 1, 16, 1), (9, 1, 4, 1), (3, 2, 10, 5), (0, 1, 4, 1), (120, 365, 80, 365),
    (14, 30, 310, 365), (1, 1, 0, 1), (1000, 1, 1100, 1), (7, 0.25, 9, 3),
]:
    result = poisson_means_test(first, exposure, second, other)
    print(first, exposure, second, other, repr(float(result.statistic)), repr(float(result.pvalue)))

# Pairs exactly as extreme as the one observed, such as (80, 120) for (120, 80), must count; SciPy loses some to rounding.
x = np.arange(0, 400.0)
first, second = np.meshgrid(x, x, indexing="ij")
statistic = np.where(first + second > 0, (first - second) / np.sqrt(np.maximum(first + second, 1)), 0)
likely = np.outer(poisson.pmf(x, 100), poisson.pmf(x, 100))
print("120 80 whole sum", repr(float(likely[np.abs(statistic) >= 40 / np.sqrt(200) * (1 - 1e-12)].sum())))

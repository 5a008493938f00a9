"""Space-time densities from scikit-learn's kernels, one incident at a time, for SpaceTimeKernelDensityTests.

    pip install scikit-learn==1.9.1 numpy==2.4.6 && python tools/reference/space_time_density.py
"""
import numpy as np
import sklearn
from sklearn.neighbors import KernelDensity

print("scikit-learn", sklearn.__version__, "numpy", np.__version__)
i = np.arange(60)
x, y, day = (i * 7919 % 2000).astype(float), (i * 104729 % 1997).astype(float), (i * i * 31 % 90).astype(float)


def kernel(name, bandwidth, offsets):
    """The kernel itself: the density of a single incident at the origin."""
    fitted = KernelDensity(kernel=name, bandwidth=bandwidth).fit(np.zeros((1, offsets.shape[1])))
    return np.exp(fitted.score_samples(offsets))


for space, time, metres, days in [("epanechnikov", "epanechnikov", 450.0, 12.0), ("gaussian", "epanechnikov", 150.0, 20.0),
                                  ("tophat", "tophat", 450.0, 10.25)]:
    for moment, column, row in [(10.0, 3, 4), (31.5, 10, 10), (60.25, 15, 7)]:
        place = np.column_stack([x - (column * 100 + 50), y - (row * 100 + 50)])
        value = (kernel(space, metres, place) * kernel(time, days, (day - moment).reshape(-1, 1))).sum() * 1e6
        print(space, time, metres, days, moment, column, row, repr(float(value)))

"""A self-exciting process fitted by greatest likelihood: hawkesbook's log-likelihood, maximised by SciPy, for SelfExcitingTests.

Faro finds the rates by expectation and maximisation and takes ω from the delays alone. Both agree where nothing happens
for so long before the end of the data that nothing more is to come of it, as here.

    pip install hawkesbook==0.1.0 numpy==2.4.6 scipy==1.17.1 && python tools/reference/self_exciting.py
"""
import importlib.metadata
import numpy as np
import scipy
from hawkesbook import exp_em, exp_log_likelihood
from scipy.optimize import minimize

print("hawkesbook", importlib.metadata.version("hawkesbook"), "numpy", np.__version__, "scipy", scipy.__version__)
T = 400.0


def times(cell):
    """Thirty incidents in eighths of a day; every second one is followed by another, every fourth by two more."""
    found = set()
    for k in range(30):
        parent = k * (53 + 2 * cell) % 361 + cell / 8
        found.add(parent)
        if k % 2 == 0:
            found.add(parent + 0.625)
        if k % 4 == 0:
            found.add(parent + 1.25)
            found.add(parent + 2.5)
    return np.array(sorted(found))


cells = [times(c) for c in range(3)]
print("incidents", [len(c) for c in cells], "last", max(c[-1] for c in cells))


def loss(logs):
    *rates, theta, omega = np.exp(logs)
    return -sum(exp_log_likelihood(t, T, np.array([rate, theta * omega, omega])) for t, rate in zip(cells, rates))


best = minimize(loss, np.log([0.1, 0.1, 0.1, 0.3, 0.5]), method="Nelder-Mead",
                options=dict(xatol=1e-12, fatol=1e-13, maxiter=100000, maxfev=100000))
best = minimize(loss, best.x, method="BFGS", options=dict(gtol=1e-9))
print("three cells: rates, theta, omega", [repr(float(v)) for v in np.exp(best.x)])
rate, alpha, omega = exp_em(cells[0], T, np.array([0.1, 0.2, 0.5]), iters=20000)
print("one cell by exp_em: rate, theta, omega", repr(float(rate)), repr(float(alpha / omega)), repr(float(omega)))

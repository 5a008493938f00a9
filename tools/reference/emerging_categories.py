"""The categories of emerging hot spots, worded by Esri and put into Python apart from Faro, for EmergingHotSpotsTests.

Esri, "How Emerging Hot Spot Analysis works" (ArcGIS Pro). All series of five periods, each hot (+), cold (-) or neither, and one of
ten periods per rule that five cannot show; the trend of the scores is pymannkendall's.

    pip install pymannkendall==1.4.3 numpy==2.4.6 && python tools/reference/emerging_categories.py
"""
import importlib.metadata
import itertools
import numpy as np
import pymannkendall as mk

print("pymannkendall", importlib.metadata.version("pymannkendall"), "numpy", np.__version__)


def scores(states):
    """Threes for hot and cold, and a little more or less, different for each series."""
    code = sum((s + 1) * 3**k for k, s in enumerate(states))
    return [3 * s + ((7 * k * k + code * k) % 11) / 10 for k, s in enumerate(states)]


def hot(states, z):
    n, times = len(states), sum(s > 0 for s in states)
    final, share = states[-1] > 0, sum(s > 0 for s in states) / len(states)
    trend = mk.original_test(z)
    rises = 0 if trend.p > 0.05 else np.sign(trend.s)
    if final and not any(s > 0 for s in states[:-1]):
        return "new"
    first = next((k for k, s in enumerate(states) if s > 0), n)
    if final and times >= 2 and all(s > 0 for s in states[first:]) and share < 0.9:
        return "consecutive"
    if share >= 0.9 and final and rises > 0:
        return "intensifying"
    if share >= 0.9 and final and rises == 0:
        return "persistent"
    if share >= 0.9 and final and rises < 0:
        return "diminishing"
    if share >= 0.9:
        return "historical"
    if times > 0 and share < 0.9 and not any(s < 0 for s in states):
        return "sporadic"
    if final and share < 0.9 and any(s < 0 for s in states):
        return "oscillating"
    return None


letter = dict(new="n", consecutive="c", intensifying="i", persistent="p", diminishing="d", sporadic="s", oscillating="o",
              historical="h")


def category(states):
    z = scores(states)
    found = {"+": hot(states, z), "-": hot([-s for s in states], [-v for v in z])}
    sides = [side for side in ("-+" if states[-1] < 0 else "+-") if found[side]]
    if not sides:
        return "."
    return letter[found[sides[0]]].upper() if sides[0] == "+" else letter[found[sides[0]]]


line = "".join(category(list(states)) for states in itertools.product([-1, 0, 1], repeat=5))
for k in range(0, len(line), 81):
    print(line[k:k + 81])
mark = {"+": 1, "-": -1, ".": 0}
for marks in ["++++++++++", "+++++++++.", ".+++++++++", "+++++++++-", "++++.+++++", "----------", "-----++-+-", "........++"]:
    print(marks, category([mark[m] for m in marks]))

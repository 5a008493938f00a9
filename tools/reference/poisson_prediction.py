"""Prediction intervals of one Poisson count from an earlier total (Nelson 1970), by scipy's negative binomial distribution.

scipy 1.x: python3 poisson_prediction.py prints total, periods, low, high for the tests of PoissonPrediction.
"""
import scipy
from scipy.stats import binom


def interval(total, periods, tail=0.025):
    """By the definition: a count is in unless so few, or so many, are too improbable given the sum of both."""
    share = 1 / (periods + 1)
    low = 0
    while total > 0 and binom.cdf(low, low + total, share) <= tail:
        low += 1
    high = 0
    while binom.sf(high, high + 1 + total, share) > tail:
        high += 1
    return low, high


if __name__ == "__main__":
    print("scipy", scipy.__version__)
    for total, periods in [(0, 36), (1, 36), (36, 36), (108, 36), (360, 36), (24, 5), (7, 3), (1000, 1), (36000, 36), (0, 1)]:
        print(total, periods, *interval(total, periods))

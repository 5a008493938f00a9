# The scan's log likelihood ratio by spatstat.explore 3.0-6 (Debian bookworm: r-cran-spatstat.explore), for SpaceTimeScanTests.
# Its statistic is twice the logarithm.
suppressMessages(library(spatstat.explore))
for (case in list(c(12, 5, 100), c(192, 39.6, 221346), c(3, 0.05, 40), c(40, 22.5, 40), c(7, 9, 50)))
  cat(case, sprintf("%.15g", spatstat.explore:::scanPoisLRTS(case[1], case[3], case[2], case[3], "greater") / 2), "\n")

# PAI, PEI, RRI and the weighted displacement difference by ptools 1.0.2 (github.com/apwheele/ptools), for
# PredictionEvaluationTests and WeightedDisplacementDifferenceTests. Only its files R/pai.R and R/wdd.R are needed:
#
#     Rscript tools/reference/ptools.R FOLDER_OF_PTOOLS/R
folder <- commandArgs(trailingOnly = TRUE)[1]
source(file.path(folder, "pai.R"))
invisible(capture.output(source(file.path(folder, "wdd.R"))))
cat(R.version.string, "\n")

# Forty units, some of them predicted alike; then of three sizes, where none are.
i <- 0:39
units <- data.frame(observed = (i * i * 7) %% 11, alike = ((i * 5) %% 9 + 1) / 2, unlike = ((i * 17) %% 41 + 1) / 4,
                    one = 1, area = c(1, 1.9, 0.53)[i %% 3 + 1])
for (area in c("one", "area")) {
  table <- pai(units, "observed", if (area == "one") "alike" else "unlike", area)
  cat(area, "\n")
  for (n in c(2, 4, 8, 20, 40))
    with(table[n, ], cat(n, sprintf("%.15g", c(PCumArea, CumCount, CumPred, PAI, PEI, RRI)), "\n"))
}
show <- function(...) {
  invisible(capture.output(r <- wdd(..., alpha = 0.05)))
  cat(names(r), "\n", sprintf("%.15g", r), "\n")
}
show(c(100, 90), c(100, 80))
show(c(20, 20), c(20, 10))
show(c(308, 318), c(207, 110), area_weights = c(0.9, 1.2, 1, 1))
# The ring of the control stays empty: in this version a bracket of its variance is misplaced. With both rings, the tests have the
# figures of the article, which are those of ptools' own tests (tests/testthat/test-wdd.R).
show(c(308, 318), c(207, 110), c(0, 0), c(178, 157))

# Ripley's K by spatstat.explore 3.0-6 (Debian bookworm: r-cran-spatstat.explore), for RipleyKTests.
# Distances up to 246.4 m, so that no pair and no border is exactly as far: there spatstat is not of one mind.
# `cells` is spatstat.data's public sample: 42 cell centres, Ripley (1977), after Crick & Lawrence (1975).
suppressMessages({library(spatstat.explore); library(spatstat.data)})
show <- function(X, r, name) {
  K <- as.data.frame(Kest(X, r = r, correction = c("none", "border", "translate", "isotropic"), nlarge = Inf))
  keep <- K[c(6, 11, 21), ]
  for (column in c("r", "un", "border", "trans", "iso"))
    cat(name, column, sprintf("%.15g", keep[[column]]), "\n")
}
# Scaled to a kilometre, as Faro works in metres.
X <- ppp(cells$x * 1000, cells$y * 1000, window = owin(c(0, 1000), c(0, 1000)))
cat("x", paste(X$x, collapse = ", "), "\n"); cat("y", paste(X$y, collapse = ", "), "\n")
show(X, seq(0, 246.4, length.out = 21), "cells")
# An L with a hole: 0 inside the hole (300..500, 100..250).
L <- owin(poly = list(list(x = c(0, 1000, 1000, 450, 450, 0), y = c(0, 0, 400, 550, 1000, 1000)),
                      list(x = c(300, 300, 500, 500), y = c(100, 250, 250, 100))))
Y <- ppp(cells$x * 1000, cells$y * 1000, window = L)   # warns: points outside are rejected
Y <- as.ppp(Y)
cat("inside", npoints(Y), "area", sprintf("%.15g", area(L)), "\n")
show(Y, seq(0, 246.4, length.out = 21), "ell")
cat("nearest neighbours", sprintf("%.15g", mean(nndist(X))), sprintf("%.15g", mean(nndist(X, k = 3))), "\n")
print(clarkevans.test(X, correction = "none", alternative = "two.sided", method = "asymptotic"))
cat(sprintf("%.15g", clarkevans.test(X, correction = "none", method = "asymptotic")$statistic), "\n")
# The border correction by its definition, from spatstat's distances.
b <- bdist.points(Y); D <- pairdist(Y); diag(D) <- Inf
for (r in c(123.2, 246.4)) cat("ell border", r, sprintf("%.15g", area(L) / (npoints(Y) - 1) * sum(D[b >= r, ] <= r) / sum(b >= r)), "\n")

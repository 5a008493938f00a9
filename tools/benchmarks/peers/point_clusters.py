"""Which clusters do points form by DBSCAN, 20 points within 25 m?   point_clusters.py <peer> <folder> <n>"""
import os

import measuring


def scikit_learn(folder, count):
    import numpy
    import sklearn
    from sklearn.cluster import DBSCAN

    points = numpy.array(measuring.column(folder, f"pts_{count}.xy.f64", "d")).reshape(-1, 2)

    def work():
        return DBSCAN(eps=25.0, min_samples=20, n_jobs=os.cpu_count()).fit(points)

    def check(found):
        cores = numpy.bincount(found.labels_[found.core_sample_indices_])
        return {"clusters": len(cores), "noise": int((found.labels_ < 0).sum()), "cores": int(cores.sum()),
                "split": int((cores**2).sum())}

    return f"scikit-learn {sklearn.__version__}", work, check


if __name__ == "__main__":
    measuring.report({"scikit-learn": scikit_learn})

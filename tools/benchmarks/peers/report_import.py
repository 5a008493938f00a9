"""How long does a CSV of reports take to become a GeoPackage?   report_import.py ogr2ogr <folder> <n>"""
import os
import shutil
import sqlite3
import subprocess

import measuring

BOX = (-99.15, -99.10, 19.40, 19.45)


def ogr2ogr(folder, count):
    """Typed columns, points and an R-tree; nothing is placed in areas."""
    if not shutil.which("ogr2ogr"):
        raise ImportError("ogr2ogr is not on the PATH")
    source, store = os.path.join(folder, f"incidents_{count}.csv"), os.path.join(folder, "ogr2ogr.gpkg")
    command = ["ogr2ogr", "-f", "GPKG", store, source, "-nln", "reports", "-a_srs", "EPSG:4326", "-gt", "unlimited",
               "-oo", "AUTODETECT_TYPE=YES", "-oo", "X_POSSIBLE_NAMES=longitud", "-oo", "Y_POSSIBLE_NAMES=latitud",
               "--config", "OGR_SQLITE_SYNCHRONOUS", "OFF"]

    def work():
        if os.path.exists(store):
            os.remove(store)
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)

    def check(_):
        inside = "longitud BETWEEN ? AND ? AND latitud BETWEEN ? AND ?"
        rows, located, total, in_box = sqlite3.connect(store).execute(
            f"SELECT count(*), count(longitud), sum(longitud + latitud), sum({inside}) FROM reports", BOX).fetchone()
        return {"rows": rows, "located": located, "sum": total, "bbox": in_box}

    version = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True).stdout.split(",")[0]
    return version, work, check


if __name__ == "__main__":
    measuring.report({"ogr2ogr": ogr2ogr})

"""How long do points take to become an archive of vector tiles?   tile_pyramids.py tippecanoe <folder> <n>

The question, w4a (every point at every zoom) or w4c (clustered), is the environment's QUESTION.
"""
import json
import os
import shutil
import sqlite3
import subprocess

import measuring

measuring.REPETITIONS = 1  # minutes each

OPTIONS = {
    "w4a": ["-P", "-r1"],
    "w4c": ["-P", "-r1", "--cluster-distance=10", "--cluster-maxzoom=14"],
}


def binary():
    """On the path, or inside the package of PyPI."""
    if shutil.which("tippecanoe"):
        return "tippecanoe"
    import cubao_tippecanoe

    return os.path.join(os.path.dirname(cubao_tippecanoe.__file__), "__cubao_tippecanoe_tippecanoe.exe")


def tippecanoe(folder, count):
    """Reads GeoJSON lines, both cores, no limits of size; writes MBTiles."""
    question = os.environ["QUESTION"]
    program = binary()
    source, archive = os.path.join(folder, f"pts_{count}.geojsonl"), os.path.join(folder, f"{question}.mbtiles")
    command = [program, "-q", "-f", "-Z8", "-z14", "-o", archive, "-l", "inc", "-t", os.path.abspath(folder),
               *OPTIONS[question], "--no-feature-limit", "--no-tile-size-limit", source]

    def check(_):
        """The points that it read; its tiles have some twice, since it draws them beyond the borders of tiles."""
        metadata = sqlite3.connect(archive).execute("SELECT value FROM metadata WHERE name = 'json'").fetchone()
        return {"points": json.loads(metadata[0])["tilestats"]["layers"][0]["count"]} if question == "w4a" else {}

    version = subprocess.run([program, "--version"], capture_output=True, text=True).stderr.strip()
    return version, lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL), check


if __name__ == "__main__":
    measuring.report({"tippecanoe": tippecanoe})

"""How long do polygons take to become an archive of vector tiles?   area_tiles.py tippecanoe <folder> <layer>"""
import json
import os
import sqlite3
import subprocess

import measuring
import tile_pyramids

measuring.REPETITIONS = 3


def tippecanoe(folder, layer):
    """Reads GeoJSON, keeps the borders that neighbours share, both cores, no limits of size; writes MBTiles."""
    program = tile_pyramids.binary()
    source, archive = os.path.join(folder, f"{layer}.geojson"), os.path.join(folder, "w4p.mbtiles")
    command = [program, "-q", "-f", "-Z8", "-z14", "-o", archive, "-l", "areas", "-t", os.path.abspath(folder),
               "--detect-shared-borders", "--no-feature-limit", "--no-tile-size-limit", source]

    def check(_):
        metadata = sqlite3.connect(archive).execute("SELECT value FROM metadata WHERE name = 'json'").fetchone()
        return {"areas": json.loads(metadata[0])["tilestats"]["layers"][0]["count"]}

    version = subprocess.run([program, "--version"], capture_output=True, text=True).stderr.strip()
    return version, lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL), check


if __name__ == "__main__":
    measuring.report({"tippecanoe": tippecanoe})

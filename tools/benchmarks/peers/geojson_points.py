"""Points with a number and a category each as GeoJSON.   geojson_points.py <peer> <folder> <n>"""
import json
import os

import measuring


def columns(folder, count):
    import numpy

    places = numpy.array(measuring.column(folder, f"pts_{count}.lonlat.f64", "d")).reshape(-1, 2)
    ids = numpy.arange(len(places))
    return places, ids, (ids * 37 % 12).astype(numpy.int32)


def polars(folder, count):
    """One feature a line, put together by the engine's own formatting of columns."""
    import polars

    places, ids, categories = columns(folder, count)
    table = polars.DataFrame({"id": ids, "cat": categories, "x": places[:, 0], "y": places[:, 1]})
    path = os.path.join(folder, "w6g_polars.geojsonl")
    begin, middle = '{"type":"Feature","properties":{"id":', '},"geometry":{"type":"Point","coordinates":['

    def work():
        remove(path)
        parts = [polars.lit(begin), "id", polars.lit(',"cat":'), "cat", polars.lit(middle), "x", polars.lit(","), "y",
                 polars.lit("]}}")]
        table.select(polars.concat_str(parts)).write_csv(path, include_header=False, quote_style="never")

    return f"Polars {polars.__version__}, strings", work, lambda _: check(path)


def pyogrio(folder, count):
    """GDAL's driver, from columns and points made well-known binary beforehand."""
    import pyogrio
    import pyogrio.raw
    import shapely

    places, ids, categories = columns(folder, count)
    points = shapely.to_wkb(shapely.points(places))
    path = os.path.join(folder, "w6g_pyogrio.geojson")

    def work():
        remove(path)
        pyogrio.raw.write(path, points, [ids, categories], ["id", "cat"], geometry_type="Point", crs="EPSG:4326",
                          driver="GeoJSON", COORDINATE_PRECISION=7)

    return f"pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}", work, lambda _: check(path)


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def check(path):
    """Both peers write one feature a line."""
    features, numbers, total = 0, 0, 0.0
    with open(path, encoding="utf-8") as file:
        for line in file:
            if '"Feature"' not in line:
                continue
            feature = json.loads(line.rstrip().rstrip(","))
            features += 1
            numbers += sum(feature["properties"].values())
            total += sum(feature["geometry"]["coordinates"])
    remove(path)
    return {"features": features, "numbers": numbers, "sum": total}


if __name__ == "__main__":
    measuring.report({"polars": polars, "pyogrio": pyogrio})

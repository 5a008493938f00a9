"""In which area of a layer does each point lie?   points_in_areas.py <peer> <folder> <layer> <n>"""
import measuring


def inputs(folder, layer, count):
    import numpy
    import shapely

    corners = numpy.array(measuring.column(folder, f"{layer}.coords.f64", "d")).reshape(-1, 2)
    begins = numpy.array(measuring.column(folder, f"{layer}.offsets.i64", "q"))
    areas = [shapely.Polygon(corners[begin:end]) for begin, end in zip(begins, begins[1:])]
    points = numpy.array(measuring.column(folder, f"pts_{count}.lonlat.f64", "d")).reshape(-1, 2)
    return numpy.array(areas), points


def check(area_of_point):
    """How many points lie in an area, and the sum of (area + 2)(i mod 1000003 + 1), area -1 where there is none."""
    import numpy

    order = numpy.arange(len(area_of_point), dtype=numpy.int64) % 1_000_003 + 1
    terms = (area_of_point.astype(numpy.int64) + 2) * order
    return {"matched": int((area_of_point >= 0).sum()), "sum": int(terms.sum())}


def answer(points, areas, count):
    """One area per point, from pairs in any order."""
    import numpy

    area_of_point = numpy.full(count, -1)
    area_of_point[points] = areas
    return area_of_point


def shapely_tree(folder, layer, count):
    """A tree over the areas' boxes proposes, prepared areas decide."""
    import shapely

    areas, points = inputs(folder, layer, count)

    def work():
        proposed, area = shapely.STRtree(areas).query(shapely.points(points))
        shapely.prepare(areas)
        inside = shapely.contains_xy(areas[area], points[proposed, 0], points[proposed, 1])
        return answer(proposed[inside], area[inside], len(points))

    return f"shapely {shapely.__version__}, GEOS {shapely.geos_version_string}", work, check


def geopandas_join(folder, layer, count):
    import geopandas

    areas, points = inputs(folder, layer, count)

    def work():
        left = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(points[:, 0], points[:, 1]))
        joined = left.sjoin(geopandas.GeoDataFrame(geometry=areas), predicate="within", how="inner")
        return answer(joined.index, joined["index_right"], len(points))

    return f"geopandas {geopandas.__version__}", work, check


def sedonadb(folder, layer, count):
    import geopandas
    import numpy
    import pyarrow
    import sedonadb

    areas, points = inputs(folder, layer, count)
    numbers = numpy.arange(len(areas), dtype=numpy.int32)
    session = sedonadb.connect()
    frame = geopandas.GeoDataFrame({"area": numbers}, geometry=areas, crs=4326)
    session.create_data_frame(frame).to_memtable().to_view("areas")
    table = pyarrow.table({"i": numpy.arange(len(points)), "lon": points[:, 0], "lat": points[:, 1]})
    session.create_data_frame(table).to_view("points")

    def work():
        pairs = session.sql(
            "SELECT i, area FROM points JOIN areas ON ST_Within(ST_SetSRID(ST_Point(lon, lat), 4326), geometry)"
        ).to_arrow_table()
        return answer(pairs["i"].to_numpy(), pairs["area"].to_numpy(), len(points))

    return f"SedonaDB {sedonadb.__version__}", work, check


if __name__ == "__main__":
    measuring.report({"shapely": shapely_tree, "geopandas": geopandas_join, "sedonadb": sedonadb})

"""A fictional city of 40 km by 40 km, the same for the same seed on every machine: its areas, its points, its reports.

Colonias are 50 x 40 cells of a grid whose corners are jittered and whose sides are fractal lines, each shared by the
two cells beside it; municipalities are blocks of 10 x 10 colonias with the same lines. Only the standard library is used.
"""
import array
import datetime
import itertools
import json
import math
import os
import random

SIDE = 40_000.0
COLUMNS, ROWS, BLOCK = 50, 40, 10
SEGMENTS = 32  # of a side of a cell
WEST, SOUTH = -99.30, 19.25
DEGREES_NORTH = 1 / 111_320
DEGREES_EAST = DEGREES_NORTH / math.cos(math.radians(19.43))
CATEGORIES = ["Robo a transeúnte", "Violencia familiar", "Robo de vehículo", "Lesiones", "Narcomenudeo", "Amenazas",
              "Robo a negocio", "Fraude", "Robo a casa habitación", "Daño a la propiedad", "Homicidio", "Extorsión"]


def lonlat(x, y):
    """Degrees with the seven decimals in which such data are published."""
    return round(WEST + x * DEGREES_EAST, 7), round(SOUTH + y * DEGREES_NORTH, 7)


def municipality_of(column, row):
    return row // BLOCK * (COLUMNS // BLOCK) + column // BLOCK


def colonia_name(column, row):
    return f"Colonia {row * COLUMNS + column} de Ñandú"


def municipality_name(column, row):
    return f"Municipio Águila {municipality_of(column, row)}"


# Areas


def write_areas(folder, seed):
    sides = Sides(seed)
    cells = list(itertools.product(range(ROWS), range(COLUMNS)))
    write_layer(folder, "colonias", [(sides.ring(c, r, 1), colonia_name(c, r)) for r, c in cells])
    blocks = itertools.product(range(0, ROWS, BLOCK), range(0, COLUMNS, BLOCK))
    write_layer(folder, "municipios", [(sides.ring(c, r, BLOCK), municipality_name(c, r)) for r, c in blocks])


class Sides:
    """The lines between neighbouring corners of the grid: straight on the city's border, fractal inside."""

    def __init__(self, seed):
        self.random = random.Random(f"{seed} sides")
        width, height = SIDE / COLUMNS, SIDE / ROWS
        jitter = lambda: self.random.uniform(-0.12, 0.12) * width
        self.corner = {
            (c, r): (c * width + (jitter() if 0 < c < COLUMNS else 0), r * height + (jitter() if 0 < r < ROWS else 0))
            for c in range(COLUMNS + 1) for r in range(ROWS + 1)
        }
        self.east = {
            (c, r): self.line((c, r), (c + 1, r), straight=r in (0, ROWS))
            for c in range(COLUMNS) for r in range(ROWS + 1)
        }
        self.north = {
            (c, r): self.line((c, r), (c, r + 1), straight=c in (0, COLUMNS))
            for c in range(COLUMNS + 1) for r in range(ROWS)
        }

    def line(self, start, end, straight):
        """Midpoint displacement, held within 15 degrees of the straight line, so that no two lines meet."""
        (ax, ay), (bx, by) = self.corner[start], self.corner[end]
        offsets, spread = [0.0, 0.0], 0.0 if straight else 0.12
        while len(offsets) <= SEGMENTS:
            middles = [(a + b) / 2 + self.random.gauss(0, spread) for a, b in zip(offsets, offsets[1:])]
            offsets = [o for pair in itertools.zip_longest(offsets, middles) for o in pair if o is not None]
            spread *= 0.55
        places = []
        for i, offset in enumerate(offsets):
            t = i / SEGMENTS
            most = 0.27 * min(t, 1 - t)
            offset = max(-most, min(most, offset))
            places.append(lonlat(ax + t * (bx - ax) - offset * (by - ay), ay + t * (by - ay) + offset * (bx - ax)))
        return places

    def ring(self, column, row, size):
        """Counter-clockwise around size x size cells, closed."""
        steps = range(size)
        lines = [self.east[column + i, row] for i in steps]
        lines += [self.north[column + size, row + i] for i in steps]
        lines += [self.east[column + i, row + size][::-1] for i in reversed(steps)]
        lines += [self.north[column, row + i][::-1] for i in reversed(steps)]
        ring = [place for line in lines for place in line[:-1]]
        return ring + ring[:1]


def write_layer(folder, name, areas):
    """As GeoJSON, and as the binary columns that the benchmark reads: places, and where each ring begins."""
    features = [
        {"type": "Feature", "properties": {"id": i, "nombre": text},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for i, (ring, text) in enumerate(areas)
    ]
    with open(os.path.join(folder, name + ".geojson"), "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file, ensure_ascii=False)
    write_column(folder, name + ".coords.f64", "d", (v for ring, _ in areas for place in ring for v in place))
    write_column(folder, name + ".offsets.i64", "q", itertools.accumulate((len(ring) for ring, _ in areas), initial=0))


def write_column(folder, name, kind, values):
    with open(os.path.join(folder, name), "wb") as file:
        array.array(kind, values).tofile(file)


# Points and reports


def places(seed, count):
    """Metres: nine in ten in 300 clusters of 150 to 2,000 m, one in ten anywhere; none within 50 m of the border."""
    structure = random.Random(f"{seed} clusters")
    centre = lambda: structure.gauss(SIDE / 2, SIDE / 6)
    clusters = [(centre(), centre(), 150 * (2000 / 150) ** structure.random()) for _ in range(300)]
    weights = [structure.paretovariate(1.3) for _ in clusters]
    source = random.Random(f"{seed} places {count}")
    for x, y, spread in iterate(lambda some: source.choices(clusters, weights, k=some), count):
        if source.random() < 0.1:
            yield source.uniform(50, SIDE - 50), source.uniform(50, SIDE - 50)
        else:
            yield min(max(source.gauss(x, spread), 50), SIDE - 50), min(max(source.gauss(y, spread), 50), SIDE - 50)


def iterate(draw, count, at_once=10_000):
    for done in range(0, count, at_once):
        yield from draw(min(at_once, count - done))


def write_points(folder, seed, count):
    """In degrees; one in a hundred lies outside the city."""
    source = random.Random(f"{seed} outside")

    def values():
        for x, y in places(seed, count):
            yield from lonlat(x - SIDE if source.random() < 0.01 else x, y)

    write_column(folder, f"pts_{count}.lonlat.f64", "d", values())


def write_point_lines(folder, seed, count):
    """Points as lines of GeoJSON, each with an id, a category and a time in days."""
    source = random.Random(f"{seed} lines {count}")
    with open(os.path.join(folder, f"pts_{count}.geojsonl"), "w", encoding="utf-8") as file:
        for row, (x, y) in enumerate(places(seed, count)):
            longitude, latitude = lonlat(x, y)
            file.write(
                f'{{"type":"Feature","properties":{{"id":{row},"cat":{int(12 * source.random() ** 1.6)},'
                f'"d":{2190 * source.random():.3f}}},'
                f'"geometry":{{"type":"Point","coordinates":[{longitude:.7f},{latitude:.7f}]}}}}\n')


def write_plane(folder, seed, count):
    write_column(folder, f"pts_{count}.xy.f64", "d", (v for place in places(seed, count) for v in place))


def write_reports(folder, seed, count):
    """Rows as an authority publishes them: dates, categories, coordinates but in three of a hundred, quoted streets."""
    source = random.Random(f"{seed} reports {count}")
    streets = [f'"Av. {i}, esq. Calle {i * 7 % 97}"' if i % 3 == 0 else f"Calle {i}" for i in range(500)]
    begin = datetime.date(2019, 1, 1)
    days = [(begin + datetime.timedelta(i)).isoformat() for i in range(2190)]
    clocks = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(0, 86_400, 7)]
    cells = [[(colonia_name(c, r), municipality_name(c, r)) for c in range(COLUMNS)] for r in range(ROWS)]
    path = os.path.join(folder, f"incidents_{count}.csv")
    pick = source.choice
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,fecha_hora,delito,longitud,latitud,colonia,municipio,calle,folio\n")
        for row, (x, y) in enumerate(places(seed, count), 1):
            colonia, municipality = cells[int(y * ROWS / SIDE)][int(x * COLUMNS / SIDE)]
            where = "," if source.random() < 0.03 else "%.7f,%.7f" % lonlat(x, y)
            category = CATEGORIES[int(12 * source.random() ** 1.6)]
            file.write(
                f"{row},{pick(days)}T{pick(clocks)},{category},{where},{colonia},{municipality},{pick(streets)},"
                f"{source.randrange(10**9, 10**10)}\n")
    return path

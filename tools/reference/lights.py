"""Traffic lights of Guanajuato and of Monterrey's municipalities by plain loops, for the tests of the monthly sheet.

python3 lights.py GEODATA prints how many lights of each level the published rule gives, and some bases.
"""
import csv
import gzip
import sys
from collections import Counter, defaultdict

MONTHS = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre",
          "Diciembre"]


def level(count, base):
    """In whole numbers: the count against 75 % and 100 % of the base's mean."""
    if count == 0 and sum(base) == 0:
        return "green"
    if count * len(base) * 100 < 75 * sum(base):
        return "green"
    return "yellow" if count * len(base) <= sum(base) else "red"


def lights(series, first, last, least=12, width=36):
    """By place and month, of the months from first to last; a month that is not in the series is missing."""
    found = {}
    for place, counts in series.items():
        for month in range(first, last + 1):
            base = [counts[m] for m in range(month - width, month) if m in counts]
            if month in counts and len(base) >= least:
                found[place, month] = level(counts[month], base)
    return found


def main(folder):
    guanajuato = defaultdict(dict)
    with open(folder + "/estadistica/sesnsp_guanajuato_homicidios_2020_2025.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["Subtipo de delito"] != "Homicidio doloso":
                continue
            for index, name in enumerate(MONTHS):
                if row[name]:
                    month = int(row["Año"]) * 12 + index
                    place = row["Cve. Municipio"]
                    guanajuato[place][month] = guanajuato[place].get(month, 0) + int(float(row[name]))
    found = lights(guanajuato, 2020 * 12, 2025 * 12 + 11)
    print("Guanajuato", len(guanajuato), "municipalities", len(found), sorted(Counter(found.values()).items()))
    print("León 2024-03", guanajuato["11020"][2024 * 12 + 2], found["11020", 2024 * 12 + 2],
          sum(guanajuato["11020"][m] for m in range(2021 * 12 + 2, 2024 * 12 + 2)))
    print("2023-12", sorted(Counter(v for (p, m), v in found.items() if m == 2023 * 12 + 11).items()))

    national = defaultdict(dict)
    with gzip.open(folder + "/estadistica/homicidios_municipal_nacional_2024_2025.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["Homicidio doloso"]:
                month = int(row["Año"]) * 12 + MONTHS.index(row["Mes"])
                national[row["Entidad"], row["Municipio"]][month] = int(float(row["Homicidio doloso"]))
    places = [("Nuevo León", name) for name in (
        "Monterrey", "Guadalupe", "San Nicolás de los Garza", "Santa Catarina", "Apodaca", "San Pedro Garza García",
        "General Escobedo", "García", "Juárez")] + [("Chihuahua", "Juárez")]
    june = 2025 * 12 + 5
    found = lights({place: national[place] for place in places}, june, june)
    people = {}
    with open(folder + "/municipios/poblacion_municipios_censo2020.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            people[row["nom_ent"], row["nom_mun"]] = int(row["pob_total"] or 0)
    rates = {place: sum(national[place][m] for m in range(june - 11, june + 1)) / people[place] for place in places}
    for place in places:
        counts = national[place]
        base = [counts[m] for m in range(june - 36, june) if m in counts]
        twelve = [counts[m] for m in range(june - 11, june + 1)]
        print(place, counts[june], counts[june - 12], sum(base), len(base), sum(twelve), found[place, june],
              people[place], 1 + sum(rate < rates[place] for rate in rates.values()))


main(sys.argv[1])

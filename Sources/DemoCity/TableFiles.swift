import Bytes
import SimpleFeatures

/// Writes the tables beside the reports, and the page that explains the folder.
enum TableFiles {
    /// The crossings, each with its two streets: a gazetteer of corners.
    static func streets(_ streets: Streets, _ territory: Territory) -> [UInt8] {
        var writer = ByteWriter(capacity: streets.crossings.count * 70)
        writer.text("calle1,calle2,lon,lat,cve_mun,ficticio\n")
        for crossing in streets.crossings {
            writer.csvField(crossing.street)
            writer.text(",")
            writer.csvField(crossing.crossStreet)
            writer.text(",")
            writer.fixed(crossing.place.longitude, decimals: 5)
            writer.text(",")
            writer.fixed(crossing.place.latitude, decimals: 5)
            writer.text(",")
            writer.text(Territory.municipalities[territory.colonias[crossing.colonia].municipality].key)
            writer.text(",true\n")
        }
        return writer.bytes
    }

    /// Residents and dwellings of every area in the three years; an area's value is the sum of its colonias'.
    static func population(_ territory: Territory) -> [UInt8] {
        var writer = ByteWriter(capacity: 1 << 16)
        writer.text("area,year,kind,value,level,ficticio\n")
        for year in History.years {
            func rows(_ level: String, _ key: String, where holds: (Colonia) -> Bool) {
                let members = territory.colonias.filter(holds)
                for (kind, value) in [("residents", \Colonia.population), ("dwellings", \Colonia.dwellings)] {
                    let sum = members.reduce(0) { $0 + grown($1[keyPath: value], to: year) }
                    writer.text("\(key),\(year),\(kind),\(sum),\(level),true\n")
                }
            }
            for (index, area) in Territory.municipalities.enumerated() {
                rows("municipality", area.key) { $0.municipality == index }
            }
            for (index, area) in Territory.districts.enumerated() {
                rows("district", area.key) { $0.district == index }
            }
            for colonia in territory.colonias { rows("colonia", colonia.key) { $0.key == colonia.key } }
        }
        return writer.bytes
    }

    /// Under which class of CNSP/38/15 the labels of the reports are counted, as `faro taxonomy import` reads it.
    static func offences() -> [UInt8] {
        var writer = ByteWriter(capacity: 4_096)
        writer.text("source,category,modality,scheme,class,count_unit\n")
        for crime in Crime.all {
            writer.text("reportes_*,")
            writer.csvField(crime.offence)
            writer.text(",")
            writer.csvField(crime.modality)
            writer.text(",CNSP/38/15,\(crime.classCode),report\n")
        }
        return writer.bytes
    }

    /// 1.2 % more each year.
    private static func grown(_ value: Int, to year: Int) -> Int {
        Int((Double(value) * (1 + 0.012 * Double(year - 2021))).rounded())
    }

    static func readme(_ manifest: Manifest) -> [UInt8] {
        let years = manifest.years.map { year in
            "- `\(year.file)`: \(year.rows) filas; \(year.encoding)"
                + (year.hasByteOrderMark ? " con BOM" : "") + (year.lineEnding == "\r\n" ? ", CRLF" : "")
                + (year.preambleLines > 0 ? ", una línea antes del encabezado" : "")
        }
        return Array(
            """
            # Valle del Faro, ciudad ficticia

            Todo en esta carpeta es inventado: la ciudad, sus municipios, calles, habitantes y hechos. Nada describe a una
            persona, un lugar ni un delito reales. La genera `faro demo` con la semilla \(manifest.seed) y la escala \
            \(decimalText(manifest.scale, decimals: 4)).
            Está situada en un desierto sin habitantes cerca de 103.1° O, 26.6° N; para medir conviene \(manifest.crs) (UTM 13N);
            los horarios son de \(manifest.timeZone).

            - `municipios.geojson` (\(manifest.municipalities)), `distritos.geojson` (\(manifest.districts)), \
            `colonias.geojson` (\(manifest.colonias)): áreas; claves de texto, con ceros a la izquierda
            - `operativo.geojson`: la zona de un operativo policial desde el \(manifest.operation.from), su anillo y su control
            - `rio.geojson`: el río, límite norte; `calles.csv`: \(manifest.crossings) cruces; `poblacion.csv`: habitantes y viviendas;
              `delitos.csv`: en qué clase de CNSP/38/15 se cuenta cada delito
            \(years.joined(separator: "\n"))
            - `metas.json`, `preguntas.json`, `encuesta.csv`, `medidas.csv`: lo que un consejo ciudadano pone sobre la mesa: sus metas, dos
              levantamientos de una encuesta (con ponderadores; las proporciones verdaderas están en `manifest.json`) y lo que las
              instituciones dicen de sí mismas
            - `verdad.csv`: por cada fila de los reportes (`fila` cuenta desde 1 después del encabezado) la fecha, la hora y el lugar
              verdaderos, qué se ensució y cómo debe terminar su importación; `manifest.json`: los totales y los defectos sembrados

            La capa de colonias tiene defectos a propósito: \(manifest.overlaps.count) traslapes, \(manifest.slivers.count) astillas, \
            \(manifest.gaps.count) hueco, un polígono que se cruza a sí mismo
            y nombres repetidos. Están en `manifest.json`.

            Los hechos tienen patrones sembrados: calles y esquinas calientes, un foco que surge y otro que cede, robos a casa que se
            repiten cerca y pronto, y un operativo que empujó «\(manifest.operation.offence)» a la vuelta de la esquina: lo que
            habría ocurrido en la zona ocurrió en su anillo (\(manifest.operation.years.reduce(0) { $0 + $1.movedNextDoor }) hechos) o lejos \
            (\(manifest.operation.years.reduce(0) { $0 + $1.movedAway })). Los números verdaderos están en `manifest.json`.

            ## In English

            Everything in this folder is made up: city, people, streets and incidents. Reports are dirty on purpose, as real ones
            are; `verdad.csv` holds the truth row by row and `manifest.json` the exact totals and the planted defects. Seed
            \(manifest.seed), scale \(decimalText(manifest.scale, decimals: 4)).

            Licencia / licence: CC0 1.0.

            """.utf8)
    }
}

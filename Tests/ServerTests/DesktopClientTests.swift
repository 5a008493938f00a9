import Boundaries
import CQL2
import Foundation
import Incidents
import SimpleFeatures
import TestSupport
import Testing

import Privacy
@testable import CrimeMapping
@testable import Server

/// Programs that people have on their desks.
@Suite(.serialized) struct DesktopClientTests {
    private static func answers(to script: String, of program: ForeignProgram, asFile name: String) async throws
        -> [String]
    {
        let server = try TestServer.city.get().server {
            $0.role = .researcher
            $0.port = 0
        }
        let bounds = server.live.current.places.bounds
        let half = [bounds.minX, bounds.minY, bounds.middle.x, bounds.middle.y].map { "\($0)" }
        let folder = try TemporaryFolder()
        let path = try folder.write(name, script)
        let outcome = try await server.listening { port in
            try program.run([path, "http://127.0.0.1:\(port)"] + half)
        }
        #expect(outcome.status == 0, "\(outcome.errors.suffix(2_000))")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    private static func counts() throws -> (all: Int, half: Int, evening: Int, colonias: Int) {
        let city = try TestServer.city.get()
        let snapshot = try city.server().live.current
        let bounds = snapshot.places.bounds
        let box = Envelope<FilePosition>(
            minX: bounds.minX, minY: bounds.minY, maxX: bounds.middle.x, maxY: bounds.middle.y)
        var evening = IncidentFilter()
        evening.condition = try CQL2Filter("local_hour = 20")
        func count(_ filter: IncidentFilter, _ box: Envelope<FilePosition>? = nil) throws -> Int {
            try IncidentSelection(from: city.store, filter: filter, box: box.map { ($0, .wgs84) }).rows.count
        }
        return (
            try count(IncidentFilter()), try count(IncidentFilter(), box), try count(evening),
            snapshot.layers.filter { $0.version.level.name == "colonia" }.map(\.areas.count).reduce(0, +)
        )
    }

    @Test(.enabled(if: ForeignProgram.qgis.isInstalled, "there is no QGIS"))
    func `QGIS loads collections, asks for a box, and paints every colonia from the tiles`() async throws {
        let script = """
            import os, sys
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            from qgis.core import *
            from qgis.PyQt.QtCore import QSize
            from qgis.PyQt.QtGui import QColor

            app = QgsApplication([], False)
            app.initQgis()
            address, box = sys.argv[1], QgsRectangle(*map(float, sys.argv[2:6]))

            def collection(name):
                uri = QgsDataSourceUri()
                uri.setParam("url", address)
                uri.setParam("typename", name)
                return QgsVectorLayer(uri.uri(False), name, "OAPIF")

            incidents, colonias = collection("incidents"), collection("colonia")
            print(incidents.featureCount(), sum(1 for _ in incidents.getFeatures()))
            print(sum(1 for _ in incidents.getFeatures(QgsFeatureRequest(box))))
            shapes = [feature.geometry() for feature in colonias.getFeatures()]
            print(sum(shape.isGeosValid() for shape in shapes))

            tiles = QgsVectorTileLayer(f"type=xyz&url={address}/tiles/colonia/{{z}}/{{x}}/{{y}}.mvt&zmin=0&zmax=14", "tiles")
            view = QgsMapSettings()
            view.setOutputSize(QSize(1000, 1000))
            view.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
            view.setLayers([tiles])
            view.setBackgroundColor(QColor("white"))
            to_map = QgsCoordinateTransform(colonias.crs(), view.destinationCrs(), QgsProject.instance())
            extent = to_map.transformBoundingBox(colonias.extent())
            extent.grow(extent.width() / 4)
            view.setExtent(extent)
            job = QgsMapRendererParallelJob(view)
            job.start()
            job.waitForFinished()
            picture, to_pixel = job.renderedImage(), view.mapToPixel()

            def is_painted(point):
                pixel = to_pixel.transform(to_map.transform(point))
                return picture.pixelColor(int(pixel.x()), int(pixel.y())) != QColor("white")

            print(sum(is_painted(shape.pointOnSurface().asPoint()) for shape in shapes))
            print(sum(picture.pixelColor(x, y) != QColor("white") for x in (5, 994) for y in (5, 994)))
            sys.stdout.flush()
            # Its own end of a program without windows does not always come.
            os._exit(0)
            """
        let expected = try Self.counts()
        let found = try await Self.answers(to: script, of: .qgis, asFile: "visit.py")
        #expect(
            found == [
                "\(expected.all) \(expected.all)", "\(expected.half)", "\(expected.colonias)", "\(expected.colonias)",
                "0",
            ])
    }

    @Test(.enabled(if: ForeignProgram.rWithSF.isInstalled, "there is no R with sf"))
    func `R's sf reads collections and an answer of an analysis`() async throws {
        let script = """
            suppressPackageStartupMessages(library(sf))
            address <- commandArgs(TRUE)[1]
            api <- paste0("OAPIF:", address)
            colonias <- st_read(api, "colonia", quiet = TRUE)
            evening <- st_read(api, query = "select * from incidents where local_hour = 20", quiet = TRUE)
            counts <- st_read(paste0(address, "/hotspots/count?by=colonia&f=geojson"), quiet = TRUE)
            cat(sum(st_is_valid(colonias)), nrow(evening), nrow(counts), sep = "\\n")
            """
        let expected = try Self.counts()
        let found = try await Self.answers(to: script, of: .rWithSF, asFile: "visit.R")
        #expect(found == ["\(expected.colonias)", "\(expected.evening)", "\(expected.colonias)"])
    }
}

import CPROJ
import SimpleFeatures

/// A reference system as PROJ understands it, brought back to the EPSG register where the text allows.
///
/// A `.prj` rarely carries a code. Taken literally, `MEXICO_ITRF_2008_LCC` makes PROJ look for any datum with a similar
/// name (it proposes an Israeli one); recognised as EPSG:6372 it follows the published Mexican operation.
final class ReferenceSystem {
    let crs: CRS
    let object: ProjObject
    let epsg: Int?

    init(_ crs: CRS, in context: ProjContext) throws(GeodesyError) {
        guard let read = context.object(crs.name), proj_is_crs(read.handle) != 0 else {
            throw .unknownCRS(crs.name, reason: Self.reason(context))
        }
        let horizontal = Self.horizontalPart(of: read)
        epsg = Self.epsgCode(of: horizontal)
        object = epsg.flatMap { context.object(epsg: $0, category: PJ_CATEGORY_CRS) } ?? horizontal
        self.crs = crs
    }

    /// The name of its datum, or of the ensemble of datums that counts as one.
    var datumName: String { Self.datumName(of: object) }

    private static func reason(_ context: ProjContext) -> String {
        let message = context.lastMessage.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
        return message.isEmpty ? "not a reference system" : message
    }

    /// Without a height, and without the shift to WGS 84 that a `.prj` may carry.
    private static func horizontalPart(of crs: ProjObject) -> ProjObject {
        let part =
            switch crs.type {
            case PJ_TYPE_BOUND_CRS: proj_get_source_crs(crs.context.handle, crs.handle)
            case PJ_TYPE_COMPOUND_CRS: proj_crs_get_sub_crs(crs.context.handle, crs.handle, 0)
            default: nil as OpaquePointer?
            }
        guard let object = ProjObject(part, in: crs.context) else { return crs }
        return object.type == PJ_TYPE_BOUND_CRS ? horizontalPart(of: object) : object
    }

    private static func epsgCode(of crs: ProjObject) -> Int? {
        switch (crs.authority, crs.code) {
        case ("EPSG", let code?): return Int(code)
        // The same system with the axes the other way round; ours are always east first.
        case ("OGC", "CRS84"): return 4326
        default: return identifiedCode(of: crs)
        }
    }

    /// The code of the EPSG system that a definition without one describes.
    ///
    /// PROJ says 70 or more where the systems are equivalent. At 60 all is the same but the identity of the datum:
    /// taken where its name or that of the geographic system agrees but for decoration (`MEXICO_ITRF_2008`,
    /// `Mexico ITRF2008`).
    private static func identifiedCode(of crs: ProjObject) -> Int? {
        let context = crs.context
        var confidence: UnsafeMutablePointer<Int32>?
        guard let list = proj_identify(context.handle, crs.handle, "EPSG", nil, &confidence) else { return nil }
        defer {
            proj_list_destroy(list)
            proj_int_list_destroy(confidence)
        }
        guard let confidence else { return nil }
        for index in 0..<proj_list_get_count(list) {
            guard let match = ProjObject(proj_list_get(context.handle, list, index), in: context) else { continue }
            let trust = confidence[Int(index)]
            guard trust >= 70 || (trust >= 60 && datumsAgree(match, crs)) else { continue }
            return match.code.flatMap { Int($0) }
        }
        return nil
    }

    private static func datumsAgree(_ a: ProjObject, _ b: ProjObject) -> Bool {
        namesAgree(datumName(of: a), datumName(of: b)) || namesAgree(geographicName(of: a), geographicName(of: b))
    }

    /// A country's realisation carries its name in front: `ITRF_2008`, `Mexico ITRF2008`.
    private static func namesAgree(_ a: String, _ b: String) -> Bool {
        let (first, second) = (folded(a), folded(b))
        guard first.count >= 4, second.count >= 4 else { return false }
        return first.hasSuffix(second) || second.hasSuffix(first)
    }

    /// Small letters and digits only, without the `D_` and `GCS_` that ESRI puts in front; `ITRF_1992` is `ITRF92`.
    private static func folded(_ name: String) -> String {
        let prefix = ["D_", "GCS_"].first { name.hasPrefix($0) } ?? ""
        let letters = name.dropFirst(prefix.count).lowercased().filter { $0.isLetter || $0.isNumber }
        return letters.replacing("itrf19", with: "itrf")
    }

    private static func geographicName(of crs: ProjObject) -> String {
        ProjObject(proj_crs_get_geodetic_crs(crs.context.handle, crs.handle), in: crs.context)?.name ?? ""
    }

    private static func datumName(of crs: ProjObject) -> String {
        ProjObject(proj_crs_get_datum_forced(crs.context.handle, crs.handle), in: crs.context)?.name ?? ""
    }
}

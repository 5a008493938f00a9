import SimpleFeatures

/// Which attributes of a boundary file hold the key and the name of an area.
struct AreaFields {
    /// One attribute, or several that only together are a key.
    let id: [String]
    let name: String?
    /// Whether the key was chosen here.
    let wasChosen: Bool

    /// Usual names of keys in Mexican boundary files, the most specific first.
    private static let usualIDs = [
        "cvegeo", "cve_geo", "cveut", "cve_col", "cve_colonia", "nomenclatu", "area_id", "clave", "cve_mun", "cve_agem",
        "id",
        "sector", "fid", "gid", "objectid",
    ]
    private static let usualNames = [
        "nomgeo", "nom_agem", "nom_mun", "nomut", "nombre", "colonia", "name", "nom_col", "area_name", "asentamien",
        "sector",
        "nomenclatu",
    ]

    /// - Throws: ``JobError/usage(_:)`` where no attribute can be the key, naming what the file has.
    init(_ features: [Feature<FilePosition>], id: String?, name: String?, path: String) throws(JobError) {
        var seen: Set<String> = []
        let available = features.flatMap(\.properties).map(\.name).filter { seen.insert($0).inserted }
        func resolve(_ wanted: String) throws(JobError) -> String {
            if let exact = available.first(where: { $0 == wanted }) { return exact }
            if let folded = available.first(where: { $0.lowercased() == wanted.lowercased() }) { return folded }
            throw .usage("\(path) has no attribute \(wanted); it has \(available.joined(separator: ", "))")
        }
        func first(of usual: [String], where accept: (String) -> Bool = { _ in true }) -> String? {
            usual.lazy.compactMap { wanted in available.first { $0.lowercased() == wanted } }.first(where: accept)
        }
        if let id {
            var fields: [String] = []
            for part in id.split(separator: "+") { fields.append(try resolve(String(part))) }
            self.id = fields
            wasChosen = false
        } else if let unique = first(of: Self.usualIDs, where: { Self.isUnique($0, in: features) })
            ?? available.first(where: { $0.lowercased().hasPrefix("cve") && Self.isUnique($0, in: features) })
        {
            self.id = [unique]
            wasChosen = true
        } else {
            throw .usage(
                "the key of an area must be an attribute that differs in every feature, but none of the usual ones does in \(path); "
                    + "say which with --id-field (several joined by +); it has \(available.joined(separator: ", "))")
        }
        if let name {
            self.name = try resolve(name)
        } else {
            // A colonia's file names its municipality too: what tells most areas apart is the areas' own name.
            let known = Self.usualNames.compactMap { wanted in available.first { $0.lowercased() == wanted } }
            let distinct = known.map { field in Set(features.compactMap { $0[field]?.keyText }).count }
            self.name = zip(known, distinct).max { $0.1 < $1.1 }.map(\.0)
        }
    }

    /// As a user would write it: `alcaldia+colonia`.
    var idDescription: String {
        id.joined(separator: "+") + (wasChosen ? " (chosen: it differs in every feature)" : "")
    }

    /// The key of a feature; nil where a part of it is missing.
    func key(of feature: Feature<FilePosition>) -> String? {
        var parts: [String] = []
        for field in id {
            guard let text = feature[field]?.keyText.map(Self.trimmed), !text.isEmpty else { return nil }
            parts.append(text)
        }
        return parts.joined(separator: "/")
    }

    /// The name of a feature, or its key where the file has no name for it.
    func name(of feature: Feature<FilePosition>, key: String) -> String {
        guard let name, let text = feature[name]?.keyText.map(Self.trimmed), !text.isEmpty else { return key }
        return text
    }

    private static func isUnique(_ field: String, in features: [Feature<FilePosition>]) -> Bool {
        var seen: Set<String> = []
        return features.allSatisfy { feature in
            guard let text = feature[field]?.keyText.map(trimmed), !text.isEmpty else { return false }
            return seen.insert(text).inserted
        }
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        var end = start
        while let last = end.last, last == " " || last == "\t" { end = end.dropLast() }
        return String(end)
    }
}

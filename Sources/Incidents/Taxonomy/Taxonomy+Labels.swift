import Bytes

extension Taxonomy {
    /// One row as publishers write it: the words of all four levels, repeated where the scheme does not divide further.
    public struct Combination: Hashable, Sendable {
        /// The finest class.
        public var code: String
        public var legalGood: String
        public var type: String
        public var subtype: String
        public var modality: String
    }

    /// All rows, in the order of the classes: 98 in CNSP/38/15, 114 in RNID.
    public var combinations: [Combination] {
        let divided = Set(classes.compactMap(\.parent))
        return classes.filter { !divided.contains($0.code) }.map { entry in
            let labels = path(entry.code).map(\.spanishLabel)
            func label(_ level: Int) -> String { labels[min(level, labels.count - 1)] }
            return Combination(
                code: entry.code, legalGood: label(0), type: label(1), subtype: label(2), modality: label(3))
        }
    }

    /// A class with all classes above it, the legal good first; empty for a code that the scheme has not.
    public func path(_ code: String) -> [CrimeClass] {
        var path: [CrimeClass] = []
        var code: String? = code
        while let current = code, let entry = self[current] {
            path.append(entry)
            code = entry.parent
        }
        return path.reversed()
    }
}

/// Finds the class of a scheme that a row's own words name, compared without case, accents and punctuation.
///
/// A category may be written on any level; a modality narrows it down. The class taken is the finest that the words leave no
/// choice about: *Robo* with *Con violencia* is *Robo*, since many subtypes have that modality, and a word that stands on
/// two levels is the broader class.
struct SchemeLabels: Sendable {
    /// The classes that words may mean; words that may mean several mean none.
    private var codes: [Words: Set<String>] = [:]

    private struct Words: Hashable {
        var category: String
        var modality: String?
    }

    init(_ taxonomy: Taxonomy) {
        for row in taxonomy.combinations {
            let modality = LabelFolding.fold(row.modality)
            for label in Set([row.type, row.subtype].map { LabelFolding.fold($0) }) {
                codes[Words(category: label, modality: modality), default: []].insert(row.code)
            }
            codes[Words(category: modality, modality: nil), default: []].insert(row.code)
        }
        // From fine to broad, so that the broader class replaces the finer one of the same words.
        for level in [CrimeClass.Level.subtype, .type, .legalGood] {
            let named = Dictionary(grouping: taxonomy.classes.filter { $0.level == level }) {
                LabelFolding.fold($0.spanishLabel)
            }
            for (label, classes) in named {
                codes[Words(category: label, modality: nil)] = Set(classes.map(\.code))
            }
        }
    }

    /// The code; nil where the words name no class.
    func code(category: String, modality: String?) -> String? {
        let category = LabelFolding.fold(category)
        if let modality = modality.map({ LabelFolding.fold($0) }), !modality.isEmpty,
            let code = only(Words(category: category, modality: modality))
        {
            return code
        }
        return only(Words(category: category, modality: nil))
    }

    private func only(_ words: Words) -> String? {
        guard let codes = codes[words], codes.count == 1 else { return nil }
        return codes.first
    }
}

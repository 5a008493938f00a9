/// Decides which settlement types label the name, and which belong to it.
///
/// A label stands at the beginning, at the end or alone in brackets, and not behind `DEL` (`EMANCIPACION DEL PUEBLO`).
/// Where nothing but a label and an adjective is there (`PUEBLO NUEVO`), they are the name.
enum LabelDecision {
    static func decide(_ units: inout [NameUnit]) {
        guard let first = units.firstIndex(where: { $0.role == .label }) else { return }
        for index in first..<units.count where units[index].role == .label && !isLabel(at: index, units) {
            units[index].role = .word
        }
        guard !units.contains(where: { $0.group == 0 && names($0) }) else { return }
        if let last = units.lastIndex(where: { $0.role == .label && $0.group == 0 }) { units[last].role = .word }
    }

    private static func isLabel(at index: Int, _ units: [NameUnit]) -> Bool {
        let unit = units[index]
        guard index > 0, units[index - 1].group == unit.group else { return true }
        let before = units[index - 1]
        if before.role == .connective { return false }
        if before.role == .label || unit.settlementType?.isLabelAnywhere == true { return true }
        for next in units[(index + 1)...] {
            guard next.group == unit.group else { return true }
            switch next.role {
            case .compass, .extension, .label: continue
            case .numeral where next.isPart: continue
            default: return false
            }
        }
        return true
    }

    /// Whether the unit can carry a name.
    static func names(_ unit: NameUnit) -> Bool {
        switch unit.role {
        case .adjective, .connective, .label, .compass, .extension, .merged: false
        case .numeral: !unit.isPart
        default: true
        }
    }
}

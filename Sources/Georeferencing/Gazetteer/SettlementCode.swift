import PlaceNames

/// Settlement types as numbers: 0 for none, and for `COLONIA`, which people write before any name.
enum SettlementCode {
    static func code(_ type: SettlementType?) -> UInt8 {
        guard let type, type != .colonia, type.isLabel, let index = all.firstIndex(of: type) else { return 0 }
        return UInt8(clamping: index + 1)
    }

    private static let all = SettlementType.allCases

    /// Types that lie beside a colonia of their name: the others are what a colonia may be called as well.
    private static let separate = Set([SettlementType.barrio, .ejido, .rancheria].map { code($0) })

    /// What a difference in the type alone amounts to.
    static func difference(_ name: UInt8, _ area: UInt8) -> PlaceRule {
        if name == area { return .sameWords }
        if separate.contains(name) || separate.contains(area) { return .otherSettlement }
        return name == 0 || area == 0 ? .settlementTypeMissing : .settlementTypeDiffers
    }
}

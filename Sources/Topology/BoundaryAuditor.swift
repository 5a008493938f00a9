public import SimpleFeatures

/// Looks a layer of areas over: validity, repeated keys and names, overlaps, gaps.
///
/// The result does not depend on the order of the features.
///
/// ## Algorithm
/// Every geometry is checked and, where need be, repaired. Pairs whose envelopes meet are found by a sweep from west to
/// east; those that really meet are classed by their DE-9IM matrix, and the shared area is measured only where their
/// interiors meet. Gaps are the holes in the union of all.
public struct BoundaryAuditor: Sendable {
    /// An auditor has no settings: every layer is measured alike.
    public init() {}

    /// - Parameter planar: the features in one projected reference system, in metres.
    /// - Throws: ``TopologyError/unavailable``; whatever is wrong with the features stands in the result.
    /// - Complexity: O(*n* log *n*) for *n* features and the pairs that meet, each by the vertices of both; a layer of
    ///   2,475 municipalities with 833,000 vertices takes a few seconds.
    public func audit(
        planar: [(id: String, name: String, geometry: MultiPolygon<PlanarPoint>)]
    ) throws(TopologyError) -> BoundaryAudit {
        let context = try GEOSContext()
        var audit = BoundaryAudit(
            features: planar.count, repaired: [], empty: [], unusable: [], repeatedKeys: .init(of: planar.map(\.id)),
            repeatedNames: .init(of: planar.map { foldedName($0.name) }), overlaps: .init(), contained: .init(),
            equal: .init(), uncomparedPairs: 0, gaps: nil, totalSquareMetres: 0, coveredSquareMetres: nil)
        // Sums of floating point numbers depend on their order; this one is the layer's own.
        let areas = planar.sorted { ($0.id, $0.name) < ($1.id, $1.name) }
            .compactMap { usable($0, in: context, &audit) }
        audit.totalSquareMetres = areas.reduce(0) { $0 + $1.shape.area }
        compareNeighbours(areas, &audit)
        measureCoverage(areas, in: context, &audit)
        return audit
    }

    /// A feature whose geometry GEOS can work with.
    private struct Area {
        let feature: BoundaryAudit.Feature
        let shape: GEOSShape
        let envelope: Envelope<PlanarPoint>
    }

    private func usable(
        _ item: (id: String, name: String, geometry: MultiPolygon<PlanarPoint>), in context: GEOSContext,
        _ audit: inout BoundaryAudit
    ) -> Area? {
        let feature = BoundaryAudit.Feature(id: item.id, name: item.name)
        do {
            var shape = try GEOSShape.of(item.geometry, in: context)
            if let reason = try Validity.reasonInvalid(item.geometry, as: shape) {
                let before = shape.area
                shape = try shape.repaired()
                audit.repaired.append(
                    .init(feature: feature, reason: reason, squareMetresBefore: before, squareMetresAfter: shape.area))
            }
            guard !shape.isEmpty else {
                audit.empty.append(feature)
                return nil
            }
            return Area(feature: feature, shape: shape, envelope: item.geometry.envelope)
        } catch {
            audit.unusable.append(.init(feature: feature, reason: error.description))
            return nil
        }
    }

    private func compareNeighbours(_ areas: [Area], _ audit: inout BoundaryAudit) {
        for (index, others) in candidates(areas).enumerated() where !others.isEmpty {
            let prepared = try? PreparedShape(areas[index].shape)
            for other in others { compare(areas[index], areas[other], prepared, &audit) }
        }
    }

    /// For each area the later ones whose envelopes meet its own, in order.
    private func candidates(_ areas: [Area]) -> [[Int]] {
        var candidates = [[Int]](repeating: [], count: areas.count)
        let westToEast = areas.indices.sorted { areas[$0].envelope.minX < areas[$1].envelope.minX }
        for (rank, index) in westToEast.enumerated() {
            let envelope = areas[index].envelope
            for other in westToEast[(rank + 1)...] {
                guard areas[other].envelope.minX <= envelope.maxX else { break }
                if envelope.intersects(areas[other].envelope) {
                    candidates[min(index, other)].append(max(index, other))
                }
            }
        }
        return candidates.map { $0.sorted() }
    }

    private func compare(_ a: Area, _ b: Area, _ prepared: PreparedShape?, _ audit: inout BoundaryAudit) {
        do {
            if let prepared, try !prepared.intersects(b.shape) { return }
            let relation = try a.shape.relation(to: b.shape)
            guard let kind = relation.map(Self.class(of:)) else { return }
            let shared = try a.shape.intersection(b.shape).area
            audit[keyPath: kind].add(.init(first: a.feature, second: b.feature, squareMetres: shared))
        } catch {
            compareSnapped(a, b, &audit)
        }
    }

    private static func `class`(of relation: GEOSShape.Relation) -> WritableKeyPath<
        BoundaryAudit, BoundaryAudit.Overlaps
    > {
        switch relation {
        case .equal: \.equal
        case .contained: \.contained
        case .overlapping: \.overlaps
        }
    }

    /// Snapping to a millimetre changes areas by less than the coordinates are worth, and cannot fail for want of digits.
    private func compareSnapped(_ a: Area, _ b: Area, _ audit: inout BoundaryAudit) {
        guard let shared = try? a.shape.intersection(b.shape, snappedTo: 0.001) else {
            audit.uncomparedPairs += 1
            return
        }
        guard shared.area > 0 else { return }
        audit.overlaps.add(.init(first: a.feature, second: b.feature, squareMetres: shared.area))
    }

    private func measureCoverage(_ areas: [Area], in context: GEOSContext, _ audit: inout BoundaryAudit) {
        guard let all = try? GEOSShape.collection(of: areas.map(\.shape), in: context),
            let union = (try? all.union()) ?? (try? all.union(snappedTo: 0.001))
        else { return }
        audit.coveredSquareMetres = union.area
        let covered: MultiPolygon<PlanarPoint> = union.multiPolygon()
        let holes = covered.polygons.flatMap(\.holes).map { MultiPolygon([Polygon(exterior: $0)]) }
        let sizes = holes.map { (try? GEOSShape.of($0, in: context).area) ?? 0 }
        let slivers = sizes.filter { $0 < 100 }
        audit.gaps = .init(
            number: sizes.count, squareMetres: sizes.reduce(0, +), slivers: slivers.count,
            sliverSquareMetres: slivers.reduce(0, +))
    }
}

extension BoundaryAudit.Overlaps {
    fileprivate mutating func add(_ pair: BoundaryAudit.Pair) {
        pairs += 1
        squareMetres += pair.squareMetres
        if pair.squareMetres > 100 { over100SquareMetres += 1 }
        if pair.squareMetres > 10_000 { overOneHectare += 1 }
        if pair.squareMetres > (worst?.squareMetres ?? -1) { worst = pair }
    }
}

/// The words of an address that name its streets, and the ways to share them out.
struct StreetZone {
    let tokens: [AddressToken]
    let range: Range<Int>
    /// The words after the comma that ends the zone, which may be the other street of a crossing.
    let follower: Range<Int>?

    /// Who is what in one reading, as ranges of tokens.
    private struct Split {
        var street: Range<Int>
        var crossing: Range<Int>?
        var between: [Range<Int>] = []
        var joints: [Range<Int>] = []
    }

    /// How many `y` are tried as joints.
    private static let mostJoints = 4

    /// - Returns: the likeliest first, at least one.
    func readings(base: Address) -> [Address] {
        var readings: [Address] = []
        for split in splits() {
            readings += addresses(split, base: base)
            if readings.count >= AddressParser.mostReadings { break }
        }
        return readings.isEmpty ? [base] : readings
    }

    // MARK: Splits

    private func splits() -> [Split] {
        var joints = Joint.all(in: range, of: tokens)
        var street = range
        var lead: [Range<Int>] = []
        if let first = joints.first, first.range.lowerBound == range.lowerBound {
            street = first.range.upperBound..<range.upperBound
            lead = [first.range]
            joints.removeFirst()
        }
        var splits = inner(street, joints: joints)
        if let follower, !splits.contains(where: { $0.crossing != nil || !$0.between.isEmpty }) {
            let crossing = Split(street: street, crossing: follower)
            if isTyped(follower) {
                splits.insert(crossing, at: 0)
            } else if HouseNumber(tokens: tokens, range: street, takesTail: true).name == street {
                splits.append(crossing)
            }
        }
        for index in splits.indices { splits[index].joints += lead }
        return splits
    }

    private func isTyped(_ range: Range<Int>) -> Bool {
        range.count > 1 && StreetType(word: tokens[range.lowerBound].text) != nil
    }

    private func inner(_ street: Range<Int>, joints: [Joint]) -> [Split] {
        if let entre = joints.first(where: { $0.strength == .between }) {
            return betweenSplits(street, entre, joints)
        }
        if let strong = joints.first(where: { $0.strength == .strong }) { return strongSplits(street, strong, joints) }
        let whole = Split(street: street)
        let ands = ordered(joints.filter { $0.strength == .and })
        if !ands.isEmpty {
            let crossings = ands.map { crossing(street.lowerBound, $0, street.upperBound) }
            return ands.allSatisfy(\.isPair) ? [whole] + crossings : crossings + [whole]
        }
        return [whole] + joints.prefix(2).map { crossing(street.lowerBound, $0, street.upperBound) }
    }

    private func ordered(_ joints: [Joint]) -> [Joint] {
        Array((joints.filter { !$0.isPair } + joints.filter(\.isPair)).prefix(Self.mostJoints))
    }

    private func crossing(_ start: Int, _ joint: Joint, _ end: Int) -> Split {
        Split(street: start..<joint.range.lowerBound, crossing: joint.range.upperBound..<end, joints: [joint.range])
    }

    /// `X entre A y B`; `X entre A` is a crossing.
    private func betweenSplits(_ street: Range<Int>, _ entre: Joint, _ joints: [Joint]) -> [Split] {
        let later = joints.filter { $0.range.lowerBound >= entre.range.upperBound && $0.strength >= .and }
        let crossed = crossing(street.lowerBound, entre, street.upperBound)
        let pairs = ordered(later).map { joint in
            Split(
                street: crossed.street,
                between: [
                    entre.range.upperBound..<joint.range.lowerBound, joint.range.upperBound..<street.upperBound,
                ],
                joints: [entre.range, joint.range])
        }
        return later.allSatisfy(\.isPair) ? [crossed] + pairs : pairs + [crossed]
    }

    /// `A esq. B`, with any `y` in a name first; `60 x 61 y 63` is 60 between 61 and 63.
    private func strongSplits(_ street: Range<Int>, _ strong: Joint, _ joints: [Joint]) -> [Split] {
        let next = joints.first { $0.range.lowerBound >= strong.range.upperBound && $0.strength == .strong }
        let end = next?.range.lowerBound ?? street.upperBound
        let ands = joints.filter { $0.strength == .and && $0.range.upperBound < end }
        let right = ordered(ands.filter { $0.range.lowerBound >= strong.range.upperBound })
        if strong.isTimes, !right.isEmpty { return betweenSplits(street, strong, joints) }
        var splits = [crossing(street.lowerBound, strong, end)]
        splits += right.map {
            Split(
                street: street.lowerBound..<strong.range.lowerBound,
                crossing: strong.range.upperBound..<$0.range.lowerBound, joints: [strong.range])
        }
        splits += ordered(ands.filter { $0.range.upperBound <= strong.range.lowerBound }).map {
            crossing(street.lowerBound, $0, strong.range.lowerBound)
        }
        return splits
    }

    // MARK: Addresses

    /// One split, with its numbers as house numbers and, where that is doubtful, as words of the name.
    private func addresses(_ split: Split, base: Address) -> [Address] {
        let isAlone = split.crossing == nil && split.between.isEmpty
        let cut = HouseNumber(tokens: tokens, range: split.street, takesTail: isAlone)
        let isNumberDoubtful = cut.isDoubtful
        var addresses = [address(split, cut, base: base)]
        if isNumberDoubtful {
            addresses.append(address(split, HouseNumber(tokens: tokens, name: split.street), base: base))
        }
        if isAlone, let other = landmarkAlone(split, base: base) ?? settlementAlone(split, base: base) {
            addresses.insert(other, at: 0)
        }
        return addresses
    }

    private func address(_ split: Split, _ cut: HouseNumber, base: Address) -> Address {
        var address = base
        for joint in split.joints {
            address.markers += joint.filter { tokens[$0].text != "," }.map { tokens[$0].source }
        }
        address.street = street(cut.name)
        cut.write(into: &address)
        if let range = split.crossing {
            release(range, from: &address)
            let other = HouseNumber(tokens: tokens, range: range, takesTail: false)
            let isNumbered = !other.isDoubtful && address.exteriorNumber == nil
            address.crossing = street(isNumbered ? other.name : range)
            if isNumbered { other.write(into: &address) }
        }
        let between = split.between.compactMap(street)
        if between.count == 2 { address.between = between }
        return address
    }

    /// Takes words back that stand for something else in other readings.
    private func release(_ range: Range<Int>, from address: inout Address) {
        guard range == follower, let first = range.first, let last = range.last else { return }
        let source = tokens[first].source.lowerBound..<tokens[last].source.upperBound
        let paths: [WritableKeyPath<Address, Address.Field?>] = [
            \.colonia, \.municipality, \.locality, \.landmark, \.state, \.interiorNumber,
        ]
        for path in paths {
            if let field = address[keyPath: path], source.overlaps(field.source) { address[keyPath: path] = nil }
        }
    }

    private func landmarkAlone(_ split: Split, base: Address) -> Address? {
        guard base.landmark == nil, split.street.count > 1, let first = split.street.first,
            AddressLexicon.landmarks.contains(tokens[first].text), split.joints.isEmpty
        else { return nil }
        var address = base
        address.landmark = AddressScan.field(tokens, split.street)
        return address
    }

    /// `Barrio de Santiago, Iztapalapa`: what a comma sets apart is then the municipality.
    private func settlementAlone(_ split: Split, base: Address) -> Address? {
        guard let first = split.street.first, split.street.count > 1, split.joints.isEmpty,
            let type = AddressLexicon.settlementsAfterComma[tokens[first].text],
            HouseNumber(tokens: tokens, range: split.street, takesTail: true).name == split.street,
            base.colonia == nil || base.municipality == nil
        else { return nil }
        var address = base
        if let other = base.colonia { address.municipality = other }
        address.colonia = AddressScan.field(tokens, split.street, prefix: type)
        return address
    }

    private func street(_ range: Range<Int>) -> Address.Street? {
        let words = range.filter { !tokens[$0].isMark }
        guard let first = words.first, let last = words.last else { return nil }
        let name = StreetName(tokens: tokens[range])
        guard !name.parts.isEmpty else { return nil }
        let text = words.map { place in
            StreetName.canonical(tokens[place].text, isFirst: place == first)
        }
        let end = range.contains(last + 1) && tokens[last + 1].text == ")" ? last + 1 : last
        let start = range.contains(first - 1) && tokens[first - 1].text == "(" ? first - 1 : first
        return Address.Street(
            text: text.joined(separator: " "),
            source: tokens[start].source.lowerBound..<tokens[end].source.upperBound, name: name)
    }
}

import SimpleFeatures

/// What an analysis makes of incidents of which only the earliest and the latest possible time is known.
enum UncertainTimes {
    /// Each is spread over the days between, as aoristic weights have it: for whatever sums weights.
    case spread
    /// Each counts whole on the day in the middle: for whatever counts pairs or tests whole counts, to which the parts of
    /// one incident would be several that repeat each other.
    case middle

    var words: String {
        switch self {
        case .spread: "uncertain times are spread over the days between earliest and latest (aoristic)"
        case .middle: "an incident of uncertain time counts whole, on the day in the middle"
        }
    }

    private var explanation: Explanation {
        switch self {
        case .spread:
            Explanation(
                spanish: """
                    Los hechos de fecha incierta se repartieron entre los días en que pudieron ocurrir (Ratcliffe 2002).
                    """,
                english: """
                    Incidents of uncertain day were spread over the days on which they may have happened (Ratcliffe 2002).
                    """)
        case .middle:
            Explanation(
                spanish: "Los hechos de fecha incierta cuentan enteros, en el día central de su lapso.",
                english: "Incidents of uncertain day count whole, on the day in the middle of their span.")
        }
    }

    /// A result's record with what was made of such incidents, where there are some.
    func members(of support: SpaceTimeSupport) -> [Property] {
        guard support.points.areSpread else { return [] }
        var members = [Property("uncertain_times", .text(words))]
        if self == .middle {
            members.append(Property("incidents_with_middle_outside", .integer(Int64(support.withMiddleOutside))))
        }
        return members
    }

    /// The same for a person.
    func account(of support: SpaceTimeSupport) -> [String] {
        guard support.points.areSpread else { return [] }
        let outside = self == .middle ? support.withMiddleOutside : 0
        return ["  \(words)"] + (outside > 0 ? ["  \(outside) have it outside the days, and are left out"] : [])
    }

    /// The same for a methods section.
    func explaining(_ method: Explanation, of support: SpaceTimeSupport) -> Explanation {
        guard support.points.areSpread else { return method }
        return Explanation(
            spanish: method.spanish + " " + explanation.spanish, english: method.english + " " + explanation.english)
    }

    /// A whole result with all three.
    func told(in result: SpaceTimeTable, of support: SpaceTimeSupport) -> SpaceTimeTable {
        var result = result
        result.table.members += members(of: support)
        result.account += account(of: support)
        result.explanation = explaining(result.explanation, of: support)
        return result
    }
}

extension DatedPoints {
    /// What is made of incidents of uncertain time where places alone are looked at; nil where there are none.
    public func uncertainTimes(takesWhole: Bool) -> String? {
        areSpread ? (takesWhole ? UncertainTimes.middle : .spread).words : nil
    }
}

/// What the checks look at of each incident, as columns of one length.
public struct PlaceColumns: Sendable {
    /// Degrees on WGS 84; NaN where there is no place, and the checks leave the row out.
    public var longitude: [Double] = []
    public var latitude: [Double] = []
    /// A number per crime, equal crimes having equal numbers; −1 for none.
    public var category: [Int32] = []
    /// Minute of the local day, 0–1439; −1 where the source gives no time of day.
    public var localMinute: [Int16] = []
    /// The area in which the incident lies, as some number per area; −1 for none.
    public var area: [Int32] = []

    /// No rows.
    public init() {}

    public var count: Int { longitude.count }

    public mutating func append(
        longitude: Double, latitude: Double, category: Int32 = -1, localMinute: Int16 = -1, area: Int32 = -1
    ) {
        self.longitude.append(longitude)
        self.latitude.append(latitude)
        self.category.append(category)
        self.localMinute.append(localMinute)
        self.area.append(area)
    }

    /// The rows that have a place, where every column reaches.
    var placedRows: [Int32] {
        let reach = [longitude.count, latitude.count, category.count, localMinute.count, area.count].min() ?? 0
        return (0..<Int32(clamping: reach)).filter { abs(longitude[Int($0)]) <= 180 && abs(latitude[Int($0)]) <= 90 }
    }
}

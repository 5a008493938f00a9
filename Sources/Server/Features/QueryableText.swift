import CrimeMapping

/// Queryables as JSON Schema: what `/queryables` answers, and what OpenAPI says of parameters.
enum QueryableText {
    static func schema(of collection: any FeatureCollection, address: String) -> [UInt8] {
        var properties = JSONObject()
        for queryable in collection.queryables { properties.add(queryable.name, json: schema(of: queryable)) }
        var json = JSONObject()
        json.add("$schema", text: "https://json-schema.org/draft/2020-12/schema")
        json.add("$id", text: address)
        json.add("type", text: "object")
        json.add("title", text: collection.title)
        json.add("properties", json: properties.bytes)
        json.add("additionalProperties", json: "false".utf8)
        return json.bytes
    }

    private static func schema(of queryable: Queryable) -> [UInt8] {
        var json = JSONObject()
        json.add("title", text: queryable.name)
        json.add("description", text: queryable.summary)
        switch queryable.kind {
        case .geometry:
            json.add("format", text: queryable.name == "geometry" ? "geometry-any" : "geometry")
            json.add("x-ogc-role", text: "primary-geometry")
        default: addType(of: queryable, to: &json)
        }
        return json.bytes
    }

    /// The schema of a query parameter of the same name.
    static func parameterSchema(of queryable: Queryable) -> [UInt8] {
        var json = JSONObject()
        addType(of: queryable, to: &json)
        return json.bytes
    }

    private static func addType(of queryable: Queryable, to json: inout JSONObject) {
        let (type, format): (String, String?) =
            switch queryable.kind {
            case .text, .geometry: ("string", nil)
            case .integer: ("integer", nil)
            case .number: ("number", nil)
            case .bool: ("boolean", nil)
            case .date: ("string", "date")
            case .timestamp: ("string", "date-time")
            }
        json.add("type", text: type)
        if let format { json.add("format", text: format) }
        if let values = queryable.values { json.add("enum", json: JSONList.of(values.map { Array("\"\($0)\"".utf8) })) }
    }
}

import CrimeMapping

/// A route as OpenAPI describes it.
struct DescribedRoute {
    private let route: Route
    private let snapshot: StoreSnapshot
    private let collection: (any FeatureCollection)?

    /// - Parameter collection: for which a route with `{collection}` is described.
    init(_ route: Route, _ snapshot: StoreSnapshot, _ collection: (any FeatureCollection)? = nil) {
        self.route = route
        self.snapshot = snapshot
        self.collection = collection
    }

    var pathItem: [UInt8] {
        let words = RouteWords.of(route.path)
        var get = JSONObject()
        get.add("tags", json: "[\"\(words.tag)\"]".utf8)
        get.add("summary", text: words.summary + (collection.map { ": \($0.id)" } ?? ""))
        get.add("operationId", text: words.name + (collection.map { "-\($0.id)" } ?? ""))
        get.add("parameters", json: JSONList.of(pathParameters + queryParameters))
        get.add("responses", json: responses(words))
        var item = JSONObject()
        item.add("get", json: get.bytes)
        if let post = route.post { item.add("post", json: operation(post)) }
        return item.bytes
    }

    private func operation(_ route: Route.Post) -> [UInt8] {
        let words = RouteWords.of("POST " + self.route.path)
        let parameters = route.parameters.sorted().map { name in
            let words = ParameterWords.ofQuery(name, self.route.path)
            return parameter(name, words.summary, words.schema, isList: words.isList, isRequired: words.isRequired)
        }
        var post = JSONObject()
        post.add("tags", json: "[\"\(words.tag)\"]".utf8)
        post.add("summary", text: words.summary)
        post.add("operationId", text: words.name)
        post.add("security", json: #"[{"token":[]}]"#.utf8)
        post.add("parameters", json: JSONList.of(parameters))
        post.add("requestBody", json: DescribedSchemas.importBody)
        var responses = JSONObject()
        for status in ["200", "201"] { responses.add(status, json: DescribedSchemas.importAnswer(status)) }
        for status in Self.refusals + ["409", "422"] {
            responses.add(status, json: "{\"$ref\":\"#/components/responses/Problem\"}".utf8)
        }
        post.add("responses", json: responses.bytes)
        return post.bytes
    }

    private static let refusals = ["400", "401", "403", "404", "405", "406", "413", "414", "416", "500", "503"]

    /// The parameters of the address's own parts.
    private var pathParameters: [[UInt8]] {
        var names: [String] = []
        for part in route.path.split(separator: "{").dropFirst() {
            if let name = part.split(separator: "}").first, name != "collection" { names.append(String(name)) }
        }
        return names.map { name in
            let words = ParameterWords.ofPath(name, route.path, snapshot)
            var json = JSONObject()
            json.add("name", text: name)
            json.add("in", text: "path")
            json.add("required", json: "true".utf8)
            json.add("description", text: words.summary)
            json.add("schema", json: words.schema.utf8)
            return json.bytes
        }
    }

    private var queryParameters: [[UInt8]] {
        let parts = collection.map { ["collection": $0.id] } ?? [:]
        let names = route.parameters.union(route.moreParameters(snapshot, parts)).sorted()
        let properties = collection?.queryables ?? []
        let isItems = route.path.hasSuffix("/items")
        var described = names.map { name -> [UInt8] in
            if isItems, let property = properties.first(where: { $0.name == name }) {
                return parameter(
                    name, property.summary, String(decoding: QueryableText.parameterSchema(of: property), as: UTF8.self)
                )
            }
            let words = ParameterWords.ofQuery(name, route.path)
            return parameter(name, words.summary, words.schema, isList: words.isList)
        }
        if route.media.count > 1 {
            let forms = route.media.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
            described.append(
                parameter(
                    "f", "The form of the answer; otherwise Accept decides.",
                    "{\"type\":\"string\",\"enum\":[\(forms)]}"))
        }
        return described
    }

    private func parameter(
        _ name: String, _ summary: String, _ schema: String, isList: Bool? = nil, isRequired: Bool = false
    )
        -> [UInt8]
    {
        var json = JSONObject()
        json.add("name", text: name)
        json.add("in", text: "query")
        json.add("required", json: "\(isRequired)".utf8)
        json.add("description", text: summary)
        json.add("schema", json: schema.utf8)
        if let isList {
            json.add("style", text: "form")
            json.add("explode", json: (isList ? "true" : "false").utf8)
        }
        return json.bytes
    }

    private func responses(_ words: RouteWords) -> [UInt8] {
        var content = JSONObject()
        for media in route.media { content.add(media.type, json: "{\"schema\":\(words.schema(media))}".utf8) }
        var answer = JSONObject()
        answer.add("description", text: "The answer.")
        answer.add("content", json: content.bytes)
        var responses = JSONObject()
        responses.add("200", json: answer.bytes)
        if words.mayBeEmpty { responses.add("204", json: "{\"description\":\"Nothing is on this tile.\"}".utf8) }
        if case .revision = route.caching {
            responses.add(
                "304", json: "{\"description\":\"The state of the store is the one that If-None-Match names.\"}".utf8)
        }
        if words.hasRanges { responses.add("206", json: answer.bytes) }
        for status in Self.refusals {
            responses.add(status, json: "{\"$ref\":\"#/components/responses/Problem\"}".utf8)
        }
        return responses.bytes
    }
}

/// The schemas that OpenAPI refers to: the document's `components`.
enum DescribedSchemas {
    static let importBody = Array(
        """
        {"required":true,"description":"The file, as faro import takes it.","content":{\
        "text/csv":{"schema":{"type":"string","format":"binary"}},\
        "application/gzip":{"schema":{"type":"string","format":"binary"}},\
        "application/octet-stream":{"schema":{"type":"string","format":"binary"}}}}
        """.utf8)

    static func importAnswer(_ status: String) -> [UInt8] {
        let words =
            status == "201"
            ? "The file is in the store; Location leads to its record."
            : "Nothing was changed: a dry run, or the file was in the store already."
        return Array(
            """
            {"description":"\(words)","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Anything"}}}}
            """.utf8)
    }

    static let components = Array(
        """
        {"schemas":{
        "Anything":{"type":"object","additionalProperties":true},
        "Link":{"type":"object","required":["href","rel"],"properties":{"href":{"type":"string"},"rel":{"type":"string"},\
        "type":{"type":"string"},"title":{"type":"string"}}},
        "Landing":{"type":"object","required":["links"],"properties":{"title":{"type":"string"},"description":{"type":"string"},\
        "links":{"type":"array","items":{"$ref":"#/components/schemas/Link"}}}},
        "Conformance":{"type":"object","required":["conformsTo"],"properties":{"conformsTo":{"type":"array",\
        "items":{"type":"string"}}}},
        "Collection":{"type":"object","required":["id","links"],"properties":{"id":{"type":"string"},"title":{"type":"string"},\
        "description":{"type":"string"},"access":{"type":"string","enum":["public","planner"]},"itemType":{"type":"string"},\
        "extent":{"type":"object"},"crs":{"type":"array","items":{"type":"string"}},\
        "links":{"type":"array","items":{"$ref":"#/components/schemas/Link"}}}},
        "Collections":{"type":"object","required":["links","collections"],"properties":{\
        "links":{"type":"array","items":{"$ref":"#/components/schemas/Link"}},\
        "collections":{"type":"array","items":{"$ref":"#/components/schemas/Collection"}}}},
        "Geometry":{"type":"object","nullable":true,"required":["type"],"properties":{"type":{"type":"string",\
        "enum":["Point","MultiPoint","LineString","MultiLineString","Polygon","MultiPolygon","GeometryCollection"]},\
        "coordinates":{"type":"array","items":{}}}},
        "Feature":{"type":"object","required":["type","geometry","properties"],"properties":{"type":{"type":"string",\
        "enum":["Feature"]},"id":{"type":"string"},"geometry":{"$ref":"#/components/schemas/Geometry"},\
        "properties":{"type":"object","nullable":true},"links":{"type":"array","items":{"$ref":"#/components/schemas/Link"}}}},
        "FeatureCollection":{"type":"object","required":["type","features"],"properties":{"type":{"type":"string",\
        "enum":["FeatureCollection"]},"features":{"type":"array","items":{"$ref":"#/components/schemas/Feature"}},\
        "links":{"type":"array","items":{"$ref":"#/components/schemas/Link"}},"timeStamp":{"type":"string","format":"date-time",\
        "description":"When the state of the store was read that the answer is of."},\
        "storeRevision":{"type":"integer"},"numberMatched":{"type":"integer","minimum":0},\
        "numberReturned":{"type":"integer","minimum":0}}},
        "Problem":{"type":"object","required":["type","title","status","detail"],"properties":{"type":{"type":"string"},\
        "title":{"type":"string"},"status":{"type":"integer"},"code":{"type":"string"},"detail":{"type":"string"},\
        "instance":{"type":"string"}}}},
        "responses":{"Problem":{"description":"Why there is no answer.","content":{"application/problem+json":{"schema":\
        {"$ref":"#/components/schemas/Problem"}}}}},
        "securitySchemes":{"token":{"type":"http","scheme":"bearer"}}}
        """.utf8)
}

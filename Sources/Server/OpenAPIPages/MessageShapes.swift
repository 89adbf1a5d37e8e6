import MessageJSON

/// What messages look like in JSON: a schema for each message and enum, under its full name.
struct MessageShapes {
  private let schemas: MessageSchemas
  private var shapes: [String: JSONValue] = [:]

  init(_ schemas: MessageSchemas) { self.schemas = schemas }

  /// All that were referred to, by name.
  var all: JSONValue { .object(shapes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }

  /// A reference to a message, whose shape is then among all.
  mutating func reference(to schema: MessageSchema) -> JSONValue {
    if shapes[schema.name] == nil {
      // A message may hold itself.
      shapes[schema.name] = [:]
      shapes[schema.name] = shape(of: schema)
    }
    return Self.reference(schema.name)
  }

  private static func reference(_ name: String) -> JSONValue { ["$ref": .text("#/components/schemas/\(name)")] }

  private mutating func shape(of schema: MessageSchema) -> JSONValue {
    var properties: [(name: String, value: JSONValue)] = []
    for field in schema.fields {
      properties.append((field.jsonName, shape(of: field).described(field.comment)))
    }
    var text = schema.comment
    for (place, name) in schema.oneofs.enumerated() {
      let members = schema.fields.filter { $0.oneof == place }.map { "`\($0.jsonName)`" }
      text += (text.isEmpty ? "" : "\n\n") + "`\(name)`: at most one of \(members.joined(separator: ", "))."
    }
    let shape: JSONValue = ["type": "object", "properties": .object(properties), "additionalProperties": false]
    return shape.described(text)
  }

  private mutating func shape(of field: MessageSchema.Field) -> JSONValue {
    let one = shape(of: field.kind)
    return switch field.shape {
    case .one: one
    case .list: ["type": "array", "items": one]
    case .map: ["type": "object", "additionalProperties": one]
    }
  }

  private mutating func shape(of kind: MessageSchema.Kind) -> JSONValue {
    switch kind {
    case .bool: ["type": "boolean"]
    case .signed32, .zigzag32, .signedFixed32: Self.whole("int32", from: Int(Int32.min), to: Int(Int32.max))
    case .unsigned32, .fixed32: Self.whole("uint32", from: 0, to: Int(UInt32.max))
    case .signed64, .zigzag64, .signedFixed64: Self.wholeAsText("int64", pattern: "^-?[0-9]{1,19}$")
    case .unsigned64, .fixed64: Self.wholeAsText("uint64", pattern: "^[0-9]{1,20}$").with("minimum", 0)
    case .float: ["type": "number", "format": "float"]
    case .double: ["type": "number", "format": "double"]
    case .text: ["type": "string"]
    case .bytes: ["type": "string", "format": "byte", "contentEncoding": "base64"]
    case .choice(let schema): reference(to: schema)
    case .message(let index): reference(to: schemas[index])
    }
  }

  private static func whole(_ format: String, from least: Int, to most: Int) -> JSONValue {
    ["type": "integer", "format": .text(format), "minimum": .number(least), "maximum": .number(most)]
  }

  /// Numbers of 64 bits are written as texts, since many programs read numbers as doubles; both are taken.
  private static func wholeAsText(_ format: String, pattern: String) -> JSONValue {
    ["type": ["string", "integer"], "format": .text(format), "pattern": .text(pattern)]
  }

  private mutating func reference(to schema: EnumSchema) -> JSONValue {
    let names = schema.values.map { JSONValue.text($0.name) }
    let remarks = schema.values.filter { !$0.comment.isEmpty }.map { "- `\($0.name)`: \($0.comment)" }
    let text = [schema.comment, remarks.joined(separator: "\n")].filter { !$0.isEmpty }.joined(separator: "\n\n")
    shapes[schema.name] = JSONValue.object([("type", "string"), ("enum", .list(names))]).described(text)
    return Self.reference(schema.name)
  }
}

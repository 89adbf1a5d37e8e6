/// A message in JSON as bytes: proto3's own mapping, by the schema of the message.
///
/// Names may be in lowerCamelCase or as the schema has them, numbers may be texts, `null` is not given. What the schema
/// does not know is refused, as is a field that is given twice. The text is read once, strictly as RFC 8259 has it, and
/// fields come in its order.
public struct MessageJSONReader {
  private let schemas: MessageSchemas
  var text: JSONText
  var bytes: [UInt8] = []
  /// What of each message that is being read was given, the innermost last: its fields, then its oneofs.
  private var given: [Bool] = []
  /// A string that is no text of the message: a name, a number, base64.
  var word: [UInt8] = []

  /// The bytes of a message. O(bytes).
  ///
  /// - Parameter schema: one of `schemas`.
  public static func bytes(
    of json: some Sequence<UInt8>, _ schema: MessageSchema, in schemas: MessageSchemas
  ) throws(MessageJSONError) -> [UInt8] {
    var reader = MessageJSONReader(schemas: schemas, text: try JSONText(json))
    try reader.message(schema, depth: 0)
    try reader.text.expectEnd()
    return reader.bytes
  }

  private init(schemas: MessageSchemas, text: JSONText) { (self.schemas, self.text) = (schemas, text) }

  private mutating func message(_ schema: MessageSchema, depth: Int) throws(MessageJSONError) {
    guard depth < MessageJSONWriter.depthMax else {
      throw MessageJSONError("more than \(MessageJSONWriter.depthMax) messages inside each other")
    }
    guard text.take("{") else { throw refusal("an object", from: text.position) }
    let first = given.count
    given.append(contentsOf: repeatElement(false, count: schema.fields.count + schema.oneofs.count))
    defer { given.removeLast(given.count - first) }
    guard !text.take("}") else { return }
    var next = 0
    repeat {
      let index = try fieldIndex(in: schema, next: next)
      next = index + 1
      let field = schema.fields[index]
      guard !given[first + index] else { throw MessageJSONError("given twice", at: field.jsonName) }
      given[first + index] = true
      if text.take(word: "null") { continue }
      if let oneof = field.oneof {
        let place = first + schema.fields.count + oneof
        guard !given[place] else {
          throw MessageJSONError("only one of these fields may be given", at: field.jsonName)
        }
        given[place] = true
      }
      do throws(MessageJSONError) { try value(of: field, depth: depth) } catch { throw error.inside(field.jsonName) }
    } while text.take(",")
    try text.expect("}")
  }

  /// Takes a name with its colon. Fields mostly come in the schema's order, so that the next one is looked at first.
  private mutating func fieldIndex(in schema: MessageSchema, next: Int) throws(MessageJSONError) -> Int {
    for index in schema.fields.indices.suffix(from: min(next, schema.fields.count))
    where text.take(name: schema.fields[index].jsonKey) { return index }
    let name = try string()
    guard let index = schema.index(name: name) else {
      throw MessageJSONError("\(schema.name) has no such field", at: name)
    }
    try text.expect(":")
    return index
  }

  mutating func string() throws(MessageJSONError) -> String {
    word.removeAll(keepingCapacity: true)
    try text.string(to: &word)
    return String(decoding: word, as: UTF8.self)
  }

  private mutating func value(of field: MessageSchema.Field, depth: Int) throws(MessageJSONError) {
    switch field.shape {
    case .one:
      let start = bytes.count
      bytes.append(tag: field.number, field.kind.encoding)
      let isDefault = try value(of: field.kind, depth: depth)
      if isDefault && !field.hasPresence { bytes.removeLast(bytes.count - start) }
    case .list: try list(of: field, depth: depth)
    case .map(let key): try map(of: field, key: key, depth: depth)
    }
  }

  private mutating func list(of field: MessageSchema.Field, depth: Int) throws(MessageJSONError) {
    guard text.take("[") else { throw refusal("a list", from: text.position) }
    guard !text.take("]") else { return }
    let isPacked = field.kind.encoding != .bytes
    if isPacked { bytes.append(tag: field.number, .bytes) }
    let start = isPacked ? bytes.openBlock() : 0
    var number = 0
    repeat {
      do throws(MessageJSONError) {
        if text.next() == UInt8(ascii: "n") { throw MessageJSONError("null in a list") }
        if !isPacked { bytes.append(tag: field.number, .bytes) }
        try value(of: field.kind, depth: depth)
      } catch {
        throw error.inside("[\(number)]")
      }
      number += 1
    } while text.take(",")
    try text.expect("]")
    if isPacked { bytes.closeBlock(from: start) }
  }

  /// Each entry of a map is a message with the key as its first field and the value as its second.
  private mutating func map(
    of field: MessageSchema.Field, key: MessageSchema.Kind, depth: Int
  ) throws(MessageJSONError) {
    guard text.take("{") else { throw refusal("an object", from: text.position) }
    guard !text.take("}") else { return }
    var names: Set<String> = []
    repeat {
      let start = startOfValue()
      let name = try string()
      guard names.insert(name).inserted else { throw MessageJSONError("given twice", at: name) }
      try text.expect(":")
      do throws(MessageJSONError) {
        bytes.append(tag: field.number, .bytes)
        let entry = bytes.openBlock()
        bytes.append(tag: 1, key.encoding)
        try self.key(name, key, from: start)
        bytes.append(tag: 2, field.kind.encoding)
        if text.next() == UInt8(ascii: "n") { throw MessageJSONError("null in a map") }
        try value(of: field.kind, depth: depth)
        bytes.closeBlock(from: entry)
      } catch {
        throw error.inside("[\(name)]")
      }
    } while text.take(",")
    try text.expect("}")
  }

  /// Appends a value without its tag; returns true if it is the default of its kind.
  @discardableResult private mutating func value(
    of kind: MessageSchema.Kind, depth: Int
  ) throws(MessageJSONError) -> Bool {
    switch kind {
    case .bool:
      let isTrue = text.take(word: "true")
      guard isTrue || text.take(word: "false") else { throw refusal("true or false", from: text.position) }
      bytes.append(isTrue ? 1 : 0)
      return !isTrue
    case .text:
      guard text.next() == UInt8(ascii: "\"") else { throw refusal("a text", from: text.position) }
      let start = bytes.openBlock()
      try text.string(to: &bytes)
      bytes.closeBlock(from: start)
      return bytes.count == start
    case .bytes: return try base64()
    case .message(let index):
      let start = bytes.openBlock()
      try message(schemas[index], depth: depth + 1)
      bytes.closeBlock(from: start)
      return false
    case .float, .double: return try decimal(kind)
    default: return try whole(kind)
    }
  }

  /// Where the next value begins.
  mutating func startOfValue() -> Int {
    _ = text.next()
    return text.position
  }

  func refusal(_ wanted: String, from start: Int) -> MessageJSONError {
    MessageJSONError("not \(wanted)", value: text.shown(from: start))
  }
}

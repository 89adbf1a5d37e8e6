/// A message's bytes as JSON: proto3's own mapping, by the schema of the message.
///
/// Names are in lowerCamelCase, 64-bit numbers are texts, enums are names, what has its default is left out. What the
/// schema does not know is passed over.
public struct MessageJSONWriter {
  private let schemas: MessageSchemas
  private var output = JSONOutput()
  /// The fields of each message that is being written, the innermost last, in the order of its schema.
  private var entries: [Entry] = []

  /// Messages inside of messages.
  static let depthMax = 100

  /// The JSON of a message. O(bytes).
  ///
  /// - Parameter schema: one of `schemas`.
  public static func json(
    of bytes: [UInt8], _ schema: MessageSchema, in schemas: MessageSchemas
  ) throws(MessageJSONError) -> [UInt8] {
    var writer = MessageJSONWriter(schemas: schemas)
    writer.output.reserve(bytes.count * 3)
    try bytes.withUnsafeBufferPointer { (bytes) throws(MessageJSONError) in
      try writer.write([UnsafeRawBufferPointer(bytes)], schema, depth: 0)
    }
    return writer.output.text
  }

  private init(schemas: MessageSchemas) { self.schemas = schemas }

  /// A value of a field, with its place among all that the message's bytes have.
  private struct Entry {
    var field: Int
    var place: Int
    var value: WireReader.Value
  }

  /// Writes a message whose bytes come in parts: those of one field that was given several times are merged.
  private mutating func write(
    _ parts: [UnsafeRawBufferPointer], _ schema: MessageSchema, depth: Int
  ) throws(MessageJSONError) {
    guard depth < Self.depthMax else { throw MessageJSONError("more than \(Self.depthMax) messages inside each other") }
    let first = entries.count
    defer { entries.removeLast(entries.count - first) }
    let chosen = try collect(parts, schema)
    let end = entries.count
    output.append("{")
    var (next, isFirst) = (first, true)
    while next < end {
      let index = entries[next].field
      let field = schema.fields[index]
      var start = next
      while next < end, entries[next].field == index { next += 1 }
      // What came before another field of the oneof was given is gone.
      if let oneof = field.oneof { while start < next, entries[start].place < chosen[oneof] { start += 1 } }
      guard holdsSomething(start..<next, of: field) else { continue }
      if !isFirst { output.append(",") }
      isFirst = false
      output.append(json: field.jsonKey)
      try write(start..<next, of: field, depth: depth)
    }
    output.append("}")
  }

  /// Appends the entries of a message in the order of its schema. Returns for each of its oneofs where the field begins
  /// that counts.
  private mutating func collect(
    _ parts: [UnsafeRawBufferPointer], _ schema: MessageSchema
  ) throws(MessageJSONError) -> [Int] {
    let first = entries.count
    var chosen = [Int](repeating: 0, count: schema.oneofs.count)
    var chosenField = [Int](repeating: -1, count: schema.oneofs.count)
    var isInOrder = true
    for part in parts {
      var reader = WireReader(part)
      while !reader.isAtEnd {
        let (number, value) = try reader.field()
        guard let index = schema.index(number: number), schema.fields[index].takes(value) else { continue }
        let entry = Entry(field: index, place: entries.count, value: value)
        if let oneof = schema.fields[index].oneof, chosenField[oneof] != index {
          (chosen[oneof], chosenField[oneof]) = (entry.place, index)
        }
        if entries.count > first, let last = entries.last, last.field > index { isInOrder = false }
        entries.append(entry)
      }
    }
    if !isInOrder { entries[first...].sort { ($0.field, $0.place) < ($1.field, $1.place) } }
    return chosen
  }

  /// False for the default of a field without presence, and for what is no value at all.
  private func holdsSomething(_ values: Range<Int>, of field: MessageSchema.Field) -> Bool {
    guard let last = values.last else { return false }
    switch field.shape {
    case .one: return field.hasPresence || !entries[last].value.isZero
    // Numbers that stand together may be none.
    case .list: return field.kind.encoding == .bytes || !entries[values].allSatisfy { $0.value.bytes?.isEmpty == true }
    case .map: return true
    }
  }

  private mutating func write(
    _ values: Range<Int>, of field: MessageSchema.Field, depth: Int
  ) throws(MessageJSONError) {
    switch field.shape {
    case .one:
      if case .message(let index) = field.kind, values.count > 1 {
        try write(entries[values].compactMap(\.value.bytes), schemas[index], depth: depth + 1)
      } else {
        try write(entries[values.upperBound - 1].value, of: field.kind, depth: depth)
      }
    case .list:
      output.append("[")
      var isFirst = true
      for place in values { try write(elements: entries[place].value, of: field.kind, isFirst: &isFirst, depth: depth) }
      output.append("]")
    case .map(let key): try write(map: values, key: key, of: field.kind, depth: depth)
    }
  }

  /// Writes an element of a list, or several numbers that stand together.
  private mutating func write(
    elements: WireReader.Value, of kind: MessageSchema.Kind, isFirst: inout Bool, depth: Int
  ) throws(MessageJSONError) {
    guard let bytes = elements.bytes, kind.encoding != .bytes else {
      if !isFirst { output.append(",") }
      isFirst = false
      return try write(elements, of: kind, depth: depth)
    }
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      try write(elements: reader.value(kind.encoding), of: kind, isFirst: &isFirst, depth: depth)
    }
  }

  /// Writes the entries of a map; of those with one key the last counts.
  private mutating func write(
    map values: Range<Int>, key: MessageSchema.Kind, of kind: MessageSchema.Kind, depth: Int
  ) throws(MessageJSONError) {
    var keys: [[UInt8]] = []
    var lastByKey: [[UInt8]: [WireReader.Value]] = [:]
    for place in values {
      let (name, parts) = try mapEntry(entries[place].value, key: key, of: kind)
      if lastByKey.updateValue(parts, forKey: name) == nil { keys.append(name) }
    }
    output.append("{")
    for (place, name) in keys.enumerated() {
      if place > 0 { output.append(",") }
      output.append(json: name)
      output.append(":")
      let parts = lastByKey[name] ?? []
      if case .message(let index) = kind {
        try write(parts.compactMap(\.bytes), schemas[index], depth: depth + 1)
      } else {
        try write(parts.last ?? kind.encoding.zero, of: kind, depth: depth)
      }
    }
    output.append("}")
  }

  /// The key of an entry as JSON, and what it has as its value.
  private func mapEntry(
    _ entry: WireReader.Value, key: MessageSchema.Kind, of kind: MessageSchema.Kind
  ) throws(MessageJSONError) -> (key: [UInt8], parts: [WireReader.Value]) {
    var (keyValue, parts) = (key.encoding.zero, [WireReader.Value]())
    var reader = WireReader(entry.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    while !reader.isAtEnd {
      let (number, value) = try reader.field()
      if number == 1, key.encoding.takes(value) { keyValue = value }
      if number == 2, kind.encoding.takes(value) { parts.append(value) }
    }
    var name = MessageJSONWriter(schemas: schemas)
    try name.write(keyValue, of: key, depth: 0)
    // Names are texts, whatever the key is.
    if name.output.text.first != UInt8(ascii: "\"") {
      let text = name.output.text
      name.output = JSONOutput()
      text.withUnsafeBytes { name.output.append(utf8: $0) }
    }
    return (name.output.text, parts)
  }

  private mutating func write(
    _ value: WireReader.Value, of kind: MessageSchema.Kind, depth: Int
  ) throws(MessageJSONError) {
    switch kind {
    case .text:
      guard let bytes = value.bytes, bytes.isUTF8 else { throw MessageJSONError("a text that is not UTF-8") }
      output.append(utf8: bytes)
    case .bytes: output.append(base64: value.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0))
    case .message(let index): try write([value.bytes].compactMap(\.self), schemas[index], depth: depth + 1)
    default: write(number: value.number, of: kind)
    }
  }

  private mutating func write(number bits: UInt64, of kind: MessageSchema.Kind) {
    let low = UInt32(truncatingIfNeeded: bits)
    switch kind {
    case .bool: if bits != 0 { output.append(json: "true") } else { output.append(json: "false") }
    case .signed32, .signedFixed32: output.append(number: Int32(bitPattern: low))
    case .unsigned32, .fixed32: output.append(number: low)
    case .zigzag32: output.append(number: Int32(bitPattern: low >> 1) ^ -Int32(bitPattern: low & 1))
    case .signed64, .signedFixed64: output.append(quoted: Int64(bitPattern: bits))
    case .unsigned64, .fixed64: output.append(quoted: bits)
    case .zigzag64: output.append(quoted: Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1))
    case .float: output.append(decimal: Float(bitPattern: low))
    case .double: output.append(decimal: Double(bitPattern: bits))
    case .choice(let schema):
      let number = Int32(bitPattern: low)
      if let name = schema[number] { output.append(string: name) } else { output.append(number: number) }
    case .text, .bytes, .message: break
    }
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var isUTF8: Bool {
    withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
  }
}

extension WireReader.Value {
  var bytes: UnsafeRawBufferPointer? { if case .bytes(let bytes) = self { bytes } else { nil } }

  /// The bits of a number; 0 of bytes.
  var number: UInt64 {
    switch self {
    case .varint(let bits), .fixed64(let bits): bits
    case .fixed32(let bits): UInt64(bits)
    case .bytes: 0
    }
  }

  /// True for the default of any kind.
  var isZero: Bool { bytes.map(\.isEmpty) ?? (number == 0) }
}

extension MessageSchema.Field {
  /// True if a value is encoded as this field's are: another one is unknown.
  fileprivate func takes(_ value: WireReader.Value) -> Bool {
    switch shape {
    case .one: kind.encoding.takes(value)
    // Numbers of a list may stand together.
    case .list: kind.encoding.takes(value) || value.bytes != nil
    case .map: value.bytes != nil
    }
  }
}

extension MessageSchema.Kind.Encoding {
  fileprivate func takes(_ value: WireReader.Value) -> Bool {
    switch (self, value) {
    case (.varint, .varint), (.fixed64, .fixed64), (.fixed32, .fixed32), (.bytes, .bytes): true
    default: false
    }
  }

  /// The default of what is encoded so.
  fileprivate var zero: WireReader.Value {
    self == .bytes ? .bytes(UnsafeRawBufferPointer(start: nil, count: 0)) : .varint(0)
  }
}

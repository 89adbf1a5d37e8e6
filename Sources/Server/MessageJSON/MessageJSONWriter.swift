import Foundation

/// A message's bytes as JSON: proto3's own mapping, by the schema of the message.
///
/// Names are in lowerCamelCase, 64-bit numbers are texts, enums are names, what has its default is left out. What the
/// schema does not know is passed over.
public struct MessageJSONWriter {
  private let schemas: MessageSchemas
  private var text: [UInt8] = []

  /// Messages inside of messages.
  static let depthMax = 100

  /// The JSON of a message. O(bytes).
  ///
  /// - Parameter schema: one of `schemas`.
  public static func json(
    of bytes: [UInt8], _ schema: MessageSchema, in schemas: MessageSchemas
  ) throws(MessageJSONError) -> [UInt8] {
    var writer = MessageJSONWriter(schemas: schemas)
    writer.text.reserveCapacity(bytes.count * 3)
    try bytes.withUnsafeBufferPointer { (bytes) throws(MessageJSONError) in
      try writer.write([UnsafeRawBufferPointer(bytes)], schema, depth: 0)
    }
    return writer.text
  }

  private init(schemas: MessageSchemas) { self.schemas = schemas }

  /// Writes a message whose bytes come in parts: those of one field that was given several times are merged.
  private mutating func write(
    _ parts: [UnsafeRawBufferPointer], _ schema: MessageSchema, depth: Int
  ) throws(MessageJSONError) {
    guard depth < Self.depthMax else { throw MessageJSONError("more than \(Self.depthMax) messages inside each other") }
    var values = [[WireReader.Value]](repeating: [], count: schema.fields.count)
    var last: [Int: Int] = [:]
    for part in parts {
      var reader = WireReader(part)
      while !reader.isAtEnd {
        let (number, value) = try reader.field()
        guard let index = schema.index(number: number) else { continue }
        let field = schema.fields[index]
        guard field.takes(value) else { continue }
        if let oneof = field.oneof {
          if let other = last.updateValue(index, forKey: oneof), other != index { values[other] = [] }
        }
        values[index].append(value)
      }
    }
    text.append(UInt8(ascii: "{"))
    var isFirst = true
    for (field, values) in zip(schema.fields, values) where !values.isEmpty {
      let mark = text.count
      if !isFirst { text.append(UInt8(ascii: ",")) }
      write(string: field.jsonName)
      text.append(UInt8(ascii: ":"))
      if try write(values, of: field, depth: depth) { isFirst = false } else { text.removeSubrange(mark...) }
    }
    text.append(UInt8(ascii: "}"))
  }

  /// Writes what a field holds; false if that is its default.
  private mutating func write(
    _ values: [WireReader.Value], of field: MessageSchema.Field, depth: Int
  ) throws(MessageJSONError) -> Bool {
    if field.isRepeated {
      text.append(UInt8(ascii: "["))
      var isFirst = true
      for value in values {
        for single in try field.kind.unpacked(value) {
          if !isFirst { text.append(UInt8(ascii: ",")) }
          isFirst = false
          try write(single, of: field.kind, depth: depth)
        }
      }
      text.append(UInt8(ascii: "]"))
      return !isFirst
    }
    if case .message(let index) = field.kind {
      try write(values.compactMap(\.bytes), schemas[index], depth: depth + 1)
      return true
    }
    guard let last = values.last, field.hasPresence || !last.isZero else { return false }
    try write(last, of: field.kind, depth: depth)
    return true
  }

  private mutating func write(
    _ value: WireReader.Value, of kind: MessageSchema.Kind, depth: Int
  ) throws(MessageJSONError) {
    switch kind {
    case .bool: write(value.number != 0 ? "true" : "false")
    case .signed32: write("\(Int32(truncatingIfNeeded: value.number))")
    case .unsigned32, .fixed32: write("\(UInt32(truncatingIfNeeded: value.number))")
    case .signedFixed32: write("\(Int32(truncatingIfNeeded: value.number))")
    case .zigzag32:
      let bits = UInt32(truncatingIfNeeded: value.number)
      write("\(Int32(bitPattern: bits >> 1) ^ -Int32(bitPattern: bits & 1))")
    case .signed64, .signedFixed64: write("\"\(Int64(bitPattern: value.number))\"")
    case .unsigned64, .fixed64: write("\"\(value.number)\"")
    case .zigzag64:
      write("\"\(Int64(bitPattern: value.number >> 1) ^ -Int64(bitPattern: value.number & 1))\"")
    case .float: write(number: Float(bitPattern: UInt32(truncatingIfNeeded: value.number)))
    case .double: write(number: Double(bitPattern: value.number))
    case .choice(let schema):
      let number = Int32(truncatingIfNeeded: value.number)
      if let name = schema[number] { write(string: name) } else { write("\(number)") }
    case .text:
      guard let bytes = value.bytes, let text = String(validating: bytes, as: UTF8.self) else {
        throw MessageJSONError("a text that is not UTF-8")
      }
      write(string: text)
    case .bytes: write(string: Data(value.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)).base64EncodedString())
    case .message(let index): try write([value.bytes].compactMap(\.self), schemas[index], depth: depth + 1)
    }
  }

  /// In as few digits as tell it apart; 1.0 is 1, but -0.0 would lose its sign.
  private mutating func write<Number: BinaryFloatingPoint & LosslessStringConvertible>(number: Number) {
    if number.isNaN { return write("\"NaN\"") }
    if number.isInfinite { return write(number < 0 ? "\"-Infinity\"" : "\"Infinity\"") }
    let text = String(number)
    write(text.hasSuffix(".0") && !(number.isZero && number.sign == .minus) ? String(text.dropLast(2)) : text)
  }

  private mutating func write(_ ascii: String) { text.append(contentsOf: ascii.utf8) }

  private mutating func write(string: String) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0..<0x20, 0x7F:
        write("\\u00")
        text += [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
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
    switch (kind.encoding, value) {
    case (.varint, .varint), (.fixed64, .fixed64), (.fixed32, .fixed32), (.bytes, .bytes): true
    // Numbers of a list may stand together.
    case (.varint, .bytes), (.fixed64, .bytes), (.fixed32, .bytes): isRepeated
    default: false
    }
  }
}

extension MessageSchema.Kind {
  enum Encoding { case varint, fixed64, fixed32, bytes }

  var encoding: Encoding {
    switch self {
    case .bool, .signed32, .signed64, .unsigned32, .unsigned64, .zigzag32, .zigzag64, .choice: .varint
    case .fixed64, .signedFixed64, .double: .fixed64
    case .fixed32, .signedFixed32, .float: .fixed32
    case .text, .bytes, .message: .bytes
    }
  }

  /// The single values of numbers that stand together.
  fileprivate func unpacked(_ value: WireReader.Value) throws(MessageJSONError) -> [WireReader.Value] {
    guard let bytes = value.bytes, encoding != .bytes else { return [value] }
    var reader = WireReader(bytes)
    var values: [WireReader.Value] = []
    while !reader.isAtEnd {
      switch encoding {
      case .varint: values.append(.varint(try reader.varint()))
      case .fixed64: values.append(.fixed64(try reader.fixed()))
      case .fixed32: values.append(.fixed32(try reader.fixed()))
      case .bytes: break
      }
    }
    return values
  }
}

import Foundation

/// A message in JSON as bytes: proto3's own mapping, by the schema of the message.
///
/// Names may be in lowerCamelCase or as the schema has them, numbers may be texts, `null` is not given. What the schema
/// does not know is refused, as is a field that is given twice.
public struct MessageJSONReader {
  private let schemas: MessageSchemas

  /// The bytes of a message. O(bytes).
  ///
  /// - Parameter schema: one of `schemas`.
  public static func bytes(
    of json: some Sequence<UInt8>, _ schema: MessageSchema, in schemas: MessageSchemas
  ) throws(MessageJSONError) -> [UInt8] {
    guard let value = try? JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed) else {
      throw MessageJSONError("not JSON, or cut short")
    }
    return try MessageJSONReader(schemas: schemas).message(value, schema, depth: 0)
  }

  private init(schemas: MessageSchemas) { self.schemas = schemas }

  private func message(_ value: Any, _ schema: MessageSchema, depth: Int) throws(MessageJSONError) -> [UInt8] {
    guard depth < MessageJSONWriter.depthMax else {
      throw MessageJSONError("more than \(MessageJSONWriter.depthMax) messages inside each other")
    }
    guard let object = value as? [String: Any] else {
      throw MessageJSONError("not an object", value: Self.shown(value))
    }
    var given: [Int: Any] = [:]
    var oneofs: Set<Int> = []
    // In one order always: what is refused first does not depend on hashing.
    for name in object.keys.sorted() {
      guard let value = object[name] else { continue }
      guard let index = schema.index(name: name) else {
        throw MessageJSONError("\(schema.name) has no such field", at: name)
      }
      if value is NSNull { continue }
      guard given.updateValue(value, forKey: index) == nil else { throw MessageJSONError("given twice", at: name) }
      if let oneof = schema.fields[index].oneof, !oneofs.insert(oneof).inserted {
        throw MessageJSONError("only one of these fields may be given", at: name)
      }
    }
    var bytes: [UInt8] = []
    for (index, field) in schema.fields.enumerated() {
      guard let value = given[index] else { continue }
      do throws(MessageJSONError) { try append(value, of: field, to: &bytes, depth: depth) } catch {
        throw error.inside(field.jsonName)
      }
    }
    return bytes
  }

  private func append(
    _ value: Any, of field: MessageSchema.Field, to bytes: inout [UInt8], depth: Int
  ) throws(MessageJSONError) {
    guard field.isRepeated else {
      var single: [UInt8] = []
      let isDefault = try append(value, of: field.kind, to: &single, depth: depth)
      if isDefault && !field.hasPresence { return }
      bytes.appendTag(field.number, field.kind.encoding)
      bytes += single
      return
    }
    guard let list = value as? [Any] else { throw MessageJSONError("not a list", value: Self.shown(value)) }
    var together: [UInt8] = []
    for (number, value) in list.enumerated() {
      do throws(MessageJSONError) {
        if value is NSNull { throw MessageJSONError("null in a list") }
        if field.kind.encoding == .bytes { bytes.appendTag(field.number, .bytes) }
        if field.kind.encoding == .bytes {
          try append(value, of: field.kind, to: &bytes, depth: depth)
        } else {
          try append(value, of: field.kind, to: &together, depth: depth)
        }
      } catch {
        throw error.inside("[\(number)]")
      }
    }
    if !together.isEmpty {
      bytes.appendTag(field.number, .bytes)
      bytes.appendVarint(UInt64(together.count))
      bytes += together
    }
  }

  /// Appends a value without its tag; returns true if it is the default of its kind.
  @discardableResult private func append(
    _ value: Any, of kind: MessageSchema.Kind, to bytes: inout [UInt8], depth: Int
  ) throws(MessageJSONError) -> Bool {
    switch kind {
    case .bool:
      guard let number = value as? NSNumber, number.isBool else { throw Self.refusal(value, "true or false") }
      bytes.append(number.boolValue ? 1 : 0)
      return !number.boolValue
    case .signed32: return bytes.append(varint: UInt64(bitPattern: Int64(try Self.whole(value) as Int32)))
    case .signed64: return bytes.append(varint: UInt64(bitPattern: try Self.whole(value) as Int64))
    case .unsigned32: return bytes.append(varint: UInt64(try Self.whole(value) as UInt32))
    case .unsigned64: return bytes.append(varint: try Self.whole(value) as UInt64)
    case .zigzag32:
      let number: Int32 = try Self.whole(value)
      return bytes.append(varint: UInt64(UInt32(bitPattern: number << 1 ^ number >> 31)))
    case .zigzag64:
      let number: Int64 = try Self.whole(value)
      return bytes.append(varint: UInt64(bitPattern: number << 1 ^ number >> 63))
    case .fixed32: return bytes.append(fixed: try Self.whole(value) as UInt32)
    case .fixed64: return bytes.append(fixed: try Self.whole(value) as UInt64)
    case .signedFixed32: return bytes.append(fixed: UInt32(bitPattern: try Self.whole(value) as Int32))
    case .signedFixed64: return bytes.append(fixed: UInt64(bitPattern: try Self.whole(value) as Int64))
    case .float:
      let number = try Self.decimal(value)
      guard !number.isFinite || abs(number) <= Double(Float.greatestFiniteMagnitude) else {
        throw Self.refusal(value, "a number of 32 bits")
      }
      return bytes.append(fixed: Float(number).bitPattern)
    case .double: return bytes.append(fixed: try Self.decimal(value).bitPattern)
    case .choice(let schema):
      if let name = value as? String {
        guard let number = schema[name] else { throw Self.refusal(value, "one of the enum's names") }
        return bytes.append(varint: UInt64(bitPattern: Int64(number)))
      }
      return bytes.append(varint: UInt64(bitPattern: Int64(try Self.whole(value) as Int32)))
    case .text:
      guard let text = value as? String else { throw Self.refusal(value, "a text") }
      bytes.append(block: Array(text.utf8))
      return text.isEmpty
    case .bytes:
      guard let text = value as? String, let data = Data(base64Encoded: text.standardBase64) else {
        throw Self.refusal(value, "bytes in base64")
      }
      bytes.append(block: Array(data))
      return data.isEmpty
    case .message(let index):
      bytes.append(block: try message(value, schemas[index], depth: depth + 1))
      return false
    }
  }

  /// A whole number, also one that is written as text or with a point and noughts.
  private static func whole<Number: FixedWidthInteger>(_ value: Any) throws(MessageJSONError) -> Number {
    let range = "a whole number from \(Number.min) to \(Number.max)"
    switch value {
    case let text as String:
      if let number = Number(text) ?? Double(plain: text).flatMap({ Number(exactly: $0) }) { return number }
    case let number as NSNumber where !number.isBool:
      if let exact = Number(number.stringValue) ?? Number(exactly: number.doubleValue) { return exact }
    default: break
    }
    throw Self.refusal(value, range)
  }

  private static func decimal(_ value: Any) throws(MessageJSONError) -> Double {
    switch value {
    case "NaN" as String: return .nan
    case "Infinity" as String: return .infinity
    case "-Infinity" as String: return -.infinity
    case let text as String: if let number = Double(plain: text) { return number }
    // By its digits: numbers with many of them are decimal ones, which lose some on the way to a double.
    case let number as NSNumber where !number.isBool: return Double(number.stringValue) ?? number.doubleValue
    default: break
    }
    throw Self.refusal(value, "a number")
  }

  private static func refusal(_ value: Any, _ wanted: String) -> MessageJSONError {
    MessageJSONError("not \(wanted)", value: Self.shown(value))
  }

  private static let shownMax = 60

  /// A value, shortened, for people.
  private static func shown(_ value: Any) -> String {
    let text =
      (try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys]))
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.count > shownMax ? text.prefix(shownMax) + "…" : text
  }
}

extension NSNumber {
  /// True for `true` and `false`, which are numbers, too.
  fileprivate var isBool: Bool { String(cString: objCType) == "c" }
}

extension Double {
  /// A finite number in decimal digits as JSON writes it; neither hexadecimal nor a word.
  fileprivate init?(plain text: String) {
    guard text.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }), let number = Double(text), number.isFinite
    else { return nil }
    self = number
  }
}

extension String {
  /// Base64 as RFC 4648 has it, from its form for addresses too, with what pads it.
  fileprivate var standardBase64: String {
    let text = replacing("-", with: "+").replacing("_", with: "/")
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }
}

extension [UInt8] {
  fileprivate mutating func appendTag(_ number: UInt32, _ encoding: MessageSchema.Kind.Encoding) {
    let type: UInt64 =
      switch encoding {
      case .varint: 0
      case .fixed64: 1
      case .bytes: 2
      case .fixed32: 5
      }
    appendVarint(UInt64(number) << 3 | type)
  }

  fileprivate mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Returns true for 0.
  fileprivate mutating func append(varint value: UInt64) -> Bool {
    appendVarint(value)
    return value == 0
  }

  fileprivate mutating func append<Number: FixedWidthInteger>(fixed value: Number) -> Bool {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    return value == 0
  }

  fileprivate mutating func append(block: [UInt8]) {
    appendVarint(UInt64(block.count))
    self += block
  }
}

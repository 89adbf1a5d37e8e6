/// The messages of a file of protobuf, by its `FileDescriptorProto`.
///
/// Source: google/protobuf/descriptor.proto, whose field numbers are those below.
public struct MessageSchemas: Sendable {
  private let messages: [MessageSchema]
  private let indexByName: [String: Int]
  private let methodsByName: [String: MethodSchema]

  /// - Parameter file: a `FileDescriptorProto`; the types of its fields are its own.
  /// - Throws: ``MessageJSONError`` for bytes that are none.
  /// - Complexity: O(bytes).
  public init(file: [UInt8]) throws(MessageJSONError) {
    let file = try DescriptorMessage(file)
    let package = try file.text(2)
    var declared: [(name: String, DescriptorMessage)] = []
    var enums: [String: EnumSchema] = [:]
    func note(enum descriptor: DescriptorMessage, in scope: String) throws(MessageJSONError) {
      enums["\(scope).\(try descriptor.text(1))"] = try EnumSchema(descriptor)
    }
    func note(_ message: DescriptorMessage, in scope: String) throws(MessageJSONError) {
      let name = "\(scope).\(try message.text(1))"
      declared.append((name, message))
      for inner in try message.messages(4) { try note(enum: inner, in: name) }
      for inner in try message.messages(3) { try note(inner, in: name) }
    }
    for descriptor in try file.messages(5) { try note(enum: descriptor, in: package) }
    for descriptor in try file.messages(4) { try note(descriptor, in: package) }
    let indexByName = Dictionary(declared.enumerated().map { ($1.name, $0) }) { first, _ in first }
    var messages: [MessageSchema] = []
    for (name, descriptor) in declared {
      messages.append(try MessageSchema(name, descriptor, messages: indexByName, enums: enums))
    }
    (self.messages, self.indexByName) = (messages, indexByName)
    var methods: [String: MethodSchema] = [:]
    for service in try file.messages(6) {
      let scope = "\(package).\(try service.text(1))"
      for method in try service.messages(2) {
        // Type names begin with a point.
        let names = (String(try method.text(2).dropFirst()), String(try method.text(3).dropFirst()))
        guard let request = indexByName[names.0], let answer = indexByName[names.1] else {
          throw MessageJSONError("a method with messages of another file", at: scope, value: try method.text(1))
        }
        methods["\(scope)/\(try method.text(1))"] = MethodSchema(request: messages[request], answer: messages[answer])
      }
    }
    methodsByName = methods
  }

  /// The messages of a method by its name, such as `tocsin.v1.Dispatch/FastestUnits`. O(1).
  public func method(_ name: String) -> MethodSchema? { methodsByName[name] }

  /// The schema of a message by its full name, such as `tocsin.v1.Place`. O(1).
  public subscript(name: String) -> MessageSchema? { indexByName[name].map { messages[$0] } }

  subscript(index: Int) -> MessageSchema { messages[index] }

  /// The full names of all messages.
  public var names: [String] { messages.map(\.name) }
}

/// What a method takes and answers.
public struct MethodSchema: Sendable {
  public let request: MessageSchema
  public let answer: MessageSchema
}

/// The fields of one kind of message.
public struct MessageSchema: Sendable {
  /// What a field holds.
  enum Kind: Sendable {
    case bool
    case signed32, signed64, unsigned32, unsigned64
    /// Signed numbers whose sign is the lowest bit on the wire.
    case zigzag32, zigzag64
    case fixed32, fixed64, signedFixed32, signedFixed64
    case float, double
    case text, bytes
    case choice(EnumSchema)
    /// By its place in ``MessageSchemas``.
    case message(Int)
  }

  struct Field: Sendable {
    let name: String
    /// As in JSON.
    let jsonName: String
    let number: UInt32
    let kind: Kind
    let isRepeated: Bool
    /// True if it is told apart whether it is there: submessages, optional fields, those of a oneof.
    let hasPresence: Bool
    /// The number of its oneof; `nil` outside of any.
    let oneof: Int?
  }

  public let name: String
  /// In the order of the file.
  let fields: [Field]
  private let indexByNumber: [UInt32: Int]
  private let indexByName: [String: Int]

  fileprivate init(
    _ name: String, _ descriptor: DescriptorMessage, messages: [String: Int], enums: [String: EnumSchema]
  ) throws(MessageJSONError) {
    self.name = name
    var fields: [Field] = []
    for field in try descriptor.messages(2) { fields.append(try Field(field, messages: messages, enums: enums)) }
    self.fields = fields
    indexByNumber = Dictionary(fields.enumerated().map { ($1.number, $0) }) { first, _ in first }
    // Both names are taken, JSON's own counts first.
    let names = fields.enumerated().map { ($1.jsonName, $0) } + fields.enumerated().map { ($1.name, $0) }
    indexByName = Dictionary(names) { first, _ in first }
  }

  /// Where a field stands in ``fields``. O(1).
  func index(number: UInt32) -> Int? { indexByNumber[number] }
  func index(name: String) -> Int? { indexByName[name] }
}

/// The values of an enum.
struct EnumSchema: Sendable {
  private let nameByValue: [Int32: String]
  private let valueByName: [String: Int32]

  fileprivate init(_ descriptor: DescriptorMessage) throws(MessageJSONError) {
    var values: [(name: String, number: Int32)] = []
    for value in try descriptor.messages(2) {
      values.append((try value.text(1), Int32(truncatingIfNeeded: value.number(2) ?? 0)))
    }
    nameByValue = Dictionary(values.map { ($0.number, $0.name) }) { first, _ in first }
    valueByName = Dictionary(values.map { ($0.name, $0.number) }) { first, _ in first }
  }

  subscript(value: Int32) -> String? { nameByValue[value] }
  subscript(name: String) -> Int32? { valueByName[name] }
}

extension MessageSchema.Field {
  private static let repeated: UInt64 = 3

  fileprivate init(
    _ descriptor: DescriptorMessage, messages: [String: Int], enums: [String: EnumSchema]
  ) throws(MessageJSONError) {
    name = try descriptor.text(1)
    jsonName = try descriptor.text(10)
    number = UInt32(truncatingIfNeeded: descriptor.number(3) ?? 0)
    isRepeated = descriptor.number(4) == Self.repeated
    // An optional field is the only one of a oneof that nobody wrote.
    let isOptional = descriptor.number(17) == 1
    oneof = isOptional ? nil : descriptor.number(9).map { Int($0) }
    // Type names begin with a point.
    let typeName = String(try descriptor.text(6).dropFirst())
    let type = descriptor.number(5) ?? 0
    let isMessage: Bool
    if let message = messages[typeName] {
      (kind, isMessage) = (.message(message), true)
    } else if let choice = enums[typeName] {
      (kind, isMessage) = (.choice(choice), false)
    } else if let kind = MessageSchema.Kind(type: type) {
      (self.kind, isMessage) = (kind, false)
    } else {
      throw MessageJSONError("a type of another file", at: name, value: typeName)
    }
    hasPresence = !isRepeated && (isMessage || isOptional || oneof != nil)
  }
}

extension MessageSchema.Kind {
  fileprivate init?(type: UInt64) {
    switch type {
    case 1: self = .double
    case 2: self = .float
    case 3: self = .signed64
    case 4: self = .unsigned64
    case 5: self = .signed32
    case 6: self = .fixed64
    case 7: self = .fixed32
    case 8: self = .bool
    case 9: self = .text
    case 12: self = .bytes
    case 13: self = .unsigned32
    case 15: self = .signedFixed32
    case 16: self = .signedFixed64
    case 17: self = .zigzag32
    case 18: self = .zigzag64
    default: return nil
    }
  }
}

/// A message of a descriptor: its fields by number.
private struct DescriptorMessage {
  private var numbers: [UInt32: UInt64] = [:]
  private var blocks: [UInt32: [[UInt8]]] = [:]

  init(_ bytes: [UInt8]) throws(MessageJSONError) {
    var fields: [(number: UInt32, number64: UInt64?, block: [UInt8]?)] = []
    try bytes.withUnsafeBufferPointer { (bytes) throws(MessageJSONError) in
      var reader = WireReader(UnsafeRawBufferPointer(bytes))
      while !reader.isAtEnd {
        let (number, value) = try reader.field()
        fields.append((number, value.bytes == nil ? value.number : nil, value.bytes.map(Array.init)))
      }
    }
    for field in fields {
      if let number = field.number64 { numbers[field.number] = number }
      if let block = field.block { blocks[field.number, default: []].append(block) }
    }
  }

  func number(_ field: UInt32) -> UInt64? { numbers[field] }

  /// Empty if there is none.
  func text(_ field: UInt32) throws(MessageJSONError) -> String {
    guard let block = blocks[field]?.last else { return "" }
    guard let text = String(validating: block, as: UTF8.self) else { throw WireReader.broken }
    return text
  }

  func messages(_ field: UInt32) throws(MessageJSONError) -> [DescriptorMessage] {
    var messages: [DescriptorMessage] = []
    for block in blocks[field] ?? [] { messages.append(try DescriptorMessage(block)) }
    return messages
  }
}

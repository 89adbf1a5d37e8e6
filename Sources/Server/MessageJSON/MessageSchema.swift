/// The fields of one kind of message. Schemas are classes since they are handed on for every field of every message.
public final class MessageSchema: Sendable {
  /// What a field holds.
  public enum Kind: Sendable {
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

  /// How many values a field holds.
  public enum Shape: Sendable {
    case one
    case list
    /// Each under a key of this kind.
    case map(key: Kind)
  }

  /// One field, with what it holds.
  public final class Field: Sendable {
    public let name: String
    /// As in JSON.
    public let jsonName: String
    public let number: UInt32
    /// Of one value.
    public let kind: Kind
    public let shape: Shape
    /// True if it is told apart whether it is there: submessages, optional fields, those of a oneof.
    public let hasPresence: Bool
    /// Its place in ``MessageSchema/oneofs``; `nil` outside of any.
    public let oneof: Int?
    /// Empty if the descriptor has no comments.
    public let comment: String
    /// The name in JSON with its quotation marks and the colon.
    let jsonKey: [UInt8]

    private static let repeated: UInt64 = 3

    fileprivate init(_ descriptor: Descriptor, _ types: DeclaredTypes, comment: String) throws(MessageJSONError) {
      self.comment = comment
      name = try descriptor.text(1)
      jsonName = try descriptor.text(10)
      var key = JSONOutput()
      key.append(string: jsonName)
      key.append(":")
      jsonKey = key.text
      number = UInt32(truncatingIfNeeded: descriptor.number(3) ?? 0)
      // Type names begin with a point.
      if let entry = types.entries[String(try descriptor.text(6).dropFirst())], try entry.messages(2).count == 2 {
        let (key, value) = (try entry.messages(2)[0], try entry.messages(2)[1])
        kind = try MessageSchema.Kind(value, types)
        shape = .map(key: try MessageSchema.Kind(key, types))
      } else {
        kind = try MessageSchema.Kind(descriptor, types)
        shape = descriptor.number(4) == Self.repeated ? .list : .one
      }
      // An optional field is the only one of a oneof that nobody wrote.
      let isOptional = descriptor.number(17) == 1
      oneof = isOptional ? nil : descriptor.number(9).map { Int(truncatingIfNeeded: $0) }
      switch (shape, kind) {
      case (.one, .message): hasPresence = true
      case (.one, _): hasPresence = isOptional || oneof != nil
      default: hasPresence = false
      }
    }
  }

  public let name: String
  /// In the order of the file.
  public let fields: [Field]
  /// The names of those that somebody wrote.
  public let oneofs: [String]
  /// Empty if the descriptor has no comments.
  public let comment: String
  private let indexByNumber: [UInt32: Int]
  private let indexByName: [String: Int]

  init(_ declared: DeclaredTypes.Message, _ types: DeclaredTypes) throws(MessageJSONError) {
    name = declared.name
    comment = types.comments[declared.path]
    var fields: [Field] = []
    for (place, field) in try declared.descriptor.messages(2).enumerated() {
      fields.append(try Field(field, types, comment: types.comments[declared.path + [2, UInt64(place)]]))
    }
    self.fields = fields
    // Those that stand for an optional field come last.
    let oneofCount = fields.compactMap(\.oneof).max().map { $0 + 1 } ?? 0
    var oneofs: [String] = []
    for oneof in try declared.descriptor.messages(8).prefix(oneofCount) { oneofs.append(try oneof.text(1)) }
    guard oneofs.count == oneofCount else { throw WireReader.broken }
    self.oneofs = oneofs
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
public final class EnumSchema: Sendable {
  /// One name and number.
  public struct Value: Sendable {
    public let name: String
    public let number: Int32
    public let comment: String
  }

  /// With its scope, such as `tocsin.v1.UnitStatus`.
  public let name: String
  /// In the order of the file.
  public let values: [Value]
  public let comment: String
  private let nameByNumber: [Int32: String]
  private let numberByName: [String: Int32]

  init(
    _ descriptor: Descriptor, in scope: String, at path: [UInt64], _ comments: DescriptorComments
  ) throws(MessageJSONError) {
    name = "\(scope).\(try descriptor.text(1))"
    comment = comments[path]
    var values: [Value] = []
    for (place, value) in try descriptor.messages(2).enumerated() {
      values.append(
        Value(
          name: try value.text(1), number: Int32(truncatingIfNeeded: value.number(2) ?? 0),
          comment: comments[path + [2, UInt64(place)]]))
    }
    self.values = values
    nameByNumber = Dictionary(values.map { ($0.number, $0.name) }) { first, _ in first }
    numberByName = Dictionary(values.map { ($0.name, $0.number) }) { first, _ in first }
  }

  subscript(number: Int32) -> String? { nameByNumber[number] }
  subscript(name: String) -> Int32? { numberByName[name] }
}

extension MessageSchema.Kind {
  /// - Parameter field: a `FieldDescriptorProto`.
  fileprivate init(_ field: Descriptor, _ types: DeclaredTypes) throws(MessageJSONError) {
    let typeName = String(try field.text(6).dropFirst())
    if let message = types.indexByName[typeName] {
      self = .message(message)
    } else if let choice = types.enums[typeName] {
      self = .choice(choice)
    } else if let kind = MessageSchema.Kind(type: field.number(5) ?? 0) {
      self = kind
    } else {
      throw MessageJSONError("a type of another file", at: try field.text(1), value: typeName)
    }
  }

  private init?(type: UInt64) {
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

/// A message of `google/protobuf/descriptor.proto`, whose field numbers its readers name: its fields by number.
struct Descriptor {
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
    return try Self.text(block)
  }

  func texts(_ field: UInt32) throws(MessageJSONError) -> [String] {
    var texts: [String] = []
    for block in blocks[field] ?? [] { texts.append(try Self.text(block)) }
    return texts
  }

  private static func text(_ block: [UInt8]) throws(MessageJSONError) -> String {
    guard let text = String(validating: block, as: UTF8.self) else { throw WireReader.broken }
    return text
  }

  func messages(_ field: UInt32) throws(MessageJSONError) -> [Descriptor] {
    var messages: [Descriptor] = []
    for block in blocks[field] ?? [] { messages.append(try Descriptor(block)) }
    return messages
  }

  /// Numbers that stand together.
  func packed(_ field: UInt32) throws(MessageJSONError) -> [UInt64] {
    var numbers: [UInt64] = []
    for block in blocks[field] ?? [] {
      try block.withUnsafeBufferPointer { (bytes) throws(MessageJSONError) in
        var reader = WireReader(UnsafeRawBufferPointer(bytes))
        while !reader.isAtEnd { numbers.append(try reader.varint()) }
      }
    }
    return numbers
  }
}

/// The comments of a file, by the path of what they stand at, if its descriptor has them.
struct DescriptorComments {
  private var comments: [[UInt64]: String] = [:]
  /// What stands at the head of the file.
  let head: String

  /// - Parameter file: a `FileDescriptorProto`.
  init(_ file: Descriptor) throws(MessageJSONError) {
    var head: [String] = []
    for info in try file.messages(9) {
      for location in try info.messages(1) {
        let path = try location.packed(1)
        if path == Self.syntax { head += try location.texts(6) + [try location.text(3)] }
        let texts = [try location.text(3), try location.text(4)].filter { !$0.isEmpty }
        if !texts.isEmpty { comments[path] = texts.map(Self.tidied).joined(separator: "\n") }
      }
    }
    self.head = head.filter { !$0.isEmpty }.map(Self.tidied).joined(separator: "\n\n")
  }

  /// The path of the line with the syntax, which comes first.
  private static let syntax: [UInt64] = [12]

  /// Empty if there is none.
  subscript(path: [UInt64]) -> String { comments[path] ?? "" }

  /// A comment without the blank that stands before each line of it.
  private static func tidied(_ comment: String) -> String {
    let lines = comment.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { $0.hasPrefix(" ") ? $0.dropFirst() : $0 }.joined(separator: "\n")
    return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

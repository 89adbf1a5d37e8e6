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

  private static func text(_ block: [UInt8]) throws(MessageJSONError) -> String {
    guard let text = String(validating: block, as: UTF8.self) else { throw WireReader.broken }
    return text
  }

  func messages(_ field: UInt32) throws(MessageJSONError) -> [Descriptor] {
    var messages: [Descriptor] = []
    for block in blocks[field] ?? [] { messages.append(try Descriptor(block)) }
    return messages
  }

  /// Messages that are not read yet.
  func blocks(_ field: UInt32) -> [[UInt8]] { blocks[field] ?? [] }
}

/// The comments of a file, by the path of what they stand at, if its descriptor has them.
struct DescriptorComments {
  private var comments: [[UInt64]: String] = [:]
  /// What stands at the head of the file.
  private(set) var head = ""

  /// - Parameter file: a `FileDescriptorProto`.
  init(_ file: Descriptor) throws(MessageJSONError) {
    for info in file.blocks(9) {
      try info.withUnsafeBufferPointer { (bytes) throws(MessageJSONError) in
        var reader = WireReader(UnsafeRawBufferPointer(bytes))
        while !reader.isAtEnd {
          if case (1, .bytes(let location)) = try reader.field() { try note(location) }
        }
      }
    }
  }

  /// Notes what stands at a place of the file. Most places have nothing: only their path is read.
  private mutating func note(_ location: UnsafeRawBufferPointer) throws(MessageJSONError) {
    var path = UnsafeRawBufferPointer(start: nil, count: 0)
    var (own, detached): ([String], [String]) = ([], [])
    var reader = WireReader(location)
    while !reader.isAtEnd {
      switch try reader.field() {
      case (1, .bytes(let numbers)): path = numbers
      // Before it and behind it.
      case (3, .bytes(let text)), (4, .bytes(let text)): own.append(Self.tidied(text))
      case (6, .bytes(let text)): detached.append(Self.tidied(text))
      default: break
      }
    }
    guard !own.isEmpty || !detached.isEmpty else { return }
    var numbers = WireReader(path)
    var places: [UInt64] = []
    while !numbers.isAtEnd { places.append(try numbers.varint()) }
    if places == Self.syntax { head = (detached + own).joined(separator: "\n\n") }
    if !own.isEmpty { comments[places] = own.joined(separator: "\n") }
  }

  /// The path of the line with the syntax, which comes first.
  private static let syntax: [UInt64] = [12]

  /// Empty if there is none.
  subscript(path: [UInt64]) -> String { comments[path] ?? "" }

  /// A comment without the blank that stands before each line of it.
  private static func tidied(_ comment: UnsafeRawBufferPointer) -> String {
    let lines = comment.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.first == UInt8(ascii: " ") ? $0.dropFirst() : $0 }
    let text = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
    return String(text.reversed().drop { $0 == "\n" }.reversed())
  }
}

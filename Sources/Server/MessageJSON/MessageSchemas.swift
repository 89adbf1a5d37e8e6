/// The messages and services of a file of protobuf, by its `FileDescriptorProto`.
///
/// Source: google/protobuf/descriptor.proto, whose field numbers are those below.
public struct MessageSchemas: Sendable {
  /// Those of a file one after the other, each before those that are declared within it.
  public let messages: [MessageSchema]
  public private(set) var services: [ServiceSchema] = []
  /// The comment at the head of the file; empty if the descriptor has no comments.
  public let comment: String
  private let indexByName: [String: Int]
  private var methodByName: [String: MethodSchema] = [:]

  /// - Parameter file: a `FileDescriptorProto`; the types of its fields are its own.
  /// - Throws: ``MessageJSONError`` for bytes that are none.
  /// - Complexity: O(bytes).
  public init(file: [UInt8]) throws(MessageJSONError) {
    let file = try Descriptor(file)
    let types = try DeclaredTypes(file)
    var messages: [MessageSchema] = []
    for declared in types.messages { messages.append(try MessageSchema(declared, types)) }
    (self.messages, indexByName, comment) = (messages, types.indexByName, types.comments.head)
    let package = try file.text(2)
    for (place, descriptor) in try file.messages(6).enumerated() {
      let service = try service(descriptor, in: package, at: [6, UInt64(place)], types.comments)
      services.append(service)
      for method in service.methods { methodByName["\(service.name)/\(method.name)"] = method }
    }
  }

  /// The schema of a message by its full name, such as `tocsin.v1.Place`. O(1).
  public subscript(name: String) -> MessageSchema? { indexByName[name].map { messages[$0] } }

  /// The schema of a field's message, by its place in ``messages``.
  public subscript(index: Int) -> MessageSchema { messages[index] }
}

/// What a file declares, before the types of fields are looked up.
struct DeclaredTypes {
  typealias Message = (name: String, descriptor: Descriptor, path: [UInt64])

  let comments: DescriptorComments
  private(set) var messages: [Message] = []
  private(set) var indexByName: [String: Int] = [:]
  private(set) var enums: [String: EnumSchema] = [:]
  /// Messages that nobody wrote: an entry of a map each.
  private(set) var entries: [String: Descriptor] = [:]

  init(_ file: Descriptor) throws(MessageJSONError) {
    comments = try DescriptorComments(file)
    let package = try file.text(2)
    try note(enums: file.messages(5), in: package, at: [5])
    try note(messages: file.messages(4), in: package, at: [4])
  }

  private mutating func note(
    enums: [Descriptor], in scope: String, at path: [UInt64]
  ) throws(MessageJSONError) {
    for (place, descriptor) in enums.enumerated() {
      let schema = try EnumSchema(descriptor, in: scope, at: path + [UInt64(place)], comments)
      self.enums[schema.name] = schema
    }
  }

  private mutating func note(
    messages: [Descriptor], in scope: String, at path: [UInt64]
  ) throws(MessageJSONError) {
    for (place, descriptor) in messages.enumerated() {
      let (name, path) = ("\(scope).\(try descriptor.text(1))", path + [UInt64(place)])
      if try descriptor.messages(7).contains(where: { $0.number(7) == 1 }) {
        entries[name] = descriptor
        continue
      }
      indexByName[name] = self.messages.count
      self.messages.append((name, descriptor, path))
      try note(enums: descriptor.messages(4), in: name, at: path + [4])
      try note(messages: descriptor.messages(3), in: name, at: path + [3])
    }
  }
}

/// A service of a file.
public struct ServiceSchema: Sendable {
  /// With its package, such as `tocsin.v1.Dispatch`.
  public let name: String
  public let methods: [MethodSchema]
  public let comment: String
}

/// What a method takes and answers.
public struct MethodSchema: Sendable {
  /// Without its service.
  public let name: String
  public let request: MessageSchema
  public let answer: MessageSchema
  /// True if there may be any number of them.
  public let takesStream: Bool
  public let answersStream: Bool
  public let comment: String
}

extension MessageSchemas {
  /// The messages of a method by its name, such as `tocsin.v1.Dispatch/FastestUnits`. O(1).
  public func method(_ name: String) -> MethodSchema? { methodByName[name] }

  fileprivate func service(
    _ descriptor: Descriptor, in package: String, at path: [UInt64], _ comments: DescriptorComments
  ) throws(MessageJSONError) -> ServiceSchema {
    var methods: [MethodSchema] = []
    for (place, method) in try descriptor.messages(2).enumerated() {
      methods.append(try self.method(method, comment: comments[path + [2, UInt64(place)]]))
    }
    return ServiceSchema(name: "\(package).\(try descriptor.text(1))", methods: methods, comment: comments[path])
  }

  private func method(_ descriptor: Descriptor, comment: String) throws(MessageJSONError) -> MethodSchema {
    // Type names begin with a point.
    let names = (String(try descriptor.text(2).dropFirst()), String(try descriptor.text(3).dropFirst()))
    guard let request = self[names.0], let answer = self[names.1] else {
      throw MessageJSONError("messages of another file", at: try descriptor.text(1), value: names.0)
    }
    return MethodSchema(
      name: try descriptor.text(1), request: request, answer: answer, takesStream: descriptor.number(5) == 1,
      answersStream: descriptor.number(6) == 1, comment: comment)
  }
}

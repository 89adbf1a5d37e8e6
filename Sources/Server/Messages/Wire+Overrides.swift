import API
import CMessages

extension UnmatchedOverride: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__UnmatchedOverride>) {
    tocsin__v1__unmatched_override__init(message)
  }

  static func read(_ message: Tocsin__V1__UnmatchedOverride) throws(CallStatus) -> UnmatchedOverride {
    let kind = try WireReader.text(message.kind, "kind")
    guard let known = Kind(rawValue: kind) else {
      throw CallStatus(.malformedMessage, "an override of an unknown kind", value: kind)
    }
    return UnmatchedOverride(
      kind: known, id: try WireReader.text(message.id, "id"), line: Int(message.line),
      why: try WireReader.text(message.why, "why"))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__UnmatchedOverride>, in arena: MessageArena) {
    message.pointee.kind = arena.text(kind.rawValue)
    message.pointee.id = arena.text(id)
    message.pointee.line = UInt32(clamping: line)
    message.pointee.why = arena.text(why)
  }
}

extension OverridesAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__OverridesAnswer>? {
    tocsin__v1__overrides_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__OverridesAnswer>) {
    tocsin__v1__overrides_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__OverridesAnswer) throws(CallStatus) -> OverridesAnswer {
    OverridesAnswer(
      version: message.version, path: try WireReader.text(message.path, "path"), entryCount: Int(message.entry_count),
      unmatched: try WireReader.messages(message.unmatched, message.n_unmatched))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__OverridesAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.path = arena.text(path)
    message.pointee.entry_count = UInt32(clamping: entryCount)
    (message.pointee.n_unmatched, message.pointee.unmatched) = (unmatched.count, arena.messages(unmatched))
  }
}

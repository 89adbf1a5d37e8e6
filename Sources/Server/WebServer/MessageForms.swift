#if Web
import Calls
import MessageJSON
import Messages

/// The messages of all methods in the forms of the web.
struct MessageForms: Sendable {
  private let schemas: MessageSchemas

  init() {
    guard let file = MessageFiles.descriptors["tocsin.proto"], let schemas = try? MessageSchemas(file: file) else {
      preconditionFailure(".ci/regenerate writes the descriptor of tocsin.proto")
    }
    self.schemas = schemas
  }

  func method(_ name: String) -> MethodSchema? { schemas.method(name) }

  /// What makes bytes of a request.
  func reading(_ schema: MessageSchema, _ encoding: MethodRequest.Encoding) -> CallRequest.Reading {
    let schemas = schemas
    guard encoding == .json else { return { body throws(CallStatus) in body } }
    return { body throws(CallStatus) in
      do throws(MessageJSONError) {
        return try MessageJSONReader.bytes(of: body, schema, in: schemas)
      } catch {
        let place = error.path.isEmpty ? "" : "\(error.path): "
        throw CallStatus(.malformedMessage, place + error.message, value: error.value)
      }
    }
  }

  /// What makes an answer of bytes.
  func writing(_ schema: MessageSchema, _ encoding: MethodRequest.Encoding) -> MessageWriting {
    let schemas = schemas
    guard encoding == .json else { return { .success($0) } }
    return { bytes in
      Result { () throws(MessageJSONError) in try MessageJSONWriter.json(of: bytes, schema, in: schemas) }
        .mapError { CallStatus(.malformedMessage, "the answer can't be written as JSON: \($0.message)") }
    }
  }
}
#endif

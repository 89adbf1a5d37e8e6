#if Web
import Calls
import Foundation
import Framing
import MessageJSON
import Messages
import WebPages

/// A request for a method: by the Connect protocol, or for its stream as events.
///
/// Source: connectrpc.com/docs/protocol.
struct MethodRequest: Sendable {
  /// How the message is written.
  enum Encoding: String, Sendable {
    case json, proto
  }

  /// Such as `tocsin.v1.Dispatch/FastestUnits`.
  let method: String
  /// The message, where the URL has it.
  let message: [UInt8]?
  let timeout: Duration?
  let form: AnswerForm
  let isStream: Bool
  let read: CallRequest.Reading

  private static let types: [String: (Encoding, isEnveloped: Bool)] = [
    "application/json": (.json, false), "application/proto": (.proto, false),
    "application/connect+json": (.json, true), "application/connect+proto": (.proto, true),
  ]
  private static let millisecondDigitsMax = 10

  /// What a head asks for; `nil` if that is no method.
  init?(_ head: WebHead, _ dispatcher: MessageDispatcher, _ forms: MessageForms) throws(WebRefusal) {
    let method = head.path.joined(separator: "/")
    guard head.path.count == 2, let schema = forms.method(method) else { return nil }
    (self.method, isStream) = (method, dispatcher.isStream(method))
    let asksForEvents = isStream && head.accepts("text/event-stream")
    let isEnveloped: Bool
    let encoding: Encoding
    if head.method == .post {
      let type = Self.types[head.contentType]
      let takesEnvelopes = (isStream || dispatcher.takesStream(method)) && !asksForEvents
      guard let type, type.isEnveloped ? takesEnvelopes : !isStream || asksForEvents else {
        throw Self.foreignType(head, takesEnvelopes: takesEnvelopes, takesPlain: !isStream || asksForEvents)
      }
      (encoding, isEnveloped, message) = (type.0, type.isEnveloped, nil)
    } else {
      guard head.method == .get, !dispatcher.isChange(method), !isStream || asksForEvents else {
        throw WebSite.notAllowed(dispatcher.isChange(method) || isStream ? "POST" : "GET, POST", head)
      }
      (encoding, isEnveloped) = (try Self.encoding(of: head, isDefault: asksForEvents), false)
      message = try Self.message(of: head, isRequired: !asksForEvents)
    }
    timeout = try Self.timeout(of: head)
    form = Self.form(
      encoding, isEnveloped: isEnveloped, asksForEvents: asksForEvents, forms.writing(schema.answer, encoding))
    let compression = try Self.isCompressed(head, by: isEnveloped ? "connect-content-encoding" : "content-encoding")
    let parse = forms.reading(schema.request, encoding)
    let mergesMessages = dispatcher.takesStream(method)
    read = { body throws(CallStatus) in
      if !isEnveloped { return try parse(compression ? Self.inflated(body[...]) : body) }
      let parts = try ConnectEnvelope.decode(body)
      guard parts.count == 1 || mergesMessages else {
        throw CallStatus(.malformedMessage, "the method takes one message", value: "\(parts.count)")
      }
      var whole: [UInt8] = []
      // Messages of a stream, put together, are one: lists add up.
      for (message, isCompressed) in parts {
        whole += try parse(isCompressed && compression ? Self.inflated(message) : Array(message))
        guard whole.count <= FrameLimits.requestBytesMax else { throw Self.tooLarge }
      }
      return whole
    }
  }

  static let tooLarge = CallStatus(.messageTooLarge, "a request has at most \(FrameLimits.requestBytesMax) bytes")

  private static func inflated(_ bytes: ArraySlice<UInt8>) throws(CallStatus) -> [UInt8] {
    bytes.isEmpty ? [] : try CompressedBytes.inflate(bytes, bytesMax: WebLimits.inflatedBytesMax)
  }

  private static func form(
    _ encoding: Encoding, isEnveloped: Bool, asksForEvents: Bool, _ writing: @escaping MessageWriting
  ) -> AnswerForm {
    if asksForEvents { return .events(writing) }
    if isEnveloped { return .connectStream("application/connect+\(encoding.rawValue)", writing) }
    return encoding == .json ? .json(writing) : .message
  }

  private static func encoding(of head: WebHead, isDefault: Bool) throws(WebRefusal) -> Encoding {
    guard let name = head["encoding"] else {
      if isDefault { return .json }
      throw WebRefusal(CallStatus(.malformedFrame, "a GET says encoding=json or encoding=proto"))
    }
    guard let encoding = Encoding(rawValue: name) else {
      throw WebRefusal(415, CallStatus(.malformedFrame, "an encoding is json or proto", value: name))
    }
    return encoding
  }

  private static func message(of head: WebHead, isRequired: Bool) throws(WebRefusal) -> [UInt8] {
    if let version = head["connect"], version != "v1" {
      throw WebRefusal(CallStatus(.malformedFrame, "the protocol is connect=v1", value: version))
    }
    guard let text = head["message"] else {
      if isRequired { throw WebRefusal(CallStatus(.malformedFrame, "a GET has its message in message=")) }
      return Array("{}".utf8)
    }
    guard head["base64"] == "1" else { return Array(text.utf8) }
    // Blanks were plus signs of the other alphabet.
    let standard = text.replacing("-", with: "+").replacing("_", with: "/").replacing(" ", with: "+")
      .replacing("=", with: "")
    let padded = standard + String(repeating: "=", count: (4 - standard.count % 4) % 4)
    guard let data = Data(base64Encoded: padded) else {
      throw WebRefusal(CallStatus(.malformedFrame, "the message is no base64", value: String(text.prefix(100))))
    }
    return [UInt8](data)
  }

  /// How long the caller waits. Throws for what is no number of milliseconds.
  private static func timeout(of head: WebHead) throws(WebRefusal) -> Duration? {
    if let version = head.header("connect-protocol-version"), version != "1" {
      throw WebRefusal(CallStatus(.malformedFrame, "the protocol's version is 1", value: version))
    }
    guard let text = head.header("connect-timeout-ms") else { return nil }
    guard !text.isEmpty, text.utf8.count <= millisecondDigitsMax, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
      let milliseconds = Int64(text)
    else {
      throw WebRefusal(
        CallStatus(.malformedFrame, "a time-out has at most \(millisecondDigitsMax) digits", value: text))
    }
    return .milliseconds(milliseconds)
  }

  /// True if the request is compressed by gzip, as a header says or, where the URL has the message, the URL.
  private static func isCompressed(_ head: WebHead, by name: String) throws(WebRefusal) -> Bool {
    switch (head.method == .post ? head.header(name) : head["compression"]) ?? "" {
    case "", "identity": return false
    case "gzip": return true
    case let other:
      throw WebRefusal(
        501, CallStatus(.compressionUnsupported, "requests may be compressed by gzip", value: other),
        headers: [(name == "content-encoding" ? "accept-encoding" : "connect-accept-encoding", "gzip")])
    }
  }

  private static func foreignType(_ head: WebHead, takesEnvelopes: Bool, takesPlain: Bool) -> WebRefusal {
    let known = types.filter { $0.value.isEnveloped ? takesEnvelopes : takesPlain }.keys.sorted()
    return WebRefusal(
      415,
      CallStatus(
        .malformedFrame, "a request of the method is one of: \(known.joined(separator: ", "))",
        value: String(head.contentType.prefix(100))), headers: [("accept-post", known.joined(separator: ", "))])
  }
}

extension WebHead {
  func accepts(_ type: String) -> Bool {
    (header("accept") ?? "").split(separator: ",").contains { Self.type(of: String($0)) == type }
  }
}
#endif

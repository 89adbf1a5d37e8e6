#if Web
import Calls
import Framing
import MessageJSON
import Messages
import WebPages

/// What becomes of a call's answer on its way to a client of the web. It is made on the thread that ran the call.
struct AnswerForm: Sendable {
  /// The content type of a stream; `nil` where an answer is one page.
  var streamType: String?
  /// Of the answer, or of the end of a stream.
  var answer: @Sendable (Result<[UInt8], CallStatus>) -> WebBatch.Piece
  /// Of a message of a stream that goes on.
  var message: @Sendable ([UInt8]) -> WebBatch.Piece
  /// The body of a refusal as the last part of a stream that has begun.
  var lateRefusal: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  /// Sent now and then while a stream has nothing to say; empty where the form has no such thing.
  var sign: [UInt8] = []

  /// Protobuf, in a page.
  static let message = AnswerForm.page { answer in
    page(of: answer, type: "application/proto")
  }

  /// A page that is made of the one answer.
  static func page(_ page: @escaping @Sendable (Result<[UInt8], CallStatus>) -> PageAnswer) -> AnswerForm {
    AnswerForm(answer: { .page(page($0)) }, message: { .part($0) })
  }

  /// An answer in JSON.
  static func json(_ writing: @escaping MessageWriting) -> AnswerForm {
    .page { answer in page(of: answer.flatMap(writing), type: "application/json") }
  }

  /// A stream of the Connect protocol: its errors are in its last envelope.
  static func connectStream(_ type: String, _ writing: @escaping MessageWriting) -> AnswerForm {
    AnswerForm(
      streamType: type,
      answer: { answer in
        switch answer.flatMap(writing) {
        case .success(let message): .last(ConnectEnvelope.encode(message) + envelope(ofEnd: nil))
        case .failure(let status): .last(envelope(ofEnd: status))
        }
      },
      message: { message in
        switch writing(message) {
        case .success(let message): .part(ConnectEnvelope.encode(message))
        case .failure(let status): .last(envelope(ofEnd: status))
        }
      })
  }

  private static func envelope(ofEnd status: CallStatus?) -> [UInt8] {
    let text = status.map { Array("{\"error\":".utf8) + WebRefusal.json(of: $0) + Array("}".utf8) }
    return ConnectEnvelope.encode(text ?? Array("{}".utf8), flags: ConnectEnvelope.end)
  }

  /// Server-sent events: each message one, then an event that says how the stream ended. A stream that never began is
  /// refused as a page.
  ///
  /// Source: html.spec.whatwg.org, "Server-sent events".
  static func events(_ writing: @escaping MessageWriting) -> AnswerForm {
    AnswerForm(
      streamType: "text/event-stream",
      answer: { answer in
        switch answer.flatMap(writing) {
        case .success(let message): .last(event("", message) + event("event: end\n", Array("{}".utf8)))
        case .failure(let status): .page(WebRefusal(status).page)
        }
      },
      message: { message in
        switch writing(message) {
        case .success(let message): .part(event("", message))
        case .failure(let status): .page(WebRefusal(status).page)
        }
      },
      lateRefusal: { event("event: error\n", $0) },
      sign: Array(": still here\n\n".utf8))
  }

  private static func event(_ name: String, _ data: [UInt8]) -> [UInt8] {
    Array("\(name)data: ".utf8) + data + Array("\n\n".utf8)
  }

  private static func page(of answer: Result<[UInt8], CallStatus>, type: String) -> PageAnswer {
    switch answer {
    case .success(let body): PageAnswer(contentType: type, body: body)
    case .failure(let status): WebRefusal(status).page
    }
  }
}

/// A message's bytes in another form.
typealias MessageWriting = @Sendable ([UInt8]) -> Result<[UInt8], CallStatus>
#endif

import API
import AnswerJSON
import Foundation
import Messages
import WebPages

extension PageAnswer {
  /// A page of JSON.
  static func json(_ object: JSONObject, contentType: String, status: Int = 200) -> PageAnswer {
    // Nothing in these objects can't be written.
    PageAnswer(status: status, contentType: contentType, body: (try? JSONLine.bytes(of: object)) ?? [])
  }

  /// Why there is no page: `code`, `description` and the offending `value`, as OGC API Features names them.
  static func refusal(_ refusal: CallStatus) -> PageAnswer {
    json(
      ["code": refusal.code, "description": refusal.message, "value": refusal.value.isEmpty ? nil : refusal.value],
      contentType: "application/json", status: ConnectCode(grpcCode: refusal.grpcCode).httpStatus)
  }
}

extension CallStatus {
  static func notFound(_ what: String) -> CallStatus {
    CallStatus(.unknownPage, "there is no such page or feature", value: what)
  }

  static func unknownParameter(_ name: String) -> CallStatus {
    CallStatus(EngineError(.invalidArgument, "there is no such parameter", value: name))
  }

  static func badParameter(_ name: String, _ rule: String, _ value: String) -> CallStatus {
    CallStatus(EngineError(.invalidArgument, "\(name) is \(rule)", value: value))
  }
}

extension String {
  /// As a part of a path or a value of a query. Source: RFC 3986, unreserved characters.
  var percentEncoded: String {
    utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.append(Character(UnicodeScalar(byte)))
      default: text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}

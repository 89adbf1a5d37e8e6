#if Web
import Foundation
import Messages
import WebPages

/// Why a request is not answered, as the Connect protocol says it: a status of HTTP, a code, a text.
///
/// Source: connectrpc.com/docs/protocol, "Error codes".
struct WebRefusal: Error {
  var httpStatus: Int
  var status: CallStatus
  var headers: [(name: String, value: String)] = []
  /// True if the rest of the request isn't worth reading.
  var closes = false

  init(_ status: CallStatus) { (httpStatus, self.status) = (ConnectCode(grpcCode: status.grpcCode).httpStatus, status) }

  init(_ httpStatus: Int, _ status: CallStatus, headers: [(name: String, value: String)] = [], closes: Bool = false) {
    (self.httpStatus, self.status, self.headers, self.closes) = (httpStatus, status, headers, closes)
  }

  /// The page that tells it.
  var page: PageAnswer {
    PageAnswer(
      status: httpStatus, contentType: "application/json", body: Self.json(of: status),
      headers: headers + Self.headers(of: status))
  }

  /// The stable code, as other transports say it.
  private static func headers(of status: CallStatus) -> [(name: String, value: String)] {
    let isPlain = status.code.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let challenge = status.grpcCode == GRPCCode.unauthenticated.rawValue ? [("www-authenticate", "Bearer")] : []
    return (isPlain ? [("tocsin-code", status.code)] : []) + challenge
  }

  /// `{"code": …, "message": …, "details": […]}`: the detail is a `google.rpc.ErrorInfo` with the stable code as its
  /// reason, and the offending value.
  static func json(of status: CallStatus) -> [UInt8] {
    let status = status.shortened
    var info = wire(1, status.code) + wire(2, domain)
    if !status.value.isEmpty { info += wire(3, wire(1, "value") + wire(2, status.value)) }
    var metadata: [String: String] = [:]
    if !status.value.isEmpty { metadata["value"] = status.value }
    let debug: [String: Any] = ["reason": status.code, "domain": domain, "metadata": metadata]
    let detail: [String: Any] = [
      "type": "google.rpc.ErrorInfo", "value": Data(info).base64EncodedString().replacing("=", with: ""),
      "debug": debug,
    ]
    let object: [String: Any] = [
      "code": ConnectCode(grpcCode: status.grpcCode).rawValue, "message": status.description, "details": [detail],
    ]
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return data.map { [UInt8]($0) } ?? []
  }

  private static let domain = "tocsin"

  /// A field of protobuf with a length.
  private static func wire(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    var (field, count) = ([number << 3 | 2], bytes.count)
    while count >= 0x80 {
      field.append(UInt8(count & 0x7F) | 0x80)
      count >>= 7
    }
    return field + [UInt8(count)] + bytes
  }

  private static func wire(_ number: UInt8, _ text: String) -> [UInt8] { wire(number, Array(text.utf8)) }
}
#endif

import Foundation
import Messages
import TestSupport
import Testing

/// A client of the web that sends any head and body, and reads answers as they are.
final class WebClient {
  struct Answer {
    var status = 0
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }
    /// The stable code of a refusal.
    var code: String? { headers["tocsin-code"] }
  }

  private let client: RawClient
  private let port: Int
  private var buffer: [UInt8] = []

  init(_ port: Int) throws {
    self.port = port
    client = try RawClient(.tcp(host: "127.0.0.1", port: port))
  }

  /// Sends a request, with `Host` and `Content-Length` unless it says others.
  func send(
    _ method: String, _ target: String, _ headers: [(String, String)] = [], _ body: [UInt8] = []
  ) async throws {
    var lines = headers
    let names = Set(headers.map { $0.0.lowercased() })
    if !names.contains("host") { lines.append(("Host", "127.0.0.1:\(port)")) }
    if !names.contains("content-length"), !names.contains("transfer-encoding"), !body.isEmpty {
      lines.append(("Content-Length", "\(body.count)"))
    }
    let head = "\(method) \(target) HTTP/1.1\r\n" + lines.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    try await client.send(Array(head.utf8) + body)
  }

  func send(_ bytes: [UInt8]) async throws { try await client.send(bytes) }

  /// Sends a request and reads its answer.
  func ask(
    _ method: String, _ target: String, _ headers: [(String, String)] = [], _ body: [UInt8] = []
  ) async throws -> Answer {
    try await send(method, target, headers, body)
    return try await receive(hasBody: method != "HEAD")
  }

  /// Calls a method of `tocsin.v1` with a text of JSON.
  func call(_ method: String, _ json: String, _ headers: [(String, String)] = []) async throws -> Answer {
    let isTyped = headers.contains { $0.0.lowercased() == "content-type" }
    let type = isTyped ? [] : [("Content-Type", "application/json")]
    return try await ask("POST", "/tocsin.v1.\(method)", type + headers, Array(json.utf8))
  }

  /// The head of an answer; fails if the server has closed.
  func receiveHead() async throws -> Answer {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let range = buffer.firstRange(of: end) {
        let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeSubrange(..<range.upperBound)
        var answer = Answer()
        answer.status = Int(try #require(lines.first).split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1)
          answer.headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        return answer
      }
      try await more()
    }
  }

  func receive(hasBody: Bool = true) async throws -> Answer {
    var answer = try await receiveHead()
    guard hasBody, answer.status != 204, answer.status != 304 else { return answer }
    if answer.headers["transfer-encoding"] == "chunked" {
      while let chunk = try await chunk() { answer.body += chunk }
      return answer
    }
    let count = Int(answer.headers["content-length"] ?? "") ?? 0
    while buffer.count < count { try await more() }
    answer.body = Array(buffer.prefix(count))
    buffer.removeFirst(count)
    return answer
  }

  /// The next piece of a stream; `nil` at its end.
  func chunk() async throws -> [UInt8]? {
    let end = Array("\r\n".utf8)
    while true {
      if let range = buffer.firstRange(of: end) {
        let count = try #require(Int(String(decoding: buffer[..<range.lowerBound], as: UTF8.self), radix: 16))
        while buffer.count < range.upperBound + count + 2 { try await more() }
        let chunk = Array(buffer[range.upperBound..<range.upperBound + count])
        buffer.removeSubrange(..<(range.upperBound + count + 2))
        return count == 0 ? nil : chunk
      }
      try await more()
    }
  }

  /// True if the server has closed the connection.
  func isClosed() async throws -> Bool { try await client.some().isEmpty }

  /// Goes away without a word.
  func reset() { client.reset() }

  private func more() async throws {
    let bytes = try await client.some()
    struct Closed: Error {}
    if bytes.isEmpty { throw Closed() }
    buffer += bytes
  }
}

import API
import AnswerJSON

/// What answers route requests: an engine in this process, or a server.
typealias Router = (RouteRequest) async throws -> RouteAnswer

/// Answers one route request per line, in order. A bad line gets its error and the next one goes on.
struct Batch {
  /// The longest line: a request with as many places on the way as an engine takes is far shorter.
  static let lineBytesMax = 65_536

  let router: Router
  /// For requests that name none.
  var profile: String?
  var detail: RouteDetail
  var reach = SnapReach()
  /// For places that say nothing of levels.
  var levels = LevelFilter.all

  /// Reads lines until the input ends and writes an answer for each that isn't empty, before it reads on.
  ///
  /// - Throws: only if the server is lost; a refused request is an answer.
  func run(input descriptor: Int32, write: ([UInt8]) -> Void) async throws {
    var reader = LineReader(descriptor: descriptor, lineBytesMax: Self.lineBytesMax)
    while let line = reader.next() {
      if let answer = try await answer(to: line) { write(answer) }
    }
  }

  /// The answer to a line, with its newline; `nil` for an empty line.
  func answer(to line: LineReader.Line) async throws -> [UInt8]? {
    guard case .text(let bytes) = line else {
      let failure = CommandFailure(
        "LINE_TOO_LONG", "a line has at most \(Self.lineBytesMax) bytes", value: "\(Self.lineBytesMax)")
      return try JSONLine.bytes(of: failure.refusal)
    }
    if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || (9...13).contains($0) }) { return nil }
    do {
      var request = try BatchRequest(line: bytes).routeRequest(
        profile: profile, detail: detail, levels: levels)
      request.reach = reach
      let answer = try await router(request)
      return try JSONLine.bytes(of: ["ok": true, "version": answer.version] + answer.route.json(detail))
    } catch {
      guard let failure = CommandFailure(error), failure.status == .refused else { throw error }
      return try JSONLine.bytes(of: failure.refusal)
    }
  }
}

extension CommandFailure {
  /// Why a line has no route; `value` is what was refused, if it was one value.
  fileprivate var refusal: JSONObject {
    ["ok": false, "code": code, "message": message, "value": value.isEmpty ? nil : value]
  }
}

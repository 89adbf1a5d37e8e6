import Foundation
import Glibc
import Messages
import TestSupport

/// A client that sends any bytes at all. Blocking calls run on a queue of its own, never on a task's thread.
final class RawClient: Sendable {
  struct Failure: Error {
    let what: String
    let errorNumber: Int32
  }

  private let descriptor: Int32
  private let queue = DispatchQueue(label: "raw client")
  private static let receiveSecondsMax = 60

  init(_ address: ServerAddress) throws {
    switch address {
    case .unix(let path):
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      var unix = sockaddr_un()
      unix.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &unix.sun_path) { $0.copyBytes(from: path.utf8) }
      try connect(&unix)
    case .tcp(_, let port):
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var inet = sockaddr_in()
      inet.sin_family = sa_family_t(AF_INET)
      inet.sin_port = in_port_t(port).bigEndian
      inet.sin_addr.s_addr = inet_addr("127.0.0.1")
      try connect(&inet)
    }
    var timeout = timeval(tv_sec: Self.receiveSecondsMax, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { Foundation.close(descriptor) }

  private func connect<Address>(_ address: inout Address) throws {
    let result = withUnsafeBytes(of: &address) { bytes in
      Foundation.connect(
        descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
    if result != 0 { throw Failure(what: "connect", errorNumber: errno) }
  }

  func send(_ bytes: [UInt8]) async throws {
    try await onQueue { [self] in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { throw Failure(what: "send", errorNumber: errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  func send(_ frame: Frame) async throws { try await send(FrameCodec.encode(frame)) }

  /// The next response; `nil` when the server has closed.
  func receive() async throws -> FrameResponse? {
    try await onQueue { [self] in
      guard let header = try read(4) else { return nil }
      let count = try FrameCodec.frameBytes(header: header.reduce(0) { $0 << 8 | UInt32($1) })
      guard let bytes = try read(count) else { throw Failure(what: "cut off", errorNumber: 0) }
      guard case .response(let response) = try bytes.withUnsafeBytes({ try FrameCodec.decode($0) }) else {
        throw Failure(what: "not a response", errorNumber: 0)
      }
      return response
    }
  }

  /// Goes away without a word: what was sent and not read is lost. Over TCP the server is told by a reset.
  func reset() {
    var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Says that nothing more will be sent.
  func closeWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// What came since, at most so much; empty when the server has closed.
  func some(_ countMax: Int = 64 << 10) async throws -> [UInt8] {
    try await onQueue { [self] in
      var bytes = [UInt8](repeating: 0, count: countMax)
      let count = recv(descriptor, &bytes, countMax, 0)
      if count < 0, errno != ECONNRESET { throw Failure(what: "receive", errorNumber: errno) }
      return Array(bytes.prefix(max(count, 0)))
    }
  }

  private func read(_ count: Int) throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let part = bytes.withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress.map { $0 + filled }, count - filled, 0)
      }
      if part < 0 { throw Failure(what: "receive", errorNumber: errno) }
      if part == 0 { return nil }
      filled += part
    }
    return bytes
  }

  private func onQueue<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result(catching: body)) }
    }
  }
}

extension Frame {
  /// A request for the health of the server.
  static func health(id: UInt64) -> Frame {
    .request(FrameRequest(id: id, method: ServiceMethods.health.name, payload: []))
  }

  /// A route request with the fake engine's slow profile.
  /// - Parameter isLong: by a closure of the question's own.
  static func slowRoute(id: UInt64, isLong: Bool = false, token: String = "") -> Frame {
    route(id: id, profile: FakeEngine.slowProfile, isLong: isLong, token: token)
  }

  static func route(id: UInt64, profile: String = "fire", isLong: Bool = false, token: String = "") -> Frame {
    var request = Samples.routeRequest
    request.profile = profile
    if !isLong { (request.whatIf, request.departAt) = ([], nil) }
    let payload = ServiceMethods.route.writeRequest(request)
    return .request(FrameRequest(id: id, method: ServiceMethods.route.name, token: token, payload: payload))
  }
}

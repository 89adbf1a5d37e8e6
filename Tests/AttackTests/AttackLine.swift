import Foundation
import Messages
import Synchronization

/// A connection of somebody who means no good: bytes as they like, and reading only if they like.
final class AttackLine: Sendable {
  private let descriptor: Int32
  private let isOpen = Atomic(true)
  private let answers = Atomic(0)

  /// How many answers came, of one that reads.
  var answerCount: Int { answers.load(ordering: .relaxed) }

  /// `nil` if the server doesn't take it.
  init?(_ address: ServerAddress) {
    guard case .tcp(_, let port) = address else { return nil }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var inet = sockaddr_in()
    inet.sin_family = sa_family_t(AF_INET)
    inet.sin_port = in_port_t(port).bigEndian
    inet.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &inet) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // Who is not read from any more comes back to look at the time.
    var timeout = timeval(tv_sec: 0, tv_usec: 200_000)
    for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }
    if result != 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Sends all, or what the server takes for a while; false if it takes no more.
  @discardableResult func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Reads one answer frame and drops it; false if none came for a while.
  func readAnswer() -> Bool {
    guard let header = read(4) else { return false }
    let count = header.reduce(0) { $0 << 8 | Int($1) }
    guard count < 1 << 30, read(count) != nil else { return false }
    answers.add(1, ordering: .relaxed)
    return true
  }

  /// Reads what there is, once; false if nothing came for a while.
  func readSome() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    return recv(descriptor, &bytes, bytes.count, 0) > 0
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, 0)
      }
      // In the middle of an answer it waits for the rest.
      guard read > 0 || (read < 0 && errno == EAGAIN && filled > 0) else { return nil }
      filled += max(read, 0)
    }
    return bytes
  }
}

/// Tells attackers when to stop.
final class AttackClock: Sendable {
  private let end: ContinuousClock.Instant

  init(seconds: Double) { end = .now + .seconds(seconds) }

  var isOver: Bool { ContinuousClock.now >= end }

  /// Runs `body` on threads of its own, which leave the processors to others, until all have come back.
  func run(threads: Int, _ body: @escaping @Sendable (Int) -> Void) async {
    await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
      let left = Mutex(threads)
      for number in 0..<threads {
        Thread.detachNewThread {
          setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
          body(number)
          let isLast = left.withLock { left in
            left -= 1
            return left == 0
          }
          if isLast { done.resume() }
        }
      }
    }
  }
}

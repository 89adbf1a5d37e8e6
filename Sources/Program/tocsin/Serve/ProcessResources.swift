import CHeap
import Foundation

/// What a program with many connections asks of the system for its process.
enum ProcessResources {
  /// Asks for as many descriptors as the system lets this process have, one for each connection: programs start with
  /// few, for the sake of `select(2)`.
  ///
  /// - Returns: how many that are.
  @discardableResult static func raiseDescriptorLimit() -> Int {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return .max }
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
    guard getrlimit(resource, &limit) == 0 else { return .max }
    return Int(clamping: limit.rlim_cur)
  }

  /// Descriptors for files, listeners, the ledger, threads and connections that are being closed.
  static let descriptorsOfItsOwn = 128

  /// Lets a fault end the process at once. Swift would first write a backtrace, which takes many seconds, while clients
  /// wait at open sockets. Who wants it says so in `SWIFT_BACKTRACE`.
  static func crashAtOnce() {
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
  }

  /// One heap for all threads. With one for each, what a thread frees stays in its heap: over hours of changes that
  /// other threads took part in, memory would grow. Heaps that exist already stay: call it first.
  static func shareHeap() { mallopt(M_ARENA_MAX, 1) }
}

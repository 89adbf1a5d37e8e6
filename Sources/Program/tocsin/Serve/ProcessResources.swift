import CHeap
import Foundation

/// What a program with many connections asks of the system for its process.
enum ProcessResources {
  /// Asks for as many descriptors as the system lets this process have, one for each connection: programs start with
  /// few, for the sake of `select(2)`.
  static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// One heap for all threads. With one for each, what a thread frees stays in its heap: over hours of changes that
  /// other threads took part in, memory would grow. Heaps that exist already stay: call it first.
  static func shareHeap() { mallopt(M_ARENA_MAX, 1) }
}

import Foundation

/// How many descriptors the process may have: one for each connection.
enum OpenFiles {
  /// Asks for as many as the system lets this process have. Programs start with few, for the sake of `select(2)`.
  static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

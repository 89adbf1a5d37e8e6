import Foundation

/// Where a file that is to be written really is. A file takes the place of another one; what is none, such as a device
/// or a pipe, keeps its place and is written to, or refused.
struct OutputPlace {
  /// That of the file itself, where a symbolic link was named.
  let path: String
  /// False for what can't be replaced.
  let isFile: Bool

  init(_ path: String) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    // What a shell has open may be a file: a new one in its place would be another one.
    let isOfShell = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    isFile = !isOfShell && (!isThere || status.st_mode & S_IFMT == S_IFREG)
    self.path = isFile ? Self.target(of: path) : path
  }

  /// The path, for what only writes whole files.
  ///
  /// - Throws: `WRITE_FAILED` for what is no file.
  func filePath() throws -> String {
    guard isFile else {
      throw CommandFailure("WRITE_FAILED", "this can't be written to a device or a pipe", value: path)
    }
    return path
  }

  /// Where links lead to, also if nothing is there yet.
  private static func target(of path: String) -> String {
    var path = path
    for _ in 0..<linksMax {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
      path =
        next.hasPrefix("/")
        ? next
        : ((path as NSString).deletingLastPathComponent as NSString)
          .appendingPathComponent(next)
    }
    return path
  }

  /// As many as Linux follows.
  private static let linksMax = 40
}

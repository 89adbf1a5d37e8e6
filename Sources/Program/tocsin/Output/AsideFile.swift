import Foundation

/// A file that is written beside its place and moved there when it is complete: a failure leaves an earlier one alone.
struct AsideFile {
  let path: String
  /// Where it is written until it is complete.
  let asidePath: String

  /// - Parameter suffix: the ending of the file's name while it is written, for readers that go by it.
  init(path: String, suffix: String = "") {
    self.path = path
    asidePath = "\(path).partial-\(ProcessInfo.processInfo.processIdentifier)\(suffix)"
  }

  /// Writes a file of these bytes and moves it to its place.
  func write(_ bytes: [UInt8]) throws { try write { sink in try bytes.withUnsafeBytes { try sink($0) } } }

  /// Lets `fill` write the file through a sink and moves it to its place.
  func write(_ fill: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    defer { unlink(asidePath) }
    try writeAside(fill)
    guard rename(asidePath, path) == 0 else { throw failure("cannot rename to", path) }
  }

  /// Lets `fill` write the file at ``asidePath`` and leaves it there: the caller removes it.
  func writeAside(_ fill: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    guard let file = fopen(asidePath, "w") else { throw failure("cannot create", asidePath) }
    defer { fclose(file) }
    do {
      try fill { bytes in
        guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else {
          throw failure("cannot write", asidePath)
        }
      }
      guard fflush(file) == 0, fsync(fileno(file)) == 0 else { throw failure("cannot write", asidePath) }
    } catch {
      unlink(asidePath)
      throw error
    }
  }

  private func failure(_ what: String, _ path: String) -> CommandFailure {
    CommandFailure("WRITE_FAILED", "\(what) the file: \(String(cString: strerror(errno)))", value: path)
  }
}

import Foundation

/// A file that is written beside its place and moved there when it is complete: a failure leaves an earlier one alone.
/// What is no file, such as a device or a pipe, is written to where it is.
struct AsideFile {
  private let place: OutputPlace
  /// Where it is written until it is complete.
  let asidePath: String

  /// - Parameter suffix: the ending of the file's name while it is written, for readers that go by it.
  init(path: String, suffix: String = "") {
    place = OutputPlace(path)
    asidePath = "\(place.path).partial-\(ProcessInfo.processInfo.processIdentifier)\(suffix)"
  }

  /// Writes a file of these bytes and moves it to its place.
  func write(_ bytes: [UInt8]) throws { try write { sink in try bytes.withUnsafeBytes { try sink($0) } } }

  /// Lets `fill` write the file through a sink and moves it to its place.
  func write(_ fill: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    guard place.isFile else { return try write(to: place.path, fill) }
    defer { unlink(asidePath) }
    try writeAside(fill)
    guard rename(asidePath, place.path) == 0 else { throw failure("cannot rename to", place.path) }
  }

  /// Lets `fill` write the file at ``asidePath`` and leaves it there: the caller removes it.
  func writeAside(_ fill: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    do {
      try write(to: asidePath, fill)
    } catch {
      unlink(asidePath)
      throw error
    }
  }

  private func write(
    to path: String, _ fill: (_ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    guard let file = fopen(path, "w") else { throw failure("cannot create", path) }
    defer { fclose(file) }
    try fill { bytes in
      guard fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else { throw failure("cannot write", path) }
    }
    guard fflush(file) == 0, fsync(fileno(file)) == 0 || errno == EINVAL else { throw failure("cannot write", path) }
  }

  private func failure(_ what: String, _ path: String) -> CommandFailure {
    CommandFailure("WRITE_FAILED", "\(what) the file: \(String(cString: strerror(errno)))", value: path)
  }
}

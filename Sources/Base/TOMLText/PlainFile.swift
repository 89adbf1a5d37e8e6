import Foundation

/// Reads files whose paths other people name.
public enum PlainFile {
  /// The first bytes of a file, or all; `nil` if it can't be read.
  ///
  /// Never waits: a named pipe in the place of a file would hold a reload, and whoever waits for it, until somebody
  /// writes. What a shell opens (`/dev/stdin`, `/dev/fd/63`) may be a pipe.
  public static func bytes(of path: String, upTo bytesMax: Int = .max) -> Data? {
    guard let file = handle(of: path) else { return nil }
    return try? (bytesMax == .max ? file.readToEnd() : file.read(upToCount: bytesMax)) ?? Data()
  }

  /// A file to read piece by piece; `nil` if it can't be read. Opening it never waits either.
  public static func handle(of path: String) -> FileHandle? {
    let isOfShell = path.hasPrefix("/dev/")
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (isOfShell ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else { return nil }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard isOfShell || fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG else { return nil }
    return file
  }
}

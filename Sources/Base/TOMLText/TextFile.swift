import Foundation

/// Reads files that people write.
public enum TextFile {
  /// The text of a file.
  ///
  /// - Throws: ``FileError`` if it can't be read, is larger than `bytesMax` or isn't UTF-8.
  public static func text(of path: String, bytesMax: Int, family: FileError.Family) throws(FileError) -> String {
    guard let bytes = PlainFile.bytes(of: path, upTo: bytesMax + 1) else {
      throw FileError(family, .unreadable, "the file can't be read", file: path)
    }
    guard bytes.count <= bytesMax else {
      throw FileError(family, .unreadable, "larger than \(bytesMax) bytes", file: path)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(family, .unreadable, "not a text in UTF-8", file: path)
    }
    return text
  }
}

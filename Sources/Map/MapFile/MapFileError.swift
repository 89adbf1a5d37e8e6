import Errors

/// Why a map file can't be used or written.
public struct MapFileError: CodedError {
  /// Stable names of what can go wrong.
  public enum Code: String, Sendable {
    case notFound = "MAP_NOT_FOUND"
    case notAMapFile = "MAP_NOT_A_MAP_FILE"
    case wrongVersion = "MAP_WRONG_VERSION"
    case truncated = "MAP_TRUNCATED"
    case corrupt = "MAP_CORRUPT"
    case missingSection = "MAP_MISSING_SECTION"
    case writeFailed = "MAP_WRITE_FAILED"
  }

  public let code: Code
  public let path: String
  public var value: String { path }
  public let message: String

  public init(_ code: Code, path: String, _ message: String) {
    (self.code, self.path, self.message) = (code, path, message)
  }
}

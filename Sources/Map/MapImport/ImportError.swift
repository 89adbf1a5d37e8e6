import Errors

/// Why OSM data can't become a map.
public struct ImportError: CodedError {
  /// Stable names of what can go wrong.
  public enum Code: String, Sendable {
    case notFound = "OSM_NOT_FOUND"
    case unknownFormat = "OSM_UNKNOWN_FORMAT"
    case unreadable = "OSM_UNREADABLE"
    case noRoads = "OSM_NO_ROADS"
    case tooLarge = "OSM_TOO_LARGE"
    case writeFailed = "OSM_WRITE_FAILED"
    case outOfMemory = "OSM_OUT_OF_MEMORY"
  }

  public let code: Code
  /// The path of the file, or the name of a source that has none.
  public let path: String
  public var value: String { path }
  public let message: String

  public init(_ code: Code, path: String, _ message: String) {
    (self.code, self.path, self.message) = (code, path, message)
  }
}

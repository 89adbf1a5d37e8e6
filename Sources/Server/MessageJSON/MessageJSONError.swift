/// Why a text is no message in JSON, or bytes no message at all.
public struct MessageJSONError: Error, Equatable, CustomStringConvertible {
  public var message: String
  /// Where it is, such as `units[3].coordinate`; empty for the whole.
  public var path: String
  /// What was refused; empty if there is no such value.
  public var value: String

  init(_ message: String, at path: String = "", value: String = "") {
    (self.message, self.path, self.value) = (message, path, value)
  }

  public var description: String {
    (path.isEmpty ? "" : path + ": ") + message + (value.isEmpty ? "" : " (\(value))")
  }

  /// The same within a field of another message.
  func inside(_ name: String) -> MessageJSONError {
    var error = self
    error.path = path.isEmpty ? name : path.hasPrefix("[") ? name + path : "\(name).\(path)"
    return error
  }
}

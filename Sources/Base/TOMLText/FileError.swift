import Errors

/// Why a file that people write can't be used, or what environment and flags say in its place.
public struct FileError: CodedError, Hashable {
  /// Which kind of file.
  public enum Family: String, CaseIterable, Sendable {
    case profile = "PROFILE"
    case overrides = "OVERRIDES"
    case configuration = "CONFIG"
    case tokens = "TOKENS"
    case plans = "PLANS"
  }

  /// What can be wrong.
  public enum Fault: String, CaseIterable, Sendable {
    /// The file or folder can't be read or written, is too large, or isn't TOML.
    case unreadable = "UNREADABLE"
    /// A key that the schema doesn't have: most often a slip of the pen that would silently do nothing.
    case unknownKey = "UNKNOWN_KEY"
    /// A value of the wrong type or out of range, or one that is missing.
    case badValue = "BAD_VALUE"
    /// No profile has this name.
    case unknown = "UNKNOWN"
  }

  /// The two together, such as `PROFILE_BAD_VALUE`: stable, callers may branch on it.
  public struct Code: RawRepresentable, CaseIterable, Hashable, Sendable {
    public let family: Family
    public let fault: Fault

    public init(_ family: Family, _ fault: Fault) { (self.family, self.fault) = (family, fault) }

    public init?(rawValue: String) {
      guard let code = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = code
    }

    public var rawValue: String { "\(family.rawValue)_\(fault.rawValue)" }

    /// Only profiles are looked up by name.
    public static let allCases = Family.allCases.flatMap { family in
      Fault.allCases.filter { $0 != .unknown || family == .profile }.map { Code(family, $0) }
    }
  }

  public let code: Code
  /// The file or folder; `environment` and `flag` for what was said there; empty if no single place is at fault.
  public let file: String
  /// Line of the fault; `nil` if it lies in no line.
  public let line: Int?
  /// Dotted path of the key, tables of a list numbered from 1 (`way[2].speed_kmh`), or the variable or the flag; empty
  /// if the fault lies in none.
  public let key: String
  /// The value that was refused, as it was written; empty if there is none.
  public let value: String
  /// What is wrong, without the place.
  public let reason: String

  public init(
    _ family: Family, _ fault: Fault, _ reason: String, file: String = "", line: Int? = nil, key: String = "",
    value: String = ""
  ) {
    code = Code(family, fault)
    (self.file, self.line, self.key, self.value, self.reason) = (file, line, key, value, reason)
  }

  /// What is wrong, and where: `o.toml:3:way[1].speed_kmh: must be a number from 1 to 300`.
  public var message: String {
    let place = [file, line.map(String.init) ?? "", key].filter { !$0.isEmpty }.joined(separator: ":")
    return place.isEmpty ? reason : "\(place): \(reason)"
  }
}

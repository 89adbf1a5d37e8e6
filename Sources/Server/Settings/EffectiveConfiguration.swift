import TOMLText

/// A configuration with where each value comes from.
///
/// Sources are read one after the other, a later one over the earlier ones: file, then environment, then flags.
public struct EffectiveConfiguration: Sendable {
  /// Where a value was set.
  public enum Origin: Hashable, Sendable, CustomStringConvertible {
    case standard
    case file(path: String, line: Int)
    case environment(variable: String)
    case flag(name: String)

    public var description: String {
      switch self {
      case .standard: "default"
      case .file(let path, let line): "\(path):\(line)"
      case .environment(let variable): variable
      case .flag(let name): name
      }
    }
  }

  /// One setting and what it is.
  public struct Line: Sendable {
    public let setting: Setting
    public let value: SettingValue
    public let origin: Origin
  }

  public private(set) var configuration = ServerConfiguration()
  private var origins: [String: Origin] = [:]

  /// All defaults.
  public init() {}

  /// What the server would be told by a file, the environment and flags. Throws ``FileError``.
  ///
  /// - Parameters:
  ///   - path: the file; `nil` for none.
  ///   - flags: key, value as text, and the flag that says so.
  public init(
    file path: String?, environment: [String: String], flags: [(key: String, value: String, flag: String)] = []
  ) throws(FileError) {
    if let path { try read(file: path) }
    try read(environment: environment)
    for (key, value, flag) in flags { try set(key, to: value, flag: flag) }
    try checkTogether()
  }

  /// Every setting, in the order of ``Setting/all``.
  public var lines: [Line] {
    Setting.all.map { setting in
      Line(setting: setting, value: setting.value(in: configuration), origin: origins[setting.key] ?? .standard)
    }
  }

  /// Where a setting's value comes from.
  public func origin(of key: String) -> Origin { origins[key] ?? .standard }

  mutating func set(_ setting: Setting, to value: SettingValue, from origin: Origin) {
    setting.write(&configuration, value)
    origins[setting.key] = origin
  }

  /// Refuses what makes no sense together. Throws `CONFIG_BAD_VALUE` with the setting that is missing or too much.
  public func checkTogether() throws(FileError) {
    let tls = configuration.tls
    if (tls.certificate == nil) != (tls.key == nil) {
      let (missing, given) = tls.key == nil ? ("tls.key", "tls.certificate") : ("tls.certificate", "tls.key")
      throw fault(missing, "is missing: \(given) needs it")
    }
    if tls.clientAuthorities != nil, tls.certificate == nil {
      throw fault("tls.certificate", "is missing: tls.client_ca needs it")
    }
    if !tls.roles.isEmpty, tls.clientAuthorities == nil {
      throw fault("tls.client_ca", "is missing: tls.roles needs it")
    }
    let limits = configuration.callLimits
    if limits.deadlineSecondsMax > 0, limits.deadlineSecondsDefault > limits.deadlineSecondsMax {
      throw fault("limits.deadline_seconds", "is above limits.deadline_seconds_max")
    }
  }

  private func fault(_ key: String, _ message: String) -> FileError {
    let value = Setting.named(key)?.value(in: configuration).description ?? ""
    let (file, line, name): (String, Int?, String) =
      switch origin(of: key) {
      case .file(let path, let line): (path, line, key)
      case .environment(let variable): ("environment", nil, variable)
      case .flag(let name): ("flag", nil, name)
      case .standard: ("", nil, key)
      }
    return FileError(.configuration, .badValue, message, file: file, line: line, key: name, value: value)
  }
}

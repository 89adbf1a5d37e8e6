import Access
import Foundation
import TOMLText

extension EffectiveConfiguration {
  /// A configuration is a few kilobytes; what is larger isn't one.
  static let fileBytesMax = 256 * 1024
  static let listCountMax = 1_000

  /// Reads a file over what is known. Throws ``FileError`` with the line and the key of the first fault.
  public mutating func read(file path: String) throws(FileError) {
    try read(toml: TextFile.text(of: path, bytesMax: Self.fileBytesMax, family: .configuration), file: path)
  }

  /// Reads the text of a file.
  ///
  /// - Parameter file: what errors call it; relative paths in the text are relative to its folder.
  public mutating func read(toml: String, file: String) throws(FileError) {
    var reader = try TOMLReader(toml: toml, file: file, family: .configuration)
    var new = self
    try new.read(&reader, table: "", file: file)
    for table in Self.tables {
      try reader.section(table) { (section) throws(FileError) in try new.read(&section, table: table, file: file) }
    }
    try reader.finish()
    self = new
  }

  /// Reads the keys of a table.
  private mutating func read(_ reader: inout TOMLReader, table: String, file: String) throws(FileError) {
    for setting in Setting.all where setting.table == table {
      if let value = try setting.value(from: &reader, file: file) {
        set(setting, to: value, from: .file(path: file, line: reader.line(of: setting.name)))
      }
    }
  }

  /// The tables of a file that have settings in them, in the order of the settings.
  private static let tables: [String] = {
    var seen: Set = [""]
    return Setting.all.map(\.table).filter { seen.insert($0).inserted }
  }()
}

extension Setting {
  /// The value that a table has for this setting; `nil` if it says nothing.
  fileprivate func value(from reader: inout TOMLReader, file: String) throws(FileError) -> SettingValue? {
    switch kind {
    case .whole(let range):
      return try reader.integer(name, in: Int64(range.lowerBound)...Int64(range.upperBound)).map { .whole(Int($0)) }
    case .number(let range): return try reader.number(name, in: range).map { .number($0) }
    case .flag: return try reader.flag(name).map { .flag($0) }
    case .texts:
      guard reader.kind(of: name) != nil else { return nil }
      return .texts(try reader.strings(name, countMax: EffectiveConfiguration.listCountMax))
    case .roles: return try roles(from: &reader)
    case .text, .path, .address, .choice:
      guard let text = try reader.string(name) else { return nil }
      guard let value = value(of: text) else { throw reader.bad(name, reader.written(name), expectation) }
      guard case .path = kind else { return value }
      return .text(Self.path(text, besideFile: file))
    }
  }

  private func roles(from reader: inout TOMLReader) throws(FileError) -> SettingValue? {
    var roles: [String: Set<Role>] = [:]
    try reader.section(name) { (table) throws(FileError) in
      for caller in table.allKeys() {
        let words = try table.strings(caller, countMax: Role.allCases.count)
        let known = words.compactMap(Role.init(rawValue:))
        guard known.count == words.count else { throw table.bad(caller, table.written(caller), expectation) }
        roles[caller] = Set(known)
      }
    }
    return roles.isEmpty ? nil : .roles(roles)
  }

  /// A path as if one stood in the folder of the file that says it.
  private static func path(_ path: String, besideFile file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }
}

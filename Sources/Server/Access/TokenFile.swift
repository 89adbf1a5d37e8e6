import Foundation
import TOMLText

/// The file in which an operator keeps tokens: TOML, a table `[[token]]` for each, with the hash and never the token.
public enum TokenFile {
  private static let bytesMax = 4 << 20
  private static let tokensMax = 10_000
  private static let callsMax = 1e9
  /// 1970 to 9999: others can't be written and read again.
  private static let expiries = Date(timeIntervalSince1970: 0)..<Date(timeIntervalSince1970: 253_402_300_800)
  /// Of a new file: only its owner reads and writes.
  private static let permissions: mode_t = 0o600

  /// The tokens of a file. Throws ``FileError`` for one with a fault.
  public static func read(_ path: String) throws(FileError) -> [TokenRecord] {
    try read(text: TextFile.text(of: path, bytesMax: bytesMax, family: .tokens), file: path)
  }

  /// The tokens in the text of a file. Throws ``FileError``.
  public static func read(text: String, file: String) throws(FileError) -> [TokenRecord] {
    var reader = try TOMLReader(toml: text, file: file, family: .tokens)
    var records: [TokenRecord] = []
    try reader.tables("token", countMax: tokensMax) { (table: inout TOMLReader) throws(FileError) in
      let record = try record(&table)
      guard !records.contains(where: { $0.digest == record.digest }) else {
        throw table.bad("sha256", "\(record.digest)", "is already in the file")
      }
      records.append(record)
    }
    try reader.finish()
    return records
  }

  private static func record(_ table: inout TOMLReader) throws(FileError) -> TokenRecord {
    guard let name = try table.string("name"), !name.isEmpty else {
      throw table.bad("name", "", "a token needs a name")
    }
    let written = try table.string("sha256") ?? ""
    guard let digest = TokenDigest("sha256:" + written) else {
      // Not what is there: it may be the token itself.
      throw table.bad("sha256", "", "must be 64 hexadecimal digits, not the token itself")
    }
    let words = try table.strings("roles", countMax: Role.allCases.count)
    let roles = words.compactMap(Role.init(rawValue:))
    guard !roles.isEmpty, roles.count == words.count else {
      let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
      throw table.bad("roles", words.joined(separator: ", "), "must be one or more of \(known)")
    }
    var record = TokenRecord(name: name, digest: digest, roles: Set(roles))
    record.allowance.callsPerSecond = try table.number("calls_per_second", in: 0.001...callsMax)
    record.allowance.callsPerDay = try table.integer("calls_per_day", in: 1...Int64(callsMax)).map { Int($0) }
    if let text = try table.string("expires") {
      guard let moment = ISO8601DateFormatter().date(from: text), expiries.contains(moment) else {
        throw table.bad("expires", text, "must be a moment such as 2027-01-31T00:00:00Z")
      }
      record.expires = moment
    }
    return record
  }

  /// Adds a token to a file, which is made if there is none. Throws `TOKENS_UNREADABLE`, also for a file with a fault.
  public static func append(_ record: TokenRecord, to path: String) throws(FileError) {
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var kind = stat()
    if stat(path, &kind) == 0, kind.st_mode & S_IFMT != S_IFREG {
      throw FileError(.tokens, .unreadable, "a device or a pipe keeps no tokens", value: path)
    }
    let isNew = !FileManager.default.fileExists(atPath: path)
    if !isNew { _ = try read(path) }
    do {
      let old = isNew ? Data() : try Data(contentsOf: URL(fileURLWithPath: path))
      var status = stat()
      let isOld = stat(path, &status) == 0
      try write(old + Data(text(of: record).utf8), to: path, like: isOld ? status : nil)
    } catch {
      throw FileError(.tokens, .unreadable, "the file can't be written: \(error.localizedDescription)", value: path)
    }
  }

  /// Written aside and renamed: a server that reads it now finds the old one or the new one. Never readable by more
  /// people than in the end.
  private static func write(_ data: Data, to path: String, like old: stat?) throws {
    let aside = "\(path).partial-\(getpid())"
    let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { unlink(aside) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try file.write(contentsOf: data)
    if let old, fchown(descriptor, old.st_uid, old.st_gid) != 0 || fchmod(descriptor, old.st_mode & 0o777) != 0 {
      throw CocoaError(.fileWriteNoPermission)
    }
    try file.synchronize()
    guard rename(aside, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// A token as the file has it.
  static func text(of record: TokenRecord) -> String {
    let roles = record.roles.map { "\"\($0.rawValue)\"" }.sorted().joined(separator: ", ")
    var lines = [
      "", "[[token]]", "name = \(record.name.quotedForTOML)", "roles = [\(roles)]",
      "sha256 = \"\(record.digest.description.dropFirst("sha256:".count))\"",
    ]
    if let rate = record.allowance.callsPerSecond { lines.append("calls_per_second = \(rate)") }
    if let count = record.allowance.callsPerDay { lines.append("calls_per_day = \(count)") }
    if let expires = record.expires { lines.append("expires = \"\(ISO8601DateFormatter().string(from: expires))\"") }
    return lines.joined(separator: "\n") + "\n"
  }
}

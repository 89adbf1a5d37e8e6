import TOMLText
import TestSupport
import Testing

@testable import Settings

/// What a file says, and what is wrong with it.
@Suite struct FileTests {
  private static func read(_ toml: String, file: String = "/etc/tocsin/tocsin.toml") throws -> EffectiveConfiguration {
    var effective = EffectiveConfiguration()
    try effective.read(toml: toml, file: file)
    try effective.checkTogether()
    return effective
  }

  @Test func readsEverySetting() throws {
    for setting in Setting.all {
      let value = try #require(SettingTests.otherValue(of: setting))
      let line = "\(setting.name) = \(value.toml ?? "")"
      var effective = EffectiveConfiguration()
      try effective.read(toml: setting.table.isEmpty ? line : "[\(setting.table)]\n\(line)", file: "/f")
      #expect(setting.value(in: effective.configuration) == value, "\(setting.key)")
      #expect(effective.origin(of: setting.key) == .file(path: "/f", line: setting.table.isEmpty ? 1 : 2))
      #expect(effective.lines.count { $0.origin != .standard } == 1)
    }
  }

  @Test func pathsBeginAtTheFile() throws {
    let toml = "map = \"city.tocsin\"\n[tls]\ncertificate = \"/a/c.pem\"\nkey = \"keys/k.pem\"\n"
    let configuration = try Self.read(toml).configuration
    #expect(configuration.map == "/etc/tocsin/city.tocsin")
    #expect(configuration.tls.certificate == "/a/c.pem")
    #expect(configuration.tls.key == "/etc/tocsin/keys/k.pem")
    #expect(try Self.read("map = \"city.tocsin\"", file: "here.toml").configuration.map == "city.tocsin")
  }

  @Test(arguments: [
    ("mapp = \"x\"", FileError.Fault.unknownKey, 1, "mapp", ""),
    ("[limits]\n\nconections = 5", .unknownKey, 3, "limits.conections", ""),
    ("[limit]\nconnections = 5", .unknownKey, 1, "limit", ""),
    ("[limits]\nconnections = \"5\"", .badValue, 2, "limits.connections", "\"5\""),
    ("[limits]\nconnections = 0", .badValue, 2, "limits.connections", "0"),
    ("[limits]\nframe_seconds = nan", .badValue, 2, "limits.frame_seconds", "nan"),
    ("[log]\nlevel = \"loud\"", .badValue, 2, "log.level", "\"loud\""),
    ("[listen]\ntcp = \"7700\"", .badValue, 2, "listen.tcp", "\"7700\""),
    ("[listen]\ntcp = \"a:70000\"", .badValue, 2, "listen.tcp", "\"a:70000\""),
    ("[listen]\nsocket = \"\"", .badValue, 2, "listen.socket", "\"\""),
    ("[listen]\ninsecure = 1", .badValue, 2, "listen.insecure", "1"),
    ("listen = 3", .badValue, 1, "listen", "3"),
    ("[access.users]\ncad = [\"read\", \"boss\"]", .badValue, 2, "access.users.cad", "[ 'read', 'boss' ]"),
    ("[access.users]\ncad = \"read\"", .badValue, 2, "access.users.cad", "\"read\""),
    ("[tls]\n\nkey = \"k\"", .badValue, 0, "tls.certificate", ""),
    ("[tls]\nclient_ca = \"k\"", .badValue, 0, "tls.certificate", ""),
    ("[limits]\ndeadline_seconds = 9\ndeadline_seconds_max = 5", .badValue, 2, "limits.deadline_seconds", "9"),
    ("[limits", .unreadable, 1, "", ""),
    ("map = \"a\u{0}b\"", .unreadable, 0, "", ""),
  ])
  func refusesFaults(_ toml: String, _ fault: FileError.Fault, _ line: Int, _ key: String, _ value: String) {
    let error = #expect(throws: FileError.self) { try Self.read(toml) }
    #expect(
      error?.code == .init(.configuration, fault) && error?.line ?? 0 == line && error?.key == key
        && error?.value == value, "\(error!)")
    if line > 0 { #expect(error?.file == "/etc/tocsin/tocsin.toml") }
  }

  @Test func filesThatCanNotBeRead() throws {
    let folder = TemporaryFolder()
    var effective = EffectiveConfiguration()
    let missing = #expect(throws: FileError.self) { try effective.read(file: folder.path("none.toml")) }
    #expect(missing?.code == .init(.configuration, .unreadable) && missing?.file == folder.path("none.toml"))
    let long = String(repeating: "# long\n", count: EffectiveConfiguration.fileBytesMax)
    try long.write(to: folder.url("long.toml"), atomically: true, encoding: .utf8)
    #expect(throws: FileError.self) { try effective.read(file: folder.path("long.toml")) }
  }

  @Test func theExampleSaysTheDefaults() throws {
    #expect(try Self.read(ConfigurationExample.text).lines.allSatisfy { $0.origin == .standard })
    // With every setting taken in, what has a default has it, and nothing is forgotten.
    let text = ConfigurationExample.text.split(separator: "\n")
      .map { $0.hasPrefix("#") && !$0.hasPrefix("# ") && $0 != "#" ? $0.dropFirst() : $0 }.joined(separator: "\n")
    let effective = try Self.read(text)
    for line in effective.lines {
      #expect(line.origin != .standard, "\(line.setting.key) is not in the example")
      if line.setting.defaultValue != .none { #expect(line.value == line.setting.defaultValue) }
    }
  }
}

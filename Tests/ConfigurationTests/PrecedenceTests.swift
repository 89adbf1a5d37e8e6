import TOMLText
import TestSupport
import Testing

@testable import Settings

/// A flag goes before the environment, that before the file, that before the default.
@Suite struct PrecedenceTests {
  private static let key = "limits.units"
  private static let variable = "TOCSIN_SERVER_LIMITS_UNITS"

  /// One bit for each source: all combinations.
  @Test(arguments: 0..<8)
  func laterSourcesGoBefore(_ sources: Int) throws {
    let (file, environment, flag) = (sources & 1 > 0, sources & 2 > 0, sources & 4 > 0)
    let folder = TemporaryFolder()
    let path = folder.path("tocsin.toml")
    try "[limits]\nunits = 1\n".write(toFile: path, atomically: true, encoding: .utf8)
    let effective = try EffectiveConfiguration(
      file: file ? path : nil, environment: environment ? [Self.variable: "2", "HOME": "/"] : [:],
      flags: flag ? [(key: Self.key, value: "3", flag: "--set")] : [])
    let (number, origin): (Int, EffectiveConfiguration.Origin) =
      if flag {
        (3, .flag(name: "--set"))
      } else if environment {
        (2, .environment(variable: Self.variable))
      } else if file {
        (1, .file(path: path, line: 2))
      } else {
        (100_000, .standard)
      }
    #expect(effective.configuration.engineLimits.unitsMax == number)
    #expect(effective.origin(of: Self.key) == origin)
  }

  @Test func readsEveryVariable() throws {
    for setting in Setting.all {
      guard let variable = setting.variable, let value = SettingTests.otherValue(of: setting) else { continue }
      let text = if case .texts(let texts) = value { texts.joined(separator: ",") } else { value.description }
      // What may not stand alone has company.
      var environment = ["TOCSIN_SERVER_TLS_KEY": "k", "TOCSIN_SERVER_TLS_CERTIFICATE": "c"]
      environment["TOCSIN_SERVER_LIMITS_DEADLINE_SECONDS_MAX"] = "86400"
      environment[variable] = text
      let effective = try EffectiveConfiguration(file: nil, environment: environment)
      #expect(setting.value(in: effective.configuration) == value, "\(variable)")
    }
  }

  @Test(arguments: [
    ("TOCSIN_SERVER_LIMITS_UNIT", "5", FileError.Fault.unknownKey), ("TOCSIN_SERVER_", "5", .unknownKey),
    ("TOCSIN_SERVER_TLS_ROLES", "x", .unknownKey), ("TOCSIN_SERVER_LIMITS_UNITS", "many", .badValue),
    ("TOCSIN_SERVER_LIMITS_UNITS", "0", .badValue), ("TOCSIN_SERVER_LIMITS_UNITS", " 5", .badValue),
    ("TOCSIN_SERVER_LISTEN_INSECURE", "yes", .badValue), ("TOCSIN_SERVER_LOG_LEVEL", "loud", .badValue),
    ("TOCSIN_SERVER_TRAFFIC_ONLY_PROFILES", "car,,police", .badValue),
    ("TOCSIN_SERVER_LIMITS_DRAIN_SECONDS", "inf", .badValue),
  ])
  func refusesVariables(_ variable: String, _ value: String, _ fault: FileError.Fault) {
    let error = #expect(throws: FileError.self) {
      try EffectiveConfiguration(file: nil, environment: [variable: value])
    }
    #expect(error?.code == .init(.configuration, fault) && error?.key == variable && error?.file == "environment")
  }

  @Test func othersVariablesAreLeftAlone() throws {
    let environment = ["TOCSIN_SERVER": "/run/x.sock", "TOCSIN_MAPS": "/maps", "TOCSIN_SERVER_MAP": ""]
    let effective = try EffectiveConfiguration(file: nil, environment: environment)
    #expect(effective.lines.allSatisfy { $0.origin == .standard })
  }

  @Test(arguments: [("limits.unit", "5", FileError.Fault.unknownKey), ("limits.units", "x", .badValue)])
  func refusesFlags(_ key: String, _ value: String, _ fault: FileError.Fault) {
    let error = #expect(throws: FileError.self) {
      try EffectiveConfiguration(file: nil, environment: [:], flags: [(key: key, value: value, flag: "--set")])
    }
    #expect(error?.code == .init(.configuration, fault) && error?.key == "--set")
  }
}

import Testing

@testable import Settings

/// The one table that everything is derived from.
@Suite struct SettingTests {
  @Test func keysAndVariablesAreRegular() {
    let keys = Setting.all.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.wholeMatch(of: /[a-z_]+(\.[a-z_]+)?/) != nil }, "a dotted name")
    let variables = Setting.all.compactMap(\.variable)
    #expect(Set(variables).count == variables.count)
    #expect(Setting.named("limits.connections")?.variable == "TOCSIN_SERVER_LIMITS_CONNECTIONS")
    #expect(Setting.named("map")?.variable == "TOCSIN_SERVER_MAP")
    #expect(Setting.named("tls.roles")?.variable == nil)
    #expect(Setting.all.allSatisfy { $0.summary.hasSuffix(".") && !$0.summary.contains("\n") })
  }

  /// What is read back is what was written: no setting writes into another one's place.
  @Test func eachSettingHasAPlaceOfItsOwn() throws {
    for setting in Setting.all {
      var configuration = ServerConfiguration()
      let value = try #require(Self.otherValue(of: setting), "\(setting.key)")
      #expect(value != setting.defaultValue)
      setting.write(&configuration, value)
      for other in Setting.all {
        let expected = other.key == setting.key ? value : other.defaultValue
        #expect(other.value(in: configuration) == expected, "\(setting.key) changes \(other.key)")
      }
    }
  }

  /// A value that a setting takes and that isn't its default.
  static func otherValue(of setting: Setting) -> SettingValue? {
    switch setting.kind {
    case .text, .path: .text("/x")
    case .address: .text("localhost:1")
    case .texts: .texts(["a", "b"])
    case .whole(let range):
      .whole(setting.defaultValue == .whole(range.upperBound) ? range.lowerBound : range.upperBound)
    case .number(let range):
      .number(setting.defaultValue == .number(range.upperBound) ? range.lowerBound : range.upperBound)
    case .flag: .flag(setting.defaultValue == .flag(false))
    case .choice(let words): words.first { .text($0) != setting.defaultValue }.map { .text($0) }
    case .roles: .roles(["CN=\"a\",O=b.c": [.read, .dispatch], "d": [.admin]])
    }
  }

  @Test func defaultsAreInRange() {
    for setting in Setting.all {
      switch (setting.kind, setting.defaultValue) {
      case (.whole(let range), .whole(let number)): #expect(range.contains(number), "\(setting.key)")
      case (.number(let range), .number(let number)): #expect(range.contains(number), "\(setting.key)")
      default: continue
      }
    }
  }

  @Test func fixedLimitsHaveNamesOfTheirOwn() {
    let names = FixedLimit.all.map(\.name) + Setting.all.map(\.name)
    #expect(Set(FixedLimit.all.map(\.name)).count == FixedLimit.all.count)
    #expect(FixedLimit.all.allSatisfy { $0.value > 0 && names.contains($0.name) })
  }
}

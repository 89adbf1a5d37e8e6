import Configuration

/// What `config check` prints.
struct SettingListJSON: Encodable {
  struct SettingJSON: Encodable {
    var key: String
    /// As a file has it; missing if it is not set.
    var value: String?
    var from: String
  }

  var settings: [SettingJSON]

  init(_ effective: EffectiveConfiguration) {
    settings = effective.lines.map { line in
      SettingJSON(key: line.setting.key, value: line.value.toml, from: "\(line.origin)")
    }
  }
}

/// What `limits` prints.
struct LimitListJSON: Encodable {
  struct LimitJSON: Encodable {
    var name: String
    var value: Double
    var unit: String
    /// Who says so; `fixed` for a constant.
    var from: String
    var what: String
  }

  var limits: [LimitJSON]

  init(_ effective: EffectiveConfiguration) {
    let changeable = effective.lines.compactMap { line -> LimitJSON? in
      guard line.setting.table == "limits", let value = line.value.number else { return nil }
      return LimitJSON(
        name: line.setting.key, value: value, unit: line.setting.unit, from: "\(line.origin)",
        what: line.setting.summary)
    }
    let fixed = FixedLimit.all.map { limit in
      LimitJSON(name: limit.name, value: limit.value, unit: limit.unit, from: "fixed", what: limit.summary)
    }
    limits = changeable + fixed
  }
}

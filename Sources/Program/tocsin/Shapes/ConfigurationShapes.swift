import Configuration

/// What `config check` prints.
struct SettingListShape: Encodable {
  struct SettingShape: Encodable {
    var key: String
    /// As a file has it; missing if it is not set.
    var value: String?
    var from: String
  }

  var settings: [SettingShape]

  init(_ effective: EffectiveConfiguration) {
    settings = effective.lines.map { line in
      SettingShape(key: line.setting.key, value: line.value.toml, from: "\(line.origin)")
    }
  }
}

/// What `limits` prints.
struct LimitListShape: Encodable {
  struct LimitShape: Encodable {
    var name: String
    var value: Double
    var unit: String
    /// Who says so; `fixed` for a constant.
    var from: String
    var what: String
  }

  var limits: [LimitShape]

  init(_ effective: EffectiveConfiguration) {
    let changeable = effective.lines.compactMap { line -> LimitShape? in
      guard line.setting.table == "limits", let value = line.value.number else { return nil }
      return LimitShape(
        name: line.setting.key, value: value, unit: line.setting.unit, from: "\(line.origin)",
        what: line.setting.summary)
    }
    let fixed = FixedLimit.all.map { limit in
      LimitShape(name: limit.name, value: limit.value, unit: limit.unit, from: "fixed", what: limit.summary)
    }
    limits = changeable + fixed
  }
}

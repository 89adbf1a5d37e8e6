import AnswerJSON
import Settings

extension EffectiveConfiguration {
  /// What `config check` prints. A value is written as a file has it, and missing if it is not set.
  var json: JSONObject {
    [
      "settings": lines.map { line -> JSONObject in
        ["key": line.setting.key, "value": line.value.toml, "from": "\(line.origin)"]
      }
    ]
  }

  /// What `limits` prints.
  var limits: [LimitJSON] {
    let changeable = lines.compactMap { line -> LimitJSON? in
      guard line.setting.table == "limits", let value = line.value.number else { return nil }
      return LimitJSON(
        name: line.setting.key, value: value, unit: line.setting.unit, from: "\(line.origin)",
        what: line.setting.summary)
    }
    return changeable
      + FixedLimit.all.map { limit in
        LimitJSON(name: limit.name, value: limit.value, unit: limit.unit, from: "fixed", what: limit.summary)
      }
  }
}

/// A limit of a server.
struct LimitJSON: Encodable {
  var name: String
  var value: Double
  var unit: String
  /// Where the value was set; `fixed` for a constant.
  var from: String
  var what: String
}

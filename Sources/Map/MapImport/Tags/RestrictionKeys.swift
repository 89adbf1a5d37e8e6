import TimeRules

/// The tags of a turn restriction that concern cars and responders: of several keys the most special one counts.
struct RestrictionKeys {
  /// The vehicles of the older spelling `type=restriction:hgv`; `nil` if the type names none.
  let mode: String?
  /// The value for cars that holds always.
  let plain: String?
  /// The value of `restriction:emergency`.
  let forResponders: String?
  /// The value for cars with conditions.
  let conditional: String?
  /// The value of `except`.
  let except: String?
  /// `day_on`, `hour_on` and so on: an older way to say when a restriction holds.
  let times: RestrictionTimes?
  private let excepted: Set<String>

  private static let carModes: Set<String> = ["motorcar", "motor_vehicle", "vehicle"]

  /// `nil` if the tags are not those of a turn restriction.
  init?(_ tags: OSMTags) {
    guard let type = tags["type"] else { return nil }
    guard type == "restriction" || type.hasPrefix("restriction:") else { return nil }
    mode = type == "restriction" ? nil : String(type.dropFirst("restriction:".count))
    let isForResponders = mode == "emergency"
    plain =
      tags["restriction:motorcar"] ?? tags["restriction:motor_vehicle"] ?? tags["restriction:vehicle"]
      ?? (isForResponders ? nil : tags["restriction"])
    forResponders = tags["restriction:emergency"] ?? (isForResponders ? tags["restriction"] : nil)
    conditional =
      tags["restriction:motorcar:conditional"] ?? tags["restriction:motor_vehicle:conditional"]
      ?? tags["restriction:vehicle:conditional"] ?? (isForResponders ? nil : tags["restriction:conditional"])
    except = tags["except"]
    excepted = Set((except ?? "").split { ";,".contains($0) }.map { $0.filter { $0 != " " } })
    times = RestrictionTimes(tags)
  }

  var isForCarsOrResponders: Bool { mode.map { Self.carModes.contains($0) || $0 == "emergency" } ?? true }
  var exceptsCars: Bool { !excepted.isDisjoint(with: Self.carModes) }

  /// Whom a restriction binds that is not made for responders.
  var binding: RestrictionRule.Binding {
    let exceptsResponders = excepted.contains("emergency") || forResponders.map(Self.isNone) ?? false
    return exceptsResponders ? .civilTraffic : .everyone
  }

  /// True for a value that lifts a restriction.
  static func isNone(_ value: String) -> Bool { value == "none" || value == "no" }
}

/// When a turn restriction holds, in the spelling that came before `restriction:conditional`.
struct RestrictionTimes {
  /// The values as they are tagged, for reports.
  let text: String
  /// The same in the words of a condition, `Mo-Fr 07:00-09:00`; `nil` if it is not understood.
  let condition: String?

  private static let days = [
    "monday": "Mo", "tuesday": "Tu", "wednesday": "We", "thursday": "Th", "friday": "Fr", "saturday": "Sa",
    "sunday": "Su",
  ]

  /// `nil` if none of the tags is there.
  init?(_ tags: OSMTags) {
    let (dayOn, dayOff) = (tags["day_on"], tags["day_off"])
    let (hourOn, hourOff) = (tags["hour_on"], tags["hour_off"])
    let values = [dayOn, dayOff, hourOn, hourOff].compactMap { $0 }
    guard !values.isEmpty else { return nil }
    text = values.joined(separator: " ")
    let parts = [Self.range(dayOn, dayOff) { Self.days[$0.lowercased()] }, Self.hours(hourOn, hourOff)]
    let condition = parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    let isUnderstood = parts.allSatisfy { $0 != nil } && TimeRule(condition) != nil
    self.condition = isUnderstood ? condition : nil
  }

  /// `07:00;16:00` and `09:00;18:00` are two ranges; a range may also stand in `hour_on` alone.
  private static func hours(_ on: String?, _ off: String?) -> String? {
    if let on, off == nil { return on.contains("-") ? on : nil }
    return range(on, off) { $0 }
  }

  /// The ranges from each value of a list to that of another one; empty without lists, `nil` if they do not fit.
  private static func range(_ on: String?, _ off: String?, _ word: (String) -> String?) -> String? {
    let lists = [on, off].map { list in
      (list ?? "").split(separator: ";").map { word(String($0.filter { $0 != " " })) }
    }
    guard lists[0].count == lists[1].count else { return nil }
    var ranges: [String] = []
    for (start, end) in zip(lists[0], lists[1]) {
      guard let start, let end else { return nil }
      ranges.append("\(start)-\(end)")
    }
    return ranges.joined(separator: ",")
  }
}

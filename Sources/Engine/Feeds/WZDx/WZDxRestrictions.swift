import Profiles

/// What WZDx's `restrictions` say of a road event: whom it closes the road to.
///
/// Those of single lanes count as far as they hold on every open lane for through traffic; the widest of the lanes
/// tells.
struct WZDxRestrictions {
  private var limits = VehicleProfile.Size()
  private var isForLocals = false

  init(_ properties: JSONObject, _ notes: inout RecordNotes) {
    for restriction in properties.list("restrictions") ?? [] { take(restriction, &notes) }
    takeLanes(properties, &notes)
  }

  var effects: [WZDxEffect] {
    var effects: [WZDxEffect] = []
    if limits != VehicleProfile.Size() {
      effects.append(WZDxEffect(suffix: "#size", effect: .closed, scope: .largerThan(limits)))
    }
    // Its definition lets emergency services pass.
    if isForLocals { effects.append(WZDxEffect(suffix: "#access", effect: .closed, scope: .civil)) }
    return effects
  }

  /// A restriction, as an object or, as in early versions, as a word.
  private mutating func take(_ value: Any, _ notes: inout RecordNotes) {
    let restriction = JSONObject(value)
    switch (value as? String) ?? restriction?.text("type") ?? "" {
    case "local-access-only":
      isForLocals = true
    case "no-trucks":
      tighten(\.weightTonnes, to: FeedDefaults.truckTonnes)
    // About trailers, passengers and hours that no profile knows.
    case "travel-peak-hours-only", "hov-2", "hov-3", "no-parking", "towing-prohibited",
      "permitted-oversize-loads-prohibited":
      break
    case let word where Self.sizes[word] != nil:
      guard let size = Self.sizes[word], let amount = restriction.flatMap({ Self.amount($0, of: size) }) else {
        notes.add(.badValue, "\(word) without a value and unit that fit", value: Self.shown(restriction))
        return
      }
      tighten(size.limit, to: amount)
    case let word:
      notes.add(.unknownWord, "the restriction is unknown", value: word)
    }
  }

  private mutating func tighten(_ limit: WritableKeyPath<VehicleProfile.Size, Double>, to amount: Double) {
    limits[keyPath: limit] = limits[keyPath: limit] == 0 ? amount : min(limits[keyPath: limit], amount)
  }

  private mutating func takeLanes(_ properties: JSONObject, _ notes: inout RecordNotes) {
    let lanes = (properties.list("lanes") ?? []).compactMap { JSONObject($0) }
      .filter { $0.text("type") == "general" && !Self.endingLanes.contains($0.text("status")) }
    let perLane = lanes.map { lane in
      var restrictions = WZDxRestrictions()
      for restriction in lane.list("restrictions") ?? [] { restrictions.take(restriction, &notes) }
      return restrictions
    }
    guard !perLane.isEmpty else { return }
    isForLocals = isForLocals || perLane.allSatisfy(\.isForLocals)
    for limit in Self.allLimits {
      let amounts = perLane.map { $0.limits[keyPath: limit] }
      if let widest = amounts.max(), !amounts.contains(0) { tighten(limit, to: widest) }
    }
  }

  private init() {}

  // MARK: Sizes

  private typealias Limit = WritableKeyPath<VehicleProfile.Size, Double> & Sendable

  /// What is limited, and what units are in metres or tonnes.
  private typealias Size = (limit: Limit, units: [String: Double])

  private static let metres = ["feet": 0.3048, "inches": 0.0254, "centimeters": 0.01, "meters": 1]
  private static let tonnes = ["pounds": 0.000_453_592_37, "tons": 0.907_184_74, "kilograms": 0.001]

  private static let sizes: [String: Size] = [
    "reduced-width": (\.widthMeters, metres),
    "reduced-height": (\.heightMeters, metres),
    "reduced-length": (\.lengthMeters, metres),
    "reduced-weight": (\.weightTonnes, tonnes),
    "gross-weight-limit": (\.weightTonnes, tonnes),
    "axle-load-limit": (\.axleLoadTonnes, tonnes),
  ]
  private static let allLimits: [Limit] = [
    \.heightMeters, \.widthMeters, \.lengthMeters, \.weightTonnes, \.axleLoadTonnes,
  ]
  /// States of a lane that doesn't lead through.
  private static let endingLanes: Set<String> = ["closed", "merge-left", "merge-right"]

  private static func amount(_ restriction: JSONObject, of size: Size) -> Double? {
    guard let unit = size.units[restriction.text("unit")], let value = restriction.number("value"), value > 0,
      value.isFinite
    else { return nil }
    return value * unit
  }

  private static func shown(_ restriction: JSONObject?) -> String {
    restriction.map { "\($0.text("value")) \($0.text("unit"))".trimmed } ?? ""
  }
}

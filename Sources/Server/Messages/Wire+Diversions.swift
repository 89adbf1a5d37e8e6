import API
import CMessages

extension DiversionSearch: WireValue {
  static let initialize = tocsin__v1__diversion_search__init
  static func read(_ message: Tocsin__V1__DiversionSearch) throws(CallStatus) -> DiversionSearch {
    var search = DiversionSearch(priority: Int(message.priority))
    if let seconds = given(message.has_gain_seconds_min, message.gain_seconds_min) {
      search.gainSecondsMin = try seconds.finite("gain_seconds_min")
    }
    if let seconds = given(message.has_loss_seconds_max, message.loss_seconds_max) {
      search.lossSecondsMax = try seconds.finite("loss_seconds_max")
    }
    let statuses = try Set<UnitStatus>.read(message.statuses, message.n_statuses)
    if message.n_statuses > 0 { search.statuses = statuses }
    return search
  }

  func write(to message: inout Tocsin__V1__DiversionSearch, in arena: MessageArena) {
    message.wanted = 1
    message.priority = UInt32(clamping: priority)
    (message.has_gain_seconds_min, message.gain_seconds_min) = (1, gainSecondsMin)
    (message.has_loss_seconds_max, message.loss_seconds_max) = (1, lossSecondsMax)
    (message.n_statuses, message.statuses) = arena.column(statuses.column)
  }

  /// A search that says that it isn't wanted is none.
  static func ifWanted(_ message: UnsafeMutablePointer<Tocsin__V1__DiversionSearch>?) throws(CallStatus) -> Self? {
    guard let message, message.pointee.wanted != 0 else { return nil }
    return try read(message.pointee)
  }
}

extension Diversion: WireValue {
  static let initialize = tocsin__v1__diversion__init
  static func read(_ message: Tocsin__V1__Diversion) throws(CallStatus) -> Diversion {
    var diversion = Diversion(
      try .required(message.unit, "unit"), from: try message.from_incident_id.text("from_incident_id"),
      insteadOf: try message.instead_of_unit_id.text("instead_of_unit_id"), line: try message.line.text("line"))
    diversion.gainSeconds = given(message.has_gain_seconds, message.gain_seconds)
    diversion.replacement = try .optional(message.replacement)
    diversion.lossSeconds = given(message.has_loss_seconds, message.loss_seconds)
    return diversion
  }

  func write(to message: inout Tocsin__V1__Diversion, in arena: MessageArena) {
    message.unit = arena.message(unit)
    message.from_incident_id = arena.text(fromIncidentID)
    message.instead_of_unit_id = arena.text(insteadOfUnitID)
    message.line = arena.text(line)
    (message.has_gain_seconds, message.gain_seconds) = given(gainSeconds)
    if let replacement { message.replacement = arena.message(replacement) }
    (message.has_loss_seconds, message.loss_seconds) = given(lossSeconds)
  }
}

extension UnitSwap.Side: WireValue {
  static let initialize = tocsin__v1__swapped_unit__init
  static func read(_ message: Tocsin__V1__SwappedUnit) throws(CallStatus) -> UnitSwap.Side {
    UnitSwap.Side(
      try .required(message.unit, "unit"), from: try message.from_incident_id.text("from_incident_id"),
      to: try message.to_incident_id.text("to_incident_id"), line: try message.line.text("line"),
      gainSeconds: message.gain_seconds)
  }

  func write(to message: inout Tocsin__V1__SwappedUnit, in arena: MessageArena) {
    message.unit = arena.message(unit)
    message.from_incident_id = arena.text(fromIncidentID)
    message.to_incident_id = arena.text(toIncidentID)
    message.line = arena.text(line)
    message.gain_seconds = gainSeconds
  }
}

extension UnitSwap: WireValue {
  static let initialize = tocsin__v1__swap__init
  static func read(_ message: Tocsin__V1__Swap) throws(CallStatus) -> UnitSwap {
    UnitSwap(try .required(message.one, "one"), try .required(message.other, "other"))
  }

  func write(to message: inout Tocsin__V1__Swap, in arena: MessageArena) {
    (message.one, message.other) = (arena.message(one), arena.message(other))
    message.gain_seconds = gainSeconds
  }
}

import Foundation

/// What a unit is busy with, as the dispatch system has it: the engine keeps no incidents of its own.
public struct UnitTask: Hashable, Sendable {
  @Composed public var incidentID: String
  /// Of the incident; 1 is the most urgent, 0 is not known.
  public var priority: Int
  /// Where the unit is going; `nil` once it is there.
  public var destination: Place?
  /// When it is expected to be free; `nil` if nobody knows.
  public var freeAt: Date?
  /// The post that it has moved up to cover; empty for none.
  @Composed public var postID: String

  public init(
    incidentID: String = "", priority: Int = 0, destination: Place? = nil, freeAt: Date? = nil, postID: String = ""
  ) {
    (self.incidentID, self.priority, self.postID) = (incidentID, priority, postID)
    (self.destination, self.freeAt) = (destination, freeAt)
  }
}

/// Kept with its unit: what an earlier Tocsin did not know has its default.
extension UnitTask: Codable {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      incidentID: try values.decodeIfPresent(String.self, forKey: .incidentID) ?? "",
      priority: try values.decodeIfPresent(Int.self, forKey: .priority) ?? 0,
      destination: try values.decodeIfPresent(Place.self, forKey: .destination),
      freeAt: try values.decodeIfPresent(Date.self, forKey: .freeAt),
      postID: try values.decodeIfPresent(String.self, forKey: .postID) ?? "")
  }
}

/// Checks of what a unit says beside where it is.
extension Validation {
  /// - Throws: `INVALID_UNIT` and the errors of places and times, for the first value that can't be taken.
  static func duties(of unit: ResponseUnit, at now: Date, _ limits: EngineLimits) throws(EngineError) {
    if let home = unit.home { try place(home) }
    if let crew = unit.crewCount, !(0...Limits.crewCountMax).contains(crew) {
      throw EngineError(.invalidUnit, "a crew is 0 to \(Limits.crewCountMax) people", value: "\(crew)")
    }
    try text(unit.crewID, "the crew's id", .invalidUnit)
    try notAhead(unit.idleSince, of: now, "the time since when it is idle", limits)
    guard let task = unit.task else { return }
    try text(task.incidentID, "the incident's id", .invalidUnit)
    try text(task.postID, "the post's id", .invalidUnit)
    if let destination = task.destination { try place(destination) }
    guard (0...Limits.priorityMax).contains(task.priority) else {
      throw EngineError(
        .invalidUnit, "a priority is 1, the most urgent, to \(Limits.priorityMax), or 0 if it is not known",
        value: "\(task.priority)")
    }
  }
}

import Foundation
import Geometry

/// What a unit is doing.
public enum UnitStatus: String, CaseIterable, Codable, Sendable {
  case available
  case dispatched
  case enRoute = "en_route"
  case onScene = "on_scene"
  case transporting
  case returning
  case outOfService = "out_of_service"
}

/// An ambulance, a fire engine, a patrol car: what a dispatcher can send.
public struct ResponseUnit: Hashable, Codable, Sendable {
  /// The caller's name of the unit, unique in the fleet.
  @Composed public var id: String
  @Composed public var agency: String
  @Composed public var station: String
  /// What the unit can do (`als`, `ladder`), sorted, each once.
  @Composed public var capabilities: [String]
  /// Name of the vehicle profile that it drives by.
  public var profile: String
  public var status: UnitStatus
  public var coordinate: Coordinate
  /// Direction of travel in degrees clockwise from north, where the report had one.
  public var headingDegrees: Double?
  /// When the position was reported.
  public var reportedAt: Date
  /// Since when the status is this one. In a report `nil` is now; of a unit that an earlier Tocsin kept it is unknown.
  public var statusAt: Date?
  /// From the alarm until the wheels turn; `nil` takes the profile's.
  public var turnoutSeconds: Double?
  /// Where it is thought to be while its position is stale: its station or post.
  public var home: Place?
  /// People on board; `nil` if that is not known.
  public var crewCount: Int?
  /// Units with one crew go out one at a time. Empty for a crew of its own.
  @Composed public var crewID = ""
  /// What it is busy with; `nil` for a unit that has nothing to do.
  public var task: UnitTask?
  /// Since when it has nothing to do; of units that are as near the longest idle one goes.
  public var idleSince: Date?

  public init(
    id: String, agency: String = "", station: String = "", capabilities: [String] = [], profile: String,
    status: UnitStatus = .available, coordinate: Coordinate, headingDegrees: Double? = nil,
    reportedAt: Date, statusAt: Date? = nil, turnoutSeconds: Double? = nil
  ) {
    (self.id, self.agency, self.station) = (id, agency, station)
    self.capabilities = Set(capabilities).sorted()
    (self.profile, self.status, self.coordinate) = (profile, status, coordinate)
    (self.headingDegrees, self.reportedAt, self.statusAt) = (headingDegrees, reportedAt, statusAt)
    self.turnoutSeconds = turnoutSeconds
  }
}

/// Units are kept for long: what a value of an earlier Tocsin lacks has its default, what it has beyond is ignored.
extension ResponseUnit {
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      agency: try values.decodeIfPresent(String.self, forKey: .agency) ?? "",
      station: try values.decodeIfPresent(String.self, forKey: .station) ?? "",
      capabilities: try values.decodeIfPresent([String].self, forKey: .capabilities) ?? [],
      profile: try values.decode(String.self, forKey: .profile),
      status: try values.decodeIfPresent(UnitStatus.self, forKey: .status) ?? .available,
      coordinate: try values.decode(Coordinate.self, forKey: .coordinate),
      headingDegrees: try values.decodeIfPresent(Double.self, forKey: .headingDegrees),
      reportedAt: try values.decode(Date.self, forKey: .reportedAt),
      statusAt: try values.decodeIfPresent(Date.self, forKey: .statusAt),
      turnoutSeconds: try values.decodeIfPresent(Double.self, forKey: .turnoutSeconds))
    home = try values.decodeIfPresent(Place.self, forKey: .home)
    crewCount = try values.decodeIfPresent(Int.self, forKey: .crewCount)
    crewID = try values.decodeIfPresent(String.self, forKey: .crewID) ?? ""
    task = try values.decodeIfPresent(UnitTask.self, forKey: .task)
    idleSince = try values.decodeIfPresent(Date.self, forKey: .idleSince)
  }
}

import API
import Dispatching
import Foundation
import Geometry
import TestSupport

/// Units by what they can do and when they come, in words that a story can be read by.
extension Responder {
  /// - Parameters:
  ///   - can: capabilities, separated by blanks.
  ///   - seconds: when it is there; `nil` if it can't come.
  init(
    _ id: String, _ can: String, _ seconds: Double?, agency: String = "", station: String = "", crew: Int? = nil,
    crewID: String = "", idleSince: Double? = nil, travel: Double? = nil, lastResort: Bool = false
  ) {
    self.init(
      .story(id, can, agency: agency, station: station, crew: crew, crewID: crewID, idleSince: idleSince),
      arrivals: [seconds.map { Arrival(seconds: $0, travel: travel, lastResort: lastResort) }])
  }

  /// For several incidents.
  init(_ id: String, _ can: String, at seconds: [Double?], agency: String = "", crewID: String = "") {
    self.init(
      .story(id, can, agency: agency, crewID: crewID), arrivals: seconds.map { $0.map { Arrival(seconds: $0) } })
  }
}

extension Arrival {
  init(seconds: Double, travel: Double? = nil, lastResort: Bool = false) {
    self.init(
      needsLastResort: lastResort, etaMilliseconds: Int64(seconds * 1000),
      travelMilliseconds: travel.map { Int64($0 * 1000) })
  }
}

extension ResponseUnit {
  static func story(
    _ id: String, _ can: String, agency: String = "", station: String = "", crew: Int? = nil, crewID: String = "",
    idleSince: Double? = nil
  ) -> ResponseUnit {
    var unit = ResponseUnit(
      id: id, agency: agency, station: station, capabilities: can.split(separator: " ").map(String.init),
      profile: "fire_engine", coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0),
      reportedAt: Date(timeIntervalSince1970: 0))
    (unit.crewCount, unit.crewID) = (crew, crewID)
    unit.idleSince = idleSince.map { Date(timeIntervalSince1970: $0) }
    return unit
  }
}

extension PlanLine {
  /// A line whose units all must be able to do what it is named for.
  static func of(_ count: Int, _ name: String, or substitutes: UnitNeed..., minimum: Int? = nil) -> PlanLine {
    PlanLine(name, count: count, minimumCount: minimum, needs: [UnitNeed([name])] + substitutes)
  }
}

extension Wish {
  init(_ lines: PlanLine...) { self.init([PlanLevel(lines)]) }
}

extension Force {
  /// Who is in which line, in the order of the lines and places: "engine: E1 E2, ladder: L1".
  func text(_ wish: Wish) -> String {
    wish.lines.indices.compactMap { index in
      let ids = members(of: index).sorted { ($0.place == 0 ? .max : $0.place) < ($1.place == 0 ? .max : $1.place) }
        .map(\.unit.id)
      return ids.isEmpty ? nil : "\(wish.lines[index].name): " + ids.joined(separator: " ")
    }.joined(separator: ", ")
  }

  func member(_ id: String) -> Member? { members.first { $0.unit.id == id } }

  func openCount(_ line: Int) -> Int { open.first { $0.line == line }?.count ?? 0 }
}

import API
import Dispatch
import Foundation
import Geometry
import Hierarchy
import Synchronization
import TestSupport
import Traffic

@testable import Engine

extension TocsinEngine {
  /// The weights of all profiles as they are now, in the order of their names.
  func metrics() throws -> [Metric] {
    let snapshot = currentState().snapshot
    return try profileNames.map { try profileSnapshot($0, of: snapshot).metric }
  }
}

/// A value that several threads of a test share.
final class Shared<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }

  func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    value.withLock { value in
      var copy = value
      defer { value = copy }
      return body(&copy)
    }
  }
}

extension Thread {
  /// Runs `body` on a thread of its own, which the group waits for.
  static func run(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
    group.enter()
    Thread.detachNewThread {
      body()
      group.leave()
    }
  }
}

extension TocsinEngine {
  /// The roads of each profile as queries see them now.
  var roadsByProfile: [String: ProfileRoads] {
    let snapshot = currentState().snapshot
    return profileNames.reduce(into: [:]) { $0[$1] = snapshot[profile: $1]?.roads }
  }
}

extension Town {
  /// Puts a closure, or another effect, on the road.
  @discardableResult
  func put(_ selector: RoadSelector, id: String = "x", effect: RoadEffect = .closed) throws -> ClosuresAnswer {
    let closure = RoadClosure(id: id, selector: selector, effect: effect)
    return try testEngine().change { try $0.putClosures([closure]) }
  }

  func circle(_ place: Character, _ radiusMeters: Double) -> RoadSelector {
    .point(map.coordinate(place), radiusMeters: radiusMeters)
  }

  /// What lies between two free places on a straight road, and little beside it.
  func box(_ first: Character, _ last: Character, halfWidthMeters: Double = 20) -> RoadSelector {
    let (one, other) = (map.coordinate(first), map.coordinate(last))
    let halfE7 = Int32(halfWidthMeters / Earth.metersPerDegree * 1e7)
    let isAcross = one.latitudeE7 == other.latitudeE7
    let corners = [(one, 1), (other, 1), (other, -1), (one, -1)] as [(Coordinate, Int32)]
    return .polygon(
      corners.map { corner, sign in
        Coordinate(
          latitudeE7: corner.latitudeE7 + (isAcross ? sign * halfE7 : 0),
          longitudeE7: corner.longitudeE7 + (isAcross ? 0 : sign * halfE7))
      })
  }

  /// Seconds of travel over several places, to a tenth; `nil` if there is no route.
  func travelSeconds(over places: String, profile: String = "plain") -> Double? {
    let request = RouteRequest(places: places.map { Place(map.coordinate($0)) }, profile: profile)
    return (try? testEngine().engine.route(request)).map { Self.tenths($0.route.travelSeconds) }
  }

  /// The units that come to an incident, each with its ETA.
  func etas(incident: Character, _ change: (inout FastestUnitsRequest) -> Void = { _ in }) throws -> [String] {
    try ranking(incident: incident, k: 9, change).units.map { "\($0.unit.id) \(Int($0.etaSeconds.rounded()))" }
  }
}

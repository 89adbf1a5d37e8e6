import API
import Engine
import Foundation
import Geometry
import InputFiles
import Profiles
import TestSupport
import Testing

@testable import tocsin

/// The calls and stations of Seoul: what came out when it was recorded.
@Suite struct SeoulRankTests {
  /// The importer takes minutes for all of Seoul in a build that isn't optimised, so the map is imported before.
  private static let map = RealMaps.file("seoul.tocsin")
  private static let hint = "\(RealMaps.hint); seoul.tocsin is what tocsin import makes of seoul.osm.pbf"

  /// A unit at each of the 177 places of the fire service.
  private static func units() throws -> [ResponseUnit] {
    let path = try #require(RealMaps.file("seoul-stations.csv"))
    return try StationFile.stations(path: path).enumerated().map { number, station in
      var unit = ResponseUnit(
        id: "U\(number)", profile: "fire_engine", coordinate: station.coordinate, reportedAt: Date())
      (unit.station, unit.turnoutSeconds) = (station.name, 80)
      return unit
    }
  }

  @Test(.enabled(if: map != nil, "\(hint)")) func thirdUnitsOfAllCalls() throws {
    let limits = [300.0, 420, 480, 600]
    let engine = try TocsinEngine(
      map: CityMap(path: #require(Self.map)), profiles: ProfileSet.builtIn.only(["fire_engine"]))
    _ = try engine.putUnits(Self.units())
    let request = FastestUnitsRequest(incident: Place(Coordinate(latitudeE7: 0, longitudeE7: 0)), count: 3)
    let ranking = CallRanking(engine: engine, request: request)
    var file = try CallFile(path: #require(RealMaps.file("seoul-fire-calls.csv")), timeZone: .gmt)
    var seconds = [[Double]](repeating: [], count: 3)
    while let (calls, faults) = try file.next() {
      #expect(faults.isEmpty)
      for outcome in try ranking.outcomes(of: calls[...]) {
        guard case .ranked(let arrivals, _) = outcome, arrivals.count == 3 else {
          Issue.record("\(outcome)")
          continue
        }
        for (rank, arrival) in arrivals.enumerated() { seconds[rank].append(arrival.etaSeconds) }
      }
    }
    let counts = seconds.map { etas in limits.map { limit in etas.count { $0 <= limit } } }
    #expect(counts == [[863, 901, 904, 905], [767, 892, 904, 905], [636, 877, 896, 904]])
  }
}

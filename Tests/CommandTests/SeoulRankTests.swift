import API
import Engine
import Foundation
import Geometry
import InputFiles
import Profiles
import TestSupport
import Testing

@testable import tocsin

/// The calls of Seoul, from a unit at each of the 177 places of its fire service: what came out when it was recorded.
@Suite struct SeoulRankTests {
  /// The importer takes minutes for all of Seoul in a build that isn't optimised, so the map is imported before.
  private static let seoul = RealMaps.file("seoul.tocsin")
  private static let hint = "\(RealMaps.hint); seoul.tocsin is what tocsin import makes of seoul.osm.pbf"
  private static let profiles = Result { try ProfileSet.builtIn.only(["fire_engine"]) }

  private struct Counts {
    var callCount = 0
    var offMapCount = 0
    /// Of the first, second and third units those within 5, 7, 8 and 10 minutes.
    var inTime = [[Int]](repeating: [0, 0, 0, 0], count: 3)
  }

  @Test(.enabled(if: seoul != nil, "\(hint)")) func allOfSeoul() throws {
    let engine = try TocsinEngine(map: CityMap(path: #require(Self.seoul)), profiles: Self.profiles.get())
    let counts = try Self.counts(engine)
    #expect(counts.callCount == 905 && counts.offMapCount == 0)
    #expect(counts.inTime == [[863, 901, 904, 905], [767, 892, 904, 905], [636, 877, 896, 904]])
  }

  @Test(.enabled(if: RealMaps.path("seoul-centre") != nil, "\(RealMaps.hint)")) func centreOfSeoul() throws {
    let path = try #require(RealMaps.path("seoul-centre"))
    let counts = try Self.counts(TestEngine(.file(path), profiles: Self.profiles.get()).engine)
    #expect(counts.callCount == 905 && counts.offMapCount == 760)
    #expect(counts.inTime == [[131, 140, 142, 142], [128, 138, 141, 142], [111, 137, 141, 142]])
  }

  private static func counts(_ engine: TocsinEngine) throws -> Counts {
    _ = try engine.putUnits(units())
    let request = FastestUnitsRequest(incident: Place(Coordinate(latitudeE7: 0, longitudeE7: 0)), count: 3)
    let ranking = CallRanking(engine: engine, request: request)
    var file = try CallFile(path: #require(RealMaps.file("seoul-fire-calls.csv")), timeZone: .gmt)
    var counts = Counts()
    while let (calls, faults) = try file.next() {
      #expect(faults.isEmpty && calls.allSatisfy { $0.hour != nil })
      for outcome in try ranking.outcomes(of: calls[...]) {
        counts.callCount += 1
        guard case .ranked(let arrivals, _) = outcome else {
          counts.offMapCount += 1
          continue
        }
        for (rank, arrival) in arrivals.enumerated() {
          for (number, limit) in TimeTable.limitsUsual.enumerated() where arrival.etaSeconds <= limit {
            counts.inTime[rank][number] += 1
          }
        }
      }
    }
    return counts
  }

  private static func units() throws -> [ResponseUnit] {
    let path = try #require(RealMaps.file("seoul-stations.csv"))
    return try StationFile.stations(path: path).enumerated().map { number, station in
      var unit = ResponseUnit(
        id: "U\(number)", profile: "fire_engine", coordinate: station.coordinate, reportedAt: TestClock().now)
      (unit.station, unit.turnoutSeconds) = (station.name, 80)
      return unit
    }
  }
}

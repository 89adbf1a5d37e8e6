import Foundation
import Geometry
import RoadGraph
import Testing

@testable import Engine

/// San Francisco's 16 stores and 205 tracts with their network distances, from spopt (PySAL, BSD-3, 493a58a): how many
/// people the best of them reach within five kilometres, as published and as others computed.
@Suite struct PublishedCoverageTests {
  private static let path =
    ProcessInfo.processInfo.environment["TOCSIN_COVER"]
    ?? "../shared/dispatch/SF_network_distance_candidateStore_16_censusTract_205_new.csv"
  private static let limit: Weight = 5_000
  private static let stores = [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17, 18, 19]

  /// A tract: its people, and how far each store is by its number, in metres that stand for milliseconds.
  private struct Tract {
    var people = 0.0
    var meters: [Int: Weight] = [:]
  }

  /// `nil` where the file is missing.
  private static func tracts() throws -> [Tract]? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      print("skipped: \(path) is not there")
      return nil
    }
    var tracts: [Substring: Tract] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",")
      let store = try #require(Int(fields[1].dropFirst("Store_".count)))
      tracts[fields[2], default: Tract()].people = try #require(Double(fields[3]))
      tracts[fields[2], default: Tract()].meters[store] = Weight(try #require(Double(fields[0])).rounded(.up))
    }
    return tracts.sorted { $0.key < $1.key }.map(\.value)
  }

  /// How much is covered by some stores, up to the second of them.
  private static func people(_ stores: [Int], _ tracts: [Tract]) -> (first: Double, second: Double) {
    var tally = CoverageTally(limitsSeconds: [Double(limit) / 1000], depth: 2, unitCount: 20, isOfDemand: true)
    for (number, tract) in tracts.enumerated() {
      let comers = stores.map { RoadCoverage.Comer(unit: $0, milliseconds: tract.meters[$0] ?? .infinity) }
        .sorted { $0.milliseconds < $1.milliseconds }
      let point = Demand.Point(
        id: "\(number)", coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0), weight: tract.people)
      tally.add(point, comers, limits: [limit], way: nil)
    }
    return (tally.levels[0].demandWeight, tally.levels[1].demandWeight)
  }

  private static func subsets(_ count: Int, of numbers: ArraySlice<Int>) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return numbers.indices.flatMap { index in
      subsets(count - 1, of: numbers[(index + 1)...]).map { [numbers[index]] + $0 }
    }
  }

  @Test func mostPeopleThatSomeStoresCover() throws {
    guard let tracts = try Self.tracts() else { return }
    #expect(tracts.count == 205 && tracts.reduce(0) { $0 + $1.people } == 955_113)
    for (count, people) in [1: 448_255.0, 2: 671_938, 3: 791_499, 4: 875_247] {
      let best = Self.subsets(count, of: Self.stores[...]).map { ($0, Self.people($0, tracts).first) }
        .max { $0.1 < $1.1 }
      #expect(best?.1 == people)
      if count == 4 { #expect(best?.0 == [2, 11, 12, 15]) }
    }
    #expect(Self.people(Self.stores, tracts).first == 955_113)
  }

  /// The four stores that most people are near to reach 184 of 205 tracts.
  @Test func tractsOfTheBestFourStores() throws {
    guard var tracts = try Self.tracts() else { return }
    for index in tracts.indices { tracts[index].people = 1 }
    #expect(Self.people([2, 11, 12, 15], tracts).first == 184)
  }
}

import API
import Geometry
import RoadGraph
import TestSupport
import Testing

@testable import Engine

/// What is near a place, by air and along roads.
@Suite struct NearbyStories {
  private static func put(_ features: [LayerFeature], on town: Town) throws {
    _ = try town.testEngine().engine.putLayer(Layer("x", features: features), by: .local, within: .none)
  }

  private static func town() throws -> Town {
    var town = try Town(
      """
      A---B---C
      |       |
      |       |
      |       |
      D---E---F
      """, metersPerCell: 25)
    town.oneway("CBA")
    return town
  }

  private static func nearby(
    _ town: Town, at place: Coordinate, _ change: (inout NearbyRequest) -> Void = { _ in }
  ) throws -> NearbyAnswer {
    var request = NearbyRequest(Place(place), layers: ["x"])
    change(&request)
    return try town.testEngine().engine.nearby(request)
  }

  /// By air what is near in a straight line; along roads what a hose reaches, against a one-way as well.
  @Test func byAirAndAlongRoads() throws {
    let town = try Self.town()
    let (a, e) = (town.map.coordinate("A"), town.map.coordinate("E"))
    let there = a.moved(80, headingDegrees: 90).moved(10, headingDegrees: 0)
    try Self.put([LayerFeature(id: "street", .point(there)), LayerFeature(id: "across", .point(e))], on: town)
    let place = a.moved(100, headingDegrees: 90)
    let air = try Self.nearby(town, at: place)
    #expect(air.features.map(\.feature.id) == ["street", "across"] && air.place == nil)
    #expect(abs((air.features.last?.airMeters ?? 0) - 100) < 1 && air.features.last?.roadMeters == nil)
    let road = try Self.nearby(town, at: place) { $0.isAlongRoads = true }
    #expect(road.features.map(\.feature.id) == ["street", "across"] && road.place?.distanceMeters ?? 9 < 1)
    #expect(abs((road.features.first?.roadMeters ?? 0) - 30) < 0.5)
    #expect(road.features.first?.side == .right)
    #expect(abs((road.features.last?.roadMeters ?? 0) - 300) < 1)
    #expect(try Self.nearby(town, at: place) { ($0.isAlongRoads, $0.radiusMeters) = (true, 299) }.features.count == 1)
  }

  /// What can't be used comes last, and only where there is room.
  @Test func whatCannotBeUsedComesLast() throws {
    let town = try Self.town()
    let place = town.map.coordinate("A")
    try Self.put(
      [
        LayerFeature(id: "broken", .point(place), tags: [LayerTag("usable", "no")]),
        LayerFeature(id: "near", .point(place.moved(20, headingDegrees: 90)), tags: [LayerTag("usable", "yes")]),
        LayerFeature(id: "far", .point(place.moved(60, headingDegrees: 90))),
      ], on: town)
    for isAlongRoads in [true, false] {
      let all = try Self.nearby(town, at: place) { $0.isAlongRoads = isAlongRoads }.features
      #expect(
        all.map(\.feature.id) == ["near", "far", "broken"] && all.map(\.feature.isUsable) == [true, true, false])
      let two = try Self.nearby(town, at: place) { ($0.isAlongRoads, $0.count) = (isAlongRoads, 2) }.features
      #expect(two.map(\.feature.id) == ["near", "far"])
    }
  }

  @Test func badQuestionsAreRefused() throws {
    let town = try Self.town()
    try Self.put([LayerFeature(id: "a", .point(town.map.coordinate("A")))], on: town)
    func refusal(_ change: (inout NearbyRequest) -> Void) -> EngineError? {
      #expect(throws: EngineError.self) { try Self.nearby(town, at: town.map.coordinate("A"), change) }
    }
    #expect(refusal { $0.layers = ["y"] }?.code == .unknownLayer)
    #expect(refusal { $0.layers = [] }?.code == .invalidArgument)
    #expect(refusal { $0.count = 0 }?.code == .invalidCount)
    #expect(refusal { $0.count = 1_001 }?.code == .limitExceeded)
    #expect(refusal { ($0.radiusMeters, $0.isAlongRoads) = (2_001, true) }?.code == .invalidRadius)
    #expect(refusal { $0.radiusMeters = 50_001 }?.value == "50001.0")
    let off = town.map.coordinate("A").moved(1_500, headingDegrees: 300)
    #expect(refusal { ($0.place, $0.isAlongRoads) = (Place(off), true) }?.code == .offMap)
  }

  /// As all ways between all vertices, and as the distance to each point.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func answersAreThoseOfLookingAtEverything(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let town = RandomTown(seed: seed)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let features = (0..<60).map { number in
      LayerFeature(
        id: "\(number + 100)", .point(town.place(&random)), tags: random.oneIn(4) ? [LayerTag("usable", "no")] : [])
    }
    _ = try engine.putLayer(
      Layer("x", features: features, rule: LayerRule(side: .both)), by: .local, within: .none)
    let kept = try engine.currentState().layers.layer("x")
    let between = Self.betweenVertices(engine.map.network)
    for _ in 0..<20 {
      var request = NearbyRequest(Place(town.place(&random)), layers: ["x"])
      request.count = .random(in: 1...10, using: &random)
      request.radiusMeters = .random(in: 50...1_500, using: &random)
      let question = "seed \(seed): \(request)"
      let air = try engine.nearby(request).features
      let plane = LocalPlane(around: request.place.coordinate)
      let byAir = features.map { ($0, $0.point.map { plane.distanceMeters(to: $0) } ?? .infinity) }
      #expect(air.map(\.feature.id) == Self.first(byAir, of: request), "\(question)")
      request.isAlongRoads = true
      guard let road = try? engine.nearby(request) else { continue }
      let byRoad = Self.byRoad(request, kept, between, engine.map.network)
      #expect(road.features.map(\.feature.id) == Self.first(byRoad, of: request), "\(question)")
      let meters = Dictionary(uniqueKeysWithValues: byRoad.map { ($0.0.id, $0.1) })
      for near in road.features {
        #expect(abs((near.roadMeters ?? 0) - (meters[near.feature.id] ?? -1)) < 0.02, "\(question)")
        #expect((near.roadMeters ?? 0) > near.airMeters - 1, "\(question)")
      }
    }
  }

  private static func first(_ all: [(LayerFeature, Double)], of request: NearbyRequest) -> [String] {
    all.filter { $0.1 <= request.radiusMeters }
      .sorted { ($0.0.isUsable ? 0 : 1, $0.1) < ($1.0.isUsable ? 0 : 1, $1.1) }
      .prefix(request.count).map(\.0.id)
  }

  /// Floyd's algorithm, each road in both directions.
  private static func betweenVertices(_ network: RoadNetwork) -> [[Double]] {
    var meters = [[Double]](
      repeating: [Double](repeating: .infinity, count: network.vertexCount), count: network.vertexCount)
    for vertex in meters.indices { meters[vertex][vertex] = 0 }
    for segment in network.firstPiece.indices {
      guard let (one, other) = network.ends(of: segment) else { continue }
      let length = network.lengthMeters(of: segment)
      for (from, to) in [(one.position, other.position), (other.position, one.position)] {
        meters[from][to] = min(meters[from][to], length)
      }
    }
    for middle in meters.indices {
      for from in meters.indices where meters[from][middle] < .infinity {
        for to in meters.indices {
          meters[from][to] = min(meters[from][to], meters[from][middle] + meters[middle][to])
        }
      }
    }
    return meters
  }

  private static func byRoad(
    _ request: NearbyRequest, _ kept: KeptLayer, _ between: [[Double]], _ network: RoadNetwork
  ) -> [(LayerFeature, Double)] {
    func along(_ piece: PieceID, _ fraction: UInt32, _ segment: SegmentID) -> Double {
      let before = network.pieceIDs(of: segment).filter { $0 < piece }
        .reduce(0) { $0 + Int(network.pieces[$1].lengthCentimeters) }
      let own = RoadPosition.part(fraction, of: network.pieces[piece].lengthCentimeters)
      return Double(before + Int(own)) / 100
    }
    let finder = LayerRoadFinder(network, LayerRule(roadMetersMax: min(request.radiusMeters, 1_000)))
    var best = [Double](repeating: .infinity, count: kept.layer.features.count)
    for start in finder.roads(near: request.place.coordinate, view: nil) {
      let segment = start.position.segment
      let own = along(start.position.piece, start.position.fraction, segment)
      guard let ends = network.ends(of: segment) else { continue }
      let exits = [(ends.first, own), (ends.last, network.lengthMeters(of: segment) - own)]
      for other in network.firstPiece.indices {
        guard let entries = network.ends(of: other) else { continue }
        for spot in kept.placement.roads[other] {
          let there = along(spot.piece, spot.fraction, other)
          var meters = other == segment ? abs(there - own) : .infinity
          for (exit, out) in exits {
            for (entry, on) in [(entries.first, there), (entries.last, network.lengthMeters(of: other) - there)] {
              meters = min(meters, out + between[exit.position][entry.position] + on)
            }
          }
          let all = start.distanceMeters + meters + Double(spot.distanceMeters)
          best[Int(spot.feature)] = min(best[Int(spot.feature)], all)
        }
      }
    }
    return zip(kept.layer.features, best).map { ($0, $1) }
  }
}

import API
import Geometry
import Hierarchy
import RoadGraph
import TestSupport
import Testing
import Traffic

@testable import Engine

/// Random towns, layers and traffic: what lies along routes, compared with looking at everything.
@Suite struct AssetOracleTests {
  private static func layer(_ name: String, _ rule: LayerRule, in town: RandomTown, _ random: inout SeededGenerator)
    -> Layer
  {
    let features = (0..<150).map { number in
      var view: LayerView?
      if number.isMultiple(of: 3) {
        view = LayerView(
          headingDegrees: .random(in: 0..<360, using: &random), viewDegrees: .random(in: 5...360, using: &random),
          rangeMeters: .random(in: 5...150, using: &random))
      }
      return LayerFeature(id: "\(number + 1_000)", .point(town.place(&random)), view: view)
    }
    return Layer(name, features: features, rule: rule)
  }

  /// A point belongs to the roads within reach, of those to the ones that its rule means.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func pointsBelongToTheRoadsThatTheirRuleMeans(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let town = RandomTown(seed: seed)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let network = engine.map.network
    for side in LayerSide.allCases {
      let layer = Self.layer("x", LayerRule(roadMetersMax: 40, side: side), in: town, &random)
      let kept = KeptLayer(layer, on: network) {}
      var segments: [Int: Set<SegmentID>] = [:]
      for segment in network.firstPiece.indices {
        for spot in kept.placement.roads[segment] { segments[Int(spot.feature), default: []].insert(segment) }
      }
      for (number, feature) in kept.layer.features.enumerated() {
        guard let point = feature.point else { continue }
        let meters = Self.distances(to: point, in: network)
        let nearest = meters.values.min() ?? .infinity
        let found = segments[number] ?? []
        let question = "seed \(seed), \(side), \(feature.id) at \(point)"
        #expect((kept.positions[number] != nil) == !found.isEmpty, "\(question)")
        switch side {
        case .nearest:
          #expect(found == Set(meters.filter { $0.value <= min(nearest + 1, 40) }.keys), "\(question)")
        case .both: #expect(found == Set(meters.filter { $0.value <= 40 }.keys), "\(question)")
        case .faced:
          #expect(found.allSatisfy { meters[$0] ?? .infinity <= 40 }, "\(question)")
          if feature.view == nil { #expect(found.isEmpty == (nearest > 40), "\(question)") }
        }
      }
    }
  }

  private static func distances(to point: Coordinate, in network: RoadNetwork) -> [SegmentID: Double] {
    let plane = LocalPlane(around: point)
    var meters: [SegmentID: Double] = [:]
    for segment in network.firstPiece.indices where network.ends(of: segment) != nil {
      let shape = network.shape(of: segment)
      meters[segment] =
        zip(shape, shape.dropFirst()).map { plane.nearestPoint(onLineFrom: $0, to: $1).distanceMeters }.min()
    }
    return meters
  }

  /// The time at which a vehicle passes a point is that of the way to its own place on its road.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func timesAreThoseOfTheWayToThePoint(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let town = RandomTown(seed: seed, junctionCount: 60)
    let test = try TestEngine(.text(opl: town.text.opl))
    try PropertyTests.put(PropertyTests.closures(in: town, count: 4, &random), on: test)
    let engine = test.engine
    var layer = Self.layer("x", LayerRule(), in: town, &random)
    for index in layer.features.indices { layer.features[index].view = nil }
    _ = try engine.putLayer(layer, by: .local, within: .none)
    var count = 0
    for _ in 0..<40 {
      var request = RouteRequest(places: [Place(town.place(&random)), Place(town.place(&random))], profile: "plain")
      request.detail.layers = ["x"]
      guard let routed = try? engine.routed(request, in: engine.currentState(), within: .none) else { continue }
      let trip = routed.legs[0].trip
      // A road that is driven twice, or in a closed region, has no one way to a place on it.
      guard Set(trip.arcs).count == trip.arcs.count, !routed.answer.route.needsLastResort,
        trip.turnRoundMilliseconds == 0
      else { continue }
      let times = try Self.times(of: trip, routed, on: engine)
      let question = "seed \(seed): \(request.places)"
      for asset in routed.answer.route.assets {
        count += 1
        let expected = times[asset.feature.id] ?? []
        #expect(
          expected.contains { abs($0 - asset.travelSeconds) < 0.0015 },
          "\(question): \(asset.feature.id) at \(asset.travelSeconds), not \(expected)")
      }
      #expect(Set(routed.answer.route.assets.map(\.feature.id)) == Set(times.keys), "\(question)")
    }
    #expect(count > 20, "seed \(seed)")
  }

  /// Of each point on a trip: the times of the fastest ways from its start to the places where it lies.
  private static func times(
    of trip: Trip, _ routed: TocsinEngine.Routed, on engine: TocsinEngine
  ) throws -> [String: [Double]] {
    let kept = try engine.currentState().layers.layer("x")
    let network = engine.map.network
    var times: [String: [Double]] = [:]
    let parts = trip.parts(in: network) { _, _ in nil }
    for arc in trip.arcs {
      let course = network.arcCourse[arc]
      for spot in kept.placement.roads[course.segment] {
        let isDriven = parts.contains {
          $0.segment == course.segment && $0.piece == spot.piece && $0.fractions.contains(spot.fraction)
            && ($0.direction == .backward) == course.isBackward && !$0.isEmpty
        }
        guard isDriven else { continue }
        let place = RoadPlace(
          arc: arc, position: RoadPosition(segment: course.segment, piece: spot.piece, fraction: spot.fraction))
        // On this very arc: by another way the vehicle may come sooner, and not be allowed to go on.
        let search = TripSearch(to: [place], in: routed.profile, arriving: .onItsArc)
        let found = engine.paths.withWorkspace { query in
          search.fastestTrip(from: [TripOrigin(RoadPlace(arc: trip.arcs[0], position: trip.start))], with: query)
        }
        guard let found else { continue }
        let route = RouteAssembly.line(of: found, routed.profile, detail: [])
        times[kept.layer.features[Int(spot.feature)].id, default: []].append(route.travelSeconds)
      }
    }
    return times
  }

  /// A camera counts if a point of the way lies in its sector.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func camerasCountWhereTheySeeTheWay(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let town = RandomTown(seed: seed, junctionCount: 60)
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    var layer = Self.layer("x", LayerRule(), in: town, &random)
    layer.features.removeAll { $0.view == nil }
    _ = try engine.putLayer(layer, by: .local, within: .none)
    var count = 0
    for _ in 0..<12 {
      var request = RouteRequest(places: [Place(town.place(&random)), Place(town.place(&random))], profile: "plain")
      request.detail = RouteDetail(.shape, layers: ["x"])
      guard let route = try? engine.route(request).route, route.lengthMeters > 1 else { continue }
      let seen = Set(route.assets.map(\.feature.id))
      for feature in layer.features {
        guard let place = feature.point, let view = feature.view,
          Self.meters(from: place, to: route.shape) > 2
        else { continue }
        let (surely, maybe) = (
          Self.isSeen(route.shape, from: place, view, by: -2), Self.isSeen(route.shape, from: place, view, by: 2)
        )
        #expect(
          seen.contains(feature.id) ? maybe : !surely, "seed \(seed): \(feature.id), \(request.places)")
      }
      for asset in route.assets {
        count += 1
        let view = try #require(asset.inViewSeconds)
        #expect(view.lowerBound >= 0 && view.upperBound <= route.travelSeconds + 0.001)
      }
    }
    #expect(count > 0, "seed \(seed)")
  }

  /// Points tell little of what is nearer than they are apart.
  private static func meters(from place: Coordinate, to shape: [Coordinate]) -> Double {
    let plane = LocalPlane(around: place)
    return zip(shape, shape.dropFirst()).map { plane.nearestPoint(onLineFrom: $0, to: $1).distanceMeters }.min() ?? 0
  }

  /// By points a tenth of a metre apart, in a view that is wider or narrower by some metres and degrees.
  private static func isSeen(_ shape: [Coordinate], from place: Coordinate, _ view: LayerView, by sign: Double) -> Bool
  {
    let (half, range) = ((view.viewDegrees ?? 0) / 2 + sign, (view.rangeMeters ?? 0) + sign * 0.5)
    let plane = LocalPlane(around: place)
    return zip(shape, shape.dropFirst()).contains { start, end in
      guard plane.nearestPoint(onLineFrom: start, to: end).distanceMeters <= range else { return false }
      let steps = max(Int(start.distanceMeters(to: end) * 10), 1)
      return (0...steps).contains { step in
        let point = start.interpolated(to: end, fraction: Double(step) / Double(steps))
        return place.distanceMeters(to: point) <= range
          && Heading.angleDegrees(place.bearingDegrees(to: point), view.headingDegrees) <= half
      }
    }
  }
}

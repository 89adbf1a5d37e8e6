import API
import Foundation
import Geometry
import Messages
import NIOCore

/// What is done before a load and after it: units are put, answers are checked, all that was put is taken away.
struct LoadSetup: Sendable {
  let plan: LoadPlan
  let loop: any EventLoop
  let caller: NIOLoopBound<LoadCaller>

  /// This many places are looked for around one, and this many of them must be near a road.
  private static let placesAround = 2_000
  private static let placesAroundMin = 50
  private static let checkedQuestions = 10
  private static let unitsPerCall = 5_000
  /// A place that is farther from a road is not taken.
  private static let roadMetersMax = 200.0

  /// Throws `CONNECTION_LOST`, or `LOAD_CHECK_FAILED` with the server's code.
  func call<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ request: Request) async throws -> Answer {
    let payload = method.writeRequest(request)
    let bytes = try await loop.flatSubmit { [caller] in caller.value.call(method: method.name, payload: payload) }.get()
    return try method.readAnswer(bytes).get()
  }

  /// Places on roads, neighbours next to each other. Throws `LOAD_CHECK_FAILED` where roads are missing.
  func places() async throws -> [Coordinate] {
    switch plan.places {
    case .given(let places): return places
    case .around(let centre, let meters):
      var found: [Coordinate] = []
      var random = SplitMix64(seed: plan.seed)
      for _ in 0..<Self.placesAround {
        if let place = try await road(near: centre.moved(atMostMeters: meters, &random)) { found.append(place) }
      }
      guard found.count >= Self.placesAroundMin else {
        throw LoadError(.checkFailed, "the server has no roads around the place", value: "\(centre)")
      }
      let box = BoundingBox(of: found)
      return found.sorted { HilbertCurve.position(of: $0, in: box) < HilbertCurve.position(of: $1, in: box) }
    }
  }

  private func road(near place: Coordinate) async throws -> Coordinate? {
    var request = SnapRequest(place: Place(place), profile: plan.profile)
    request.reach.radiusMeters = Self.roadMetersMax
    do {
      return try await call(ServiceMethods.snap, request).places.first?.coordinate
    } catch let error as LoadError where error.value == EngineError.Code.offMap.rawValue {
      return nil
    }
  }

  func put(_ fleet: MovingFleet) async throws {
    for units in Self.parts(of: fleet.units(at: Date())) {
      _ = try await call(ServiceMethods.putUnits, PutUnitsRequest(units))
    }
  }

  /// Asks some questions and looks at the answers. Throws `LOAD_CHECK_FAILED` if one has fewer units than it should.
  func check(_ places: [Coordinate]) async throws {
    let wanted = plan.unitCount == 0 ? 1 : min(plan.mix.wantedUnits, plan.unitCount)
    var random = SplitMix64(seed: plan.seed &+ 3)
    for _ in 0..<Self.checkedQuestions {
      let place = places[Int.random(in: 0..<places.count, using: &random)]
      let answer = try await answer(about: place)
      guard answer.units.count >= wanted else {
        throw LoadError(.checkFailed, "an answer has \(answer.units.count) units, not \(wanted)", value: "\(place)")
      }
    }
  }

  /// Throws `LOAD_CHECK_FAILED` with the place and the server's code: a map that isn't the server's has other roads.
  private func answer(about place: Coordinate) async throws -> FastestUnitsAnswer {
    do {
      return try await call(ServiceMethods.fastestUnits, Workload.question(place, plan.mix))
    } catch let error as LoadError where error.code == .checkFailed {
      throw LoadError(.checkFailed, "\(error.message): \(error.value)", value: "\(place)")
    }
  }

  /// Lifts all closures of the load, those too whose puts nobody answered.
  func liftClosures() async throws {
    guard plan.mix.closureChangesPerSecond > 0 else { return }
    var request = ClosuresRequest([])
    request.completeSource = ClosureBook.source
    _ = try await call(ServiceMethods.putClosures, PutClosuresRequest(request))
  }

  func remove(_ fleet: MovingFleet) async throws {
    for ids in Self.parts(of: fleet.ids) { _ = try await call(ServiceMethods.removeUnits, RemoveUnitsRequest(ids)) }
  }

  /// As many as one call takes, and so on.
  private static func parts<Element>(of all: [Element]) -> [[Element]] {
    stride(from: 0, to: all.count, by: unitsPerCall).map { Array(all[$0...].prefix(unitsPerCall)) }
  }
}

extension Coordinate {
  /// A random place in the circle around this one.
  func moved(atMostMeters radius: Double, _ random: inout SplitMix64) -> Coordinate {
    let meters = radius * Double.random(in: 0..<1, using: &random).squareRoot()
    let angle = Double.random(in: 0..<2 * Double.pi, using: &random)
    let north = meters * cos(angle) / Earth.metersPerDegree
    let east = meters * sin(angle) / (Earth.metersPerDegree * cos(latitude * .pi / 180))
    return Coordinate(latitude: latitude + north, longitude: longitude + east) ?? self
  }
}

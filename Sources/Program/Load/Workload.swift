import API
import Foundation
import Geometry
import Messages

/// Makes the requests of a load, one after the other.
final class Workload {
  private let writer: CallWriter
  private let asks: [PreparedCall]
  private var random: SplitMix64
  private var fleet: MovingFleet
  private var closures: ClosureBook
  private let reportsPerCall: Int

  /// This many different questions are asked, in random order.
  private static let questionCount = 4_096

  init(_ plan: LoadPlan, places: [Coordinate], fleet: MovingFleet) {
    let writer = CallWriter(plan)
    var random = SplitMix64(seed: plan.seed)
    asks = (0..<Self.questionCount).map { _ in
      let place = places[Int.random(in: 0..<places.count, using: &random)]
      return writer.prepare(ServiceMethods.fastestUnits, Self.question(place, plan.mix))
    }
    (self.writer, self.fleet) = (writer, fleet)
    closures = ClosureBook(places: places, seed: plan.seed)
    reportsPerCall = plan.mix.positionsPerCall
    self.random = random
  }

  static func question(_ place: Coordinate, _ mix: LoadMix) -> FastestUnitsRequest {
    FastestUnitsRequest(incident: Place(place), count: mix.wantedUnits)
  }

  /// The next request of a kind, which gets this id.
  func call(_ kind: RequestKind, id: UInt64) -> PreparedCall {
    switch kind {
    case .ask: asks[Int.random(in: 0..<asks.count, using: &random)]
    case .position:
      writer.prepare(
        ServiceMethods.reportPositions, ReportPositionsRequest(fleet.nextReports(reportsPerCall, at: Date())))
    case .closure:
      switch closures.next(id: id) {
      case .put(let closure): writer.prepare(ServiceMethods.putClosures, ClosureBook.request(closure))
      case .lift(let name): writer.prepare(ServiceMethods.liftClosures, LiftClosuresRequest([name]))
      }
    }
  }

  /// Tells what became of a request.
  func ended(_ kind: RequestKind, id: UInt64, isDone: Bool) {
    if kind == .closure { closures.ended(id: id, isDone: isDone) }
  }
}

/// Units that drive about: each report is from a place near the last one.
struct MovingFleet: Sendable {
  private let places: [Coordinate]
  private let profile: String
  private var unitPlaces: [Int]
  private var nextUnit = 0
  private var random: SplitMix64

  /// A unit goes on or back by at most this many places from one report to the next.
  private static let stepMax = 3

  /// - Parameter places: neighbours next to each other.
  init(_ plan: LoadPlan, places: [Coordinate]) {
    (self.places, profile) = (places, plan.profile)
    var random = SplitMix64(seed: plan.seed &+ 1)
    unitPlaces = (0..<plan.unitCount).map { _ in Int.random(in: 0..<places.count, using: &random) }
    self.random = random
  }

  var ids: [String] { unitPlaces.indices.map(Self.id) }

  /// All units where they are.
  func units(at moment: Date) -> [ResponseUnit] { unitPlaces.indices.map { unit($0, moment) } }

  /// The reports of the units whose turn it is, each from a new place; no unit twice.
  mutating func nextReports(_ count: Int, at moment: Date) -> [PositionReport] {
    (0..<min(count, unitPlaces.count)).map { _ in
      let number = nextUnit
      nextUnit = number + 1 < unitPlaces.count ? number + 1 : 0
      let step = Int.random(in: -Self.stepMax...Self.stepMax, using: &random)
      unitPlaces[number] = min(max(unitPlaces[number] + step, 0), places.count - 1)
      return PositionReport(id: Self.id(number), coordinate: places[unitPlaces[number]], reportedAt: moment)
    }
  }

  private func unit(_ number: Int, _ moment: Date) -> ResponseUnit {
    ResponseUnit(id: Self.id(number), profile: profile, coordinate: places[unitPlaces[number]], reportedAt: moment)
  }

  private static func id(_ number: Int) -> String { "load-\(number + 1)" }
}

/// Small closures that come and go.
struct ClosureBook {
  enum Change {
    case put(RoadClosure)
    case lift(String)
  }

  private let places: [Coordinate]
  private var random: SplitMix64
  private var lastNumber = 0
  /// The closures whose puts are in flight, by the request's id.
  private var puts: [UInt64: String] = [:]
  /// Those that hold, oldest first.
  private(set) var standing: [String] = []

  static let source = "load"
  /// With more of them, the next change lifts one.
  private static let standingMax = 10
  private static let radiusMeters = 100.0
  /// If the load dies, its closures end.
  private static let lifeSeconds = 120.0

  init(places: [Coordinate], seed: UInt64) {
    self.places = places
    random = SplitMix64(seed: seed &+ 2)
  }

  static func request(_ closure: RoadClosure) -> PutClosuresRequest {
    var request = ClosuresRequest([closure])
    request.timeToLiveSeconds = lifeSeconds
    return PutClosuresRequest(request)
  }

  mutating func next(id: UInt64) -> Change {
    if standing.count >= Self.standingMax { return .lift(standing.removeFirst()) }
    lastNumber += 1
    let name = "load-\(lastNumber)"
    puts[id] = name
    let place = places[Int.random(in: 0..<places.count, using: &random)]
    return .put(RoadClosure(id: name, source: Self.source, selector: .nearest(place, radiusMeters: Self.radiusMeters)))
  }

  mutating func ended(id: UInt64, isDone: Bool) {
    if let name = puts.removeValue(forKey: id), isDone { standing.append(name) }
  }
}

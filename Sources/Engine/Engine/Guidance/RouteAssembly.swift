import API
import Geometry
import Profiles
import RoadGraph
import Traffic

/// Makes the answer for people out of trips: times, lengths, streets, ways, shape, signals, exemptions.
struct RouteAssembly {
  private let snapshot: ProfileSnapshot
  private let network: RoadNetwork
  private let detail: RouteDetail
  private var milliseconds = 0
  private var centimeters = 0
  private var legs: [Leg] = []
  private var drawn: LineWriter
  private var ways: [RouteWay] = []
  private var signals: [RouteSignal] = []
  private var steps: StepWriter
  private var exemptions: ExemptionWriter
  private var needsLastResort = false

  /// Where the way from one place to the next begins among what is written.
  private struct Leg {
    var milliseconds: Int
    var centimeters: Int
    var step: Int
    var point: Int
  }

  init(_ snapshot: ProfileSnapshot, detail: RouteDetail) {
    self.snapshot = snapshot
    network = snapshot.roads.network
    self.detail = detail
    drawn = LineWriter(snapshot, detail: detail)
    steps = StepWriter(network, wantsJunctions: detail.contains(.junctions))
    exemptions = ExemptionWriter(snapshot)
  }

  /// The route of one trip.
  static func line(of trip: Trip, _ snapshot: ProfileSnapshot, detail: RouteDetail) -> Route {
    var assembly = RouteAssembly(snapshot, detail: detail)
    assembly.append(trip)
    return assembly.line
  }

  /// Appends a trip that goes on where the last one ended. O(pieces, and points if the shape is asked for).
  ///
  /// - Parameter turnRoundMilliseconds: what turning round before it takes.
  mutating func append(_ trip: Trip, afterTurningRound turnRoundMilliseconds: Weight = 0) {
    legs.append(
      Leg(milliseconds: milliseconds, centimeters: centimeters, step: steps.count, point: drawn.lastPoint))
    milliseconds += Int(turnRoundMilliseconds) + Int(trip.turnRoundMilliseconds)
    let (snapshot, isPlain) = (snapshot, detail.parts.isEmpty)
    let parts = trip.parts(in: network) { isPlain ? snapshot.plainAmount($0, $1) : nil }
    exemptions.begin(parts)
    for (number, part) in parts.enumerated() { append(part, number: number) }
    if detail.contains(.steps) { steps.arrive(atPoint: drawn.lastPoint) }
  }

  /// The route so far with a leg for each trip.
  var lineWithLegs: Route {
    var line = line
    line.legs = legs.indices.map { index in
      let (begin, end) = (legs[index], index + 1 < legs.count ? legs[index + 1] : nil)
      var leg = RouteLeg(
        travelSeconds: Double((end?.milliseconds ?? milliseconds) - begin.milliseconds) / 1000,
        lengthMeters: Double((end?.centimeters ?? centimeters) - begin.centimeters) / 100)
      (leg.firstStep, leg.firstPoint) = (begin.step, begin.point)
      return leg
    }
    return line
  }

  /// The route so far.
  var line: Route {
    var line = Route(travelSeconds: Double(milliseconds) / 1000, lengthMeters: Double(centimeters) / 100)
    (line.shape, line.stretches, line.ways, line.signals) = (drawn.shape, drawn.stretches, ways, signals)
    (line.steps, line.exemptions, line.needsLastResort) = (steps.steps, exemptions.exemptions, needsLastResort)
    return line
  }

  private mutating func append(_ part: TripPart, number: Int) {
    if let amount = part.plain {
      milliseconds += amount.milliseconds
      centimeters += amount.centimeters
      return exemptions.passPlainArc()
    }
    if detail.contains(.signals) { appendSignal(at: part) }
    let turnMilliseconds = snapshot.turnMilliseconds(onto: part)
    let cost = snapshot.conditions.pieceCost(part.piece, part.direction, in: part.fractions)
    let amount = TravelAmount(
      milliseconds: Int(cost.timeMilliseconds) + turnMilliseconds,
      centimeters: Int(part.share(of: network.pieces[part.piece].lengthCentimeters)))
    milliseconds += amount.milliseconds
    centimeters += amount.centimeters
    exemptions.append(part, number: number)
    needsLastResort = needsLastResort || isLastResort(part, cost)
    let firstPoint = detail.contains(.shape) && !part.isEmpty ? drawn.append(part) : 0
    if detail.contains(.steps) { steps.append(part, amount, firstPoint: firstPoint) }
    if part.isEmpty { return }
    if detail.contains(.ways), let way = network.way(of: part.piece).map({ network.ways[$0] }) {
      if ways.last?.osmID != way.osmID { ways.append(RouteWay(osmID: way.osmID, name: network.texts[way.name])) }
    }
  }

  private func isLastResort(_ part: TripPart, _ cost: TravelCost) -> Bool {
    let costs = snapshot.roads.costs
    if let turn = part.turn, costs.turnCost(turn.id, from: turn.from).reluctanceMilliseconds > 0 { return true }
    guard !part.isEmpty else { return false }
    return cost.reluctanceMilliseconds > 0 && costs.isLastResort(piece: part.piece, part.direction)
      || !snapshot.conditions.closedExtents(part.piece, part.direction, in: part.fractions).isEmpty
  }

  /// Notes a signal that a vehicle comes to: at the junction behind which a part begins, or on the road.
  private mutating func appendSignal(at part: TripPart) {
    if let turn = part.turn, !network.turnAttributes[turn.id].flags.contains(.uTurn) {
      let vertex = network.arcHead[turn.from]
      let feature = network.vertexFeature[vertex]
      if feature != .none { appendSignal(network.features[feature], at: network.vertexCoordinate[vertex]) }
    }
    if case .point(let feature) = network.pieces[part.piece].kind {
      let signal = network.features[feature]
      let unfelt: PointFeature.Flags = part.isAgainstWay(in: network) ? .forwardOnly : .backwardOnly
      if !signal.flags.contains(unfelt) { appendSignal(signal, at: network.coordinate(at: part.start)) }
    }
  }

  private mutating func appendSignal(_ feature: PointFeature, at coordinate: Coordinate) {
    guard feature.kind == .trafficSignals else { return }
    signals.append(
      RouteSignal(
        osmID: feature.osmID, coordinate: coordinate, travelSeconds: Double(milliseconds) / 1000,
        lengthMeters: Double(centimeters) / 100))
  }
}

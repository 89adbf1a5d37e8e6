import API
import Geometry
import RoadGraph

/// Puts the parts of trips together to steps: a step begins where the driver has to be told something.
struct StepWriter {
  private let network: RoadNetwork
  private let guide: JunctionGuide
  private let junctions: JunctionWriter?
  private var written: [Step] = []
  /// The last stretch of the trip; `nil` before it began.
  private var last: TripPart?
  /// The turn onto the stretch to come.
  private var turn: (id: TurnID, from: ArcID)?
  private var roundabout: Roundabout?

  /// A step while it is being driven.
  private struct Step {
    var way: Way
    var maneuver: Maneuver
    var firstPoint: Int
    var amount = TravelAmount()
    var junctions: [RouteJunction] = []
  }

  /// A roundabout while it is being driven.
  private struct Roundabout {
    /// The step that entered it; `nil` if the trip began there.
    var step: Int?
    var exitsPassed = 0
  }

  init(_ network: RoadNetwork, wantsJunctions: Bool) {
    self.network = network
    guide = JunctionGuide(network: network)
    junctions = wantsJunctions ? JunctionWriter(network: network) : nil
  }

  /// The steps so far. O(steps).
  var steps: [RouteStep] {
    written.map { step in
      var told = RouteStep(
        name: network.texts[step.way.name], ref: network.texts[step.way.ref], wayOSMID: step.way.osmID,
        maneuver: step.maneuver, lengthMeters: Double(step.amount.centimeters) / 100,
        travelSeconds: Double(step.amount.milliseconds) / 1000)
      (told.firstPoint, told.junctions) = (step.firstPoint, step.junctions)
      return told
    }
  }

  /// How many steps there are so far.
  var count: Int { written.count }

  /// Goes along a part whose first point has this position in the shape. O(turns at the junction before it).
  mutating func append(_ part: TripPart, _ amount: TravelAmount, firstPoint: Int) {
    // Over an arc without a heading, the way goes from the road before it onto the one behind it.
    if let next = part.turn { turn = (next.id, turn?.from ?? next.from) }
    if !part.isEmpty, hasHeading(part), let wayID = network.way(of: part.piece) {
      let way = network.ways[wayID]
      if let maneuver = maneuver(onto: part, of: way) {
        written.append(Step(way: way, maneuver: maneuver, firstPoint: firstPoint))
      }
      turn = nil
      last = part
    }
    guard !written.isEmpty, last != nil else { return }
    written[written.count - 1].amount.milliseconds += amount.milliseconds
    written[written.count - 1].amount.centimeters += amount.centimeters
    if let junctions, let turn = part.turn,
      let junction = junctions.junction(from: turn.from, onto: network.turnHead[turn.id])
    {
      written[written.count - 1].junctions.append(junction)
    }
  }

  private func hasHeading(_ part: TripPart) -> Bool {
    guard let turn = part.turn ?? turn else { return true }
    return network.hasHeading(network.turnHead[turn.id])
  }

  /// Ends the trip, if it went anywhere, at the point of this position in the shape.
  mutating func arrive(atPoint point: Int) {
    guard let last, let step = written.last else { return }
    let bearing = Self.whole(Heading.arriving(last.shape(in: network)))
    let maneuver = Maneuver(
      .arrive, bearingBefore: bearing, bearingAfter: bearing, coordinate: network.coordinate(at: last.end))
    var way = network.way(of: last.piece).map { network.ways[$0] } ?? step.way
    if !isNewName(way, after: step.way) { way = step.way }
    written.append(Step(way: way, maneuver: maneuver, firstPoint: point))
    (self.last, turn, roundabout) = (nil, nil, nil)
  }

  fileprivate static func whole(_ degrees: Double) -> Int { Int(degrees.rounded()) % 360 }
}

// MARK: Maneuvers

extension StepWriter {
  /// What a driver must be told before a part; `nil` for nothing.
  private mutating func maneuver(onto part: TripPart, of way: Way) -> Maneuver? {
    guard let last, let lastWay = network.way(of: last.piece).map({ network.ways[$0] }) else {
      if isRoundabout(way) { roundabout = Roundabout() }
      let bearing = Self.whole(Heading.leaving(part.shape(in: network)))
      return Maneuver(
        .depart, bearingBefore: bearing, bearingAfter: bearing, coordinate: network.coordinate(at: part.start))
    }
    let headings = Headings(last, part, turn, network)
    if isRoundabout(lastWay) || isRoundabout(way) { return circle(from: lastWay, onto: way, headings) }
    if let turn, network.turnAttributes[turn.id].flags.contains(.uTurn) {
      return headings.maneuver(keepsName(way) ? .continue : .turn, .uturn)
    }
    if let turn, let told = guide.told(at: junction(from: lastWay, onto: way, turn, headings)) {
      return headings.maneuver(told.kind, told.modifier)
    }
    guard let step = written.last, isNewName(way, after: step.way) else { return nil }
    return headings.maneuver(.newName, Maneuver.Modifier(angleDegrees: headings.angleDegrees))
  }

  private func junction(from last: Way, onto way: Way, _ turn: (id: TurnID, from: ArcID), _ headings: Headings)
    -> JunctionGuide.Junction
  {
    JunctionGuide.Junction(
      from: network.attributes[last.attributes].roadClass, keepsName: keepsName(way),
      taken: guide.exit(of: way, angleDegrees: headings.angleDegrees),
      others: guide.exits(from: turn.from, besides: network.turnHead[turn.id], arriving: headings.bearingBefore))
  }

  /// Into a roundabout, along it or out of it. Exits are counted behind the place where it was entered.
  private mutating func circle(from last: Way, onto way: Way, _ headings: Headings) -> Maneuver? {
    let modifier = Maneuver.Modifier(angleDegrees: headings.angleDegrees)
    guard isRoundabout(last) else {
      roundabout = Roundabout(step: written.count)
      return headings.maneuver(.roundabout, modifier)
    }
    var passed = roundabout ?? Roundabout()
    guard !isRoundabout(way) else {
      if let turn, guide.leavesRoundabout(at: turn.from) { passed.exitsPassed += 1 }
      roundabout = passed
      return nil
    }
    roundabout = nil
    var maneuver = headings.maneuver(.exitRoundabout, modifier)
    maneuver.roundaboutExit = passed.exitsPassed + 1
    if let step = passed.step { written[step].maneuver.roundaboutExit = maneuver.roundaboutExit }
    return maneuver
  }

  private func isRoundabout(_ way: Way) -> Bool { network.attributes[way.attributes].flags.contains(.roundabout) }

  /// True if a street has a name or number, and goes by it already.
  private func keepsName(_ way: Way) -> Bool {
    guard let step = written.last, way.name != .empty || way.ref != .empty else { return false }
    return !isNewName(way, after: step.way)
  }

  /// True if a street is called otherwise than the one before. One without name and number is not worth a word.
  private func isNewName(_ way: Way, after last: Way) -> Bool {
    if way.name != .empty, last.name != .empty { return way.name != last.name }
    if way.ref != .empty, last.ref != .empty { return way.ref != last.ref }
    return way.name != .empty || way.ref != .empty
  }
}

/// How a route goes from one stretch to the next.
private struct Headings {
  let bearingBefore: Double
  let bearingAfter: Double
  let angleDegrees: Int
  private let position: RoadPosition
  private let network: RoadNetwork

  init(_ last: TripPart, _ next: TripPart, _ turn: (id: TurnID, from: ArcID)?, _ network: RoadNetwork) {
    self.network = network
    position = next.start
    if let turn {
      bearingBefore = network.arrivingDegrees(turn.from)
      bearingAfter = network.leavingDegrees(network.turnHead[turn.id])
    } else {
      bearingBefore = Heading.arriving(last.shape(in: network))
      bearingAfter = Heading.leaving(next.shape(in: network))
    }
    angleDegrees = Heading.toldDegrees(from: bearingBefore, to: bearingAfter)
  }

  func maneuver(_ kind: Maneuver.Kind, _ modifier: Maneuver.Modifier) -> Maneuver {
    Maneuver(
      kind, modifier, angleDegrees: angleDegrees, bearingBefore: StepWriter.whole(bearingBefore),
      bearingAfter: StepWriter.whole(bearingAfter), coordinate: network.coordinate(at: position))
  }
}

import Geometry
import MapFile
import Profiles
import RoadGraph
import Traffic

/// Makes the answer for people out of a trip: times, lengths, streets, ways, shape, exemptions.
struct RouteAssembly {
  private let network: RoadNetwork
  private let costs: CostModel
  private let arcParts: ArcParts
  private let detail: RouteDetail
  private var milliseconds = 0
  private var centimeters = 0
  private var shape: [Coordinate] = []
  private var steps: [Step] = []
  private var ways: [RouteWay] = []
  private var exemptions: [UsedExemption] = []
  /// What the last stretch needed.
  private var continuedUses: [Use] = []

  /// An exemption on an OSM way or OSM node.
  private struct Use: Equatable {
    var kind: String
    var osmID: Int64
  }

  /// A street while it is being driven.
  private struct Step {
    var way: Way
    var turnDegrees: Int
    var centimeters = 0
    var milliseconds = 0
  }

  /// The kind of exemption of a trip that begins or ends behind a barrier.
  private static let closedRoad = "closed_road"

  init(_ snapshot: ProfileSnapshot, detail: RouteDetail) {
    network = snapshot.roads.network
    costs = snapshot.roads.costs
    arcParts = snapshot.parts
    self.detail = detail
  }

  /// Appends a trip that goes on where the last one ended. O(pieces, and points if the shape is asked for).
  mutating func append(_ trip: Trip) {
    for part in trip.parts(in: network) { append(part) }
  }

  /// The route so far.
  var line: RouteLine {
    RouteLine(
      travelSeconds: Double(milliseconds) / 1000, lengthMeters: Double(centimeters) / 100, shape: shape,
      steps: steps.map(routeStep), ways: ways, exemptions: exemptions)
  }

  private mutating func append(_ part: TripPart) {
    let turnMilliseconds = part.turn.map { appendTurn($0, onto: part) } ?? 0
    let cost = costs.pieceCost(part.piece, part.direction)
    let partMilliseconds = Int(part.share(of: cost.timeMilliseconds)) + turnMilliseconds
    let partCentimeters = Int(part.share(of: network.pieces[part.piece].lengthCentimeters))
    milliseconds += partMilliseconds
    centimeters += partCentimeters
    if part.isEmpty { return prolongStep(by: partMilliseconds) }
    let isClosed = arcParts.isClosed(part.piece, part.direction)
    appendExemptions(
      costs.exemptions(piece: part.piece, part.direction).list.map(\.name) + (isClosed ? [Self.closedRoad] : []),
      at: part)
    if detail.contains(.shape) { appendShape(of: part) }
    guard let wayID = network.way(of: part.piece) else { return prolongStep(by: partMilliseconds) }
    let way = network.ways[wayID]
    if detail.contains(.ways) { appendWay(way) }
    if detail.contains(.steps) {
      extendStep(way, at: part)
      steps[steps.count - 1].centimeters += partCentimeters
      steps[steps.count - 1].milliseconds += partMilliseconds
    }
  }

  /// Notes the exemptions of a turn and returns its time.
  private mutating func appendTurn(_ turn: (id: TurnID, from: ArcID), onto part: TripPart) -> Int {
    let kinds = costs.exemptions(turn: turn.id, from: turn.from).list.map(\.name)
    if !kinds.isEmpty { appendExemptions(kinds, at: part) }
    return Int(costs.turnCost(turn.id, from: turn.from).timeMilliseconds)
  }

  /// Notes what a part needs. What the stretch before it needed on the same OSM way is the same use, whatever point
  /// (a signal, a crossing) lies between them.
  private mutating func appendExemptions(_ kinds: [String], at part: TripPart) {
    let (osmID, name) = subject(of: part.piece)
    let used = kinds.map { Use(kind: $0, osmID: osmID) }
    for use in used where !continuedUses.contains(use) {
      let place = network.coordinate(
        at: RoadPosition(
          segment: part.segment, piece: part.piece,
          fraction: part.direction == .forward ? part.fractions.lowerBound : part.fractions.upperBound))
      exemptions.append(UsedExemption(kind: use.kind, osmID: osmID, name: name, coordinate: place))
    }
    if network.way(of: part.piece) != nil { continuedUses = used }
  }

  /// The OSM way or OSM node behind a piece.
  private func subject(of piece: PieceID) -> (osmID: Int64, name: String) {
    switch network.pieces[piece].kind {
    case .stretch(let way): (network.ways[way].osmID, network.texts[network.ways[way].name])
    case .point(let feature): (network.features[feature].osmID, "")
    }
  }

  private mutating func appendShape(of part: TripPart) {
    for point in part.shape(in: network) where shape.last != point { shape.append(point) }
  }

  private mutating func appendWay(_ way: Way) {
    if ways.last?.osmID != way.osmID { ways.append(RouteWay(osmID: way.osmID, name: network.texts[way.name])) }
  }

  /// Adds time that passes on no street of its own: at a gate, in a turn at the very end.
  private mutating func prolongStep(by milliseconds: Int) {
    if !steps.isEmpty { steps[steps.count - 1].milliseconds += milliseconds }
  }

  /// Goes on with the last step if the street is the same, else begins a new one.
  private mutating func extendStep(_ way: Way, at part: TripPart) {
    let isUTurn = part.turn.map { network.turnAttributes[$0.id].flags.contains(.uTurn) } ?? false
    if let last = steps.last, !isUTurn, last.way.name == way.name, last.way.ref == way.ref { return }
    let turnDegrees =
      part.turn.map { network.turnAttributes[$0.id].angleDegrees }
      ?? network.bendDegrees(before: part.piece, in: part.segment, isBackward: part.direction == .backward)
    steps.append(Step(way: way, turnDegrees: steps.isEmpty ? 0 : turnDegrees))
  }

  private func routeStep(_ step: Step) -> RouteStep {
    RouteStep(
      name: network.texts[step.way.name], ref: network.texts[step.way.ref], wayOSMID: step.way.osmID,
      turnDegrees: step.turnDegrees, lengthMeters: Double(step.centimeters) / 100,
      travelSeconds: Double(step.milliseconds) / 1000)
  }
}

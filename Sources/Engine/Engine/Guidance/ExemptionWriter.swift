import API
import Geometry
import Profiles
import RoadGraph
import Traffic

/// Lists the exemptions of a route, each use once: consecutive stretches of one OSM way add up.
struct ExemptionWriter {
  private(set) var exemptions: [UsedExemption] = []
  private let network: RoadNetwork
  private let costs: CostModel
  private let conditions: ProfileConditions
  /// What the last stretch needed, with the positions in the list.
  private var continued: [Use: Int] = [:]
  /// The parts, by number, that lie between a trip's first and last place on an ordinary street.
  private var throughParts = 0..<0

  /// An exemption on an OSM way or OSM node.
  private struct Use: Hashable {
    var kind: String
    var osmID: Int64
  }

  /// What an exemption is about.
  private struct Subject {
    var osmID: Int64
    var name = ""
    var coordinate: Coordinate
  }

  /// The kind of exemption of a trip that begins or ends behind a barrier.
  private static let closedRoad = "closed_road"
  private static let turnBans: Exemptions = [.turnBan, .emergencyTurnBan]

  init(_ snapshot: ProfileSnapshot) {
    network = snapshot.roads.network
    costs = snapshot.roads.costs
    conditions = snapshot.conditions
  }

  /// Begins a trip of these parts.
  mutating func begin(_ parts: [TripPart]) {
    continued = [:]
    func leadsThrough(_ part: TripPart) -> Bool {
      part.plain != nil
        || !part.isEmpty && network.way(of: part.piece) != nil
          && !costs.exemptions(piece: part.piece, part.direction).contains(.destinationOnly)
    }
    let first = parts.firstIndex(where: leadsThrough) ?? parts.count
    let last = parts.lastIndex(where: leadsThrough) ?? first
    throughParts = first..<max(first, last)
  }

  /// Notes what a part and the turn onto it need. A street for residents only is what its sign says at the ends of a
  /// trip, and an exemption only where the trip goes on behind it.
  mutating func append(_ part: TripPart, number: Int) {
    if let turn = part.turn { appendTurn(turn, onto: part) }
    if part.isEmpty { return }
    var kinds = costs.exemptions(piece: part.piece, part.direction)
    if !throughParts.contains(number) { kinds.remove(.destinationOnly) }
    let closed = conditions.closedExtents(part.piece, part.direction, in: part.fractions)
    if kinds.isEmpty, closed.isEmpty { return endUses(at: part) }
    let names = kinds.list.map(\.name)
    let seconds =
      kinds.isEmpty
      ? 0
      : costs.exemptionSeconds(piece: part.piece, part.direction) * Double(part.share(of: 1 << 16)) / 65_536
    switch network.pieces[part.piece].kind {
    case .point(let feature):
      let subject = Subject(osmID: network.features[feature].osmID, coordinate: network.coordinate(at: part.start))
      _ = appendUses(names, of: subject, lengthMeters: 0, seconds: seconds)
    case .stretch(let way):
      let lengthMeters = Double(part.share(of: network.pieces[part.piece].lengthCentimeters)) / 100
      let uses = appendUses(names, of: subject(way, at: part), lengthMeters: lengthMeters, seconds: seconds)
      continued = appendClosed(closed, way, part).merging(uses) { $1 }
    }
  }

  /// Notes the closed stretches of a part, each with the closures that close it; those that the next part may go on with.
  private mutating func appendClosed(_ closed: [ClosedRange<UInt32>], _ way: WayID, _ part: TripPart) -> [Use: Int] {
    var last: [Use: Int] = [:]
    for extent in part.direction == .forward ? closed : closed.reversed() {
      var stretch = part
      stretch.fractions = extent
      // Where it is open in between, another one begins.
      if stretch.start != part.start { continued[Use(kind: Self.closedRoad, osmID: network.ways[way].osmID)] = nil }
      let lengthMeters = Double(stretch.share(of: network.pieces[part.piece].lengthCentimeters)) / 100
      let uses = appendUses(
        [Self.closedRoad], of: subject(way, at: stretch), lengthMeters: lengthMeters, seconds: 0)
      for index in uses.values {
        let known = Set(exemptions[index].closureIDs)
        exemptions[index].closureIDs += conditions.closureIDs(part.piece, part.direction, in: extent)
          .filter { !known.contains($0) }
      }
      last = stretch.end == part.end ? uses : [:]
    }
    return last
  }

  /// Notes an arc on which nothing is needed.
  mutating func passPlainArc() {
    if !continued.isEmpty { continued = [:] }
  }

  /// Most parts need nothing. A point between two stretches does not end what the stretches need.
  private mutating func endUses(at part: TripPart) {
    if !continued.isEmpty, network.way(of: part.piece) != nil { continued = [:] }
  }

  /// Notes what a turn needs: a ban that does not bind the vehicle, a barrier at the junction.
  private mutating func appendTurn(_ turn: (id: TurnID, from: ArcID), onto part: TripPart) {
    let kinds = costs.exemptions(turn: turn.id, from: turn.from)
    guard !kinds.isEmpty else { return }
    let seconds = costs.exemptionSeconds(turn: turn.id, from: turn.from)
    // What is no ban of the turn itself stands at the junction.
    let (ofTurn, atPoint) = (kinds.intersection(Self.turnBans), kinds.subtracting(Self.turnBans))
    let vertex = network.arcHead[turn.from]
    if !atPoint.isEmpty, network.vertexFeature[vertex] != .none {
      let feature = network.features[network.vertexFeature[vertex]]
      let subject = Subject(osmID: feature.osmID, coordinate: network.vertexCoordinate[vertex])
      _ = appendUses(atPoint.list.map(\.name), of: subject, lengthMeters: 0, seconds: seconds)
    }
    if !ofTurn.isEmpty, let way = network.way(of: part.piece) {
      let rest = atPoint.isEmpty ? seconds : 0
      _ = appendUses(ofTurn.list.map(\.name), of: subject(way, at: part), lengthMeters: 0, seconds: rest)
    }
  }

  private func subject(_ way: WayID, at part: TripPart) -> Subject {
    Subject(
      osmID: network.ways[way].osmID, name: network.texts[network.ways[way].name],
      coordinate: network.coordinate(at: part.start))
  }

  /// Adds to the uses that the last stretch had already, and lists the others. The first one has all the seconds.
  private mutating func appendUses(
    _ kinds: [String], of subject: Subject, lengthMeters: Double, seconds: Double
  ) -> [Use: Int] {
    var uses: [Use: Int] = [:]
    for (position, kind) in kinds.enumerated() {
      let use = Use(kind: kind, osmID: subject.osmID)
      let index = continued[use] ?? exemptions.count
      if index == exemptions.count {
        exemptions.append(
          UsedExemption(kind: kind, osmID: subject.osmID, name: subject.name, coordinate: subject.coordinate))
      }
      exemptions[index].lengthMeters += lengthMeters
      if position == 0 { exemptions[index].seconds += seconds }
      uses[use] = index
    }
    return uses
  }
}

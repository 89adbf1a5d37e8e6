import API
import CMessages

/// Speeds and turn penalties to put, or to look for on the roads.
public struct PutSpeedsRequest: WireValue, Sendable {
  public var request: SpeedsRequest
  public var isDryRun: Bool

  public init(_ request: SpeedsRequest, isDryRun: Bool = false) {
    (self.request, self.isDryRun) = (request, isDryRun)
  }

  static let initialize = tocsin__v1__put_speeds_request__init
  static func read(_ message: Tocsin__V1__PutSpeedsRequest) throws(CallStatus) -> PutSpeedsRequest {
    let update = SpeedUpdate(
      source: try message.source.text("source"), speeds: try speeds(message),
      turnPenalties: try turnPenalties(message),
      timeToLiveSeconds: try message.time_to_live_seconds.finite("time_to_live_seconds"),
      isComplete: message.is_complete != 0)
    var request = SpeedsRequest(update)
    request.feed = try .optional(message.feed)
    return PutSpeedsRequest(request, isDryRun: message.dry_run != 0)
  }

  private static func speeds(_ message: Tocsin__V1__PutSpeedsRequest) throws(CallStatus) -> [RoadSpeed] {
    try sameLength("way_osm_ids", [message.n_way_osm_ids, message.n_way_directions, message.n_way_kmh])
    try sameLength("from_osm_nodes", [message.n_from_osm_nodes, message.n_to_osm_nodes, message.n_nodes_kmh])
    try sameLength("link_ids", [message.n_link_ids, message.n_link_kmh])
    var speeds: [RoadSpeed] = []
    speeds.reserveCapacity(message.n_way_osm_ids + message.n_from_osm_nodes + message.n_link_ids)
    for index in 0..<message.n_way_osm_ids {
      let direction = try WayDirection.read(message.way_directions[index], "direction")
      speeds.append(
        RoadSpeed(.way(osmID: message.way_osm_ids[index], direction: direction), kmh: try kmh(message.way_kmh[index])))
    }
    for index in 0..<message.n_from_osm_nodes {
      let nodes = OSMNodePair(from: message.from_osm_nodes[index], to: message.to_osm_nodes[index])
      speeds.append(RoadSpeed(.nodes(nodes), kmh: try kmh(message.nodes_kmh[index])))
    }
    for index in 0..<message.n_link_ids {
      let id = try message.link_ids[index].text("link_ids")
      speeds.append(RoadSpeed(.link(id: id), kmh: try kmh(message.link_kmh[index])))
    }
    return speeds
  }

  private static func turnPenalties(_ message: Tocsin__V1__PutSpeedsRequest) throws(CallStatus) -> [TurnPenalty] {
    try sameLength(
      "turn_from_osm_nodes",
      [
        message.n_turn_from_osm_nodes, message.n_turn_via_osm_nodes, message.n_turn_to_osm_nodes,
        message.n_turn_seconds,
      ])
    return try (0..<message.n_turn_from_osm_nodes).map { index throws(CallStatus) in
      TurnPenalty(
        fromOSMNode: message.turn_from_osm_nodes[index], viaOSMNode: message.turn_via_osm_nodes[index],
        toOSMNode: message.turn_to_osm_nodes[index],
        seconds: try Double(message.turn_seconds[index]).finite("turn_seconds", .invalidSpeeds))
    }
  }

  private static func kmh(_ kmh: Float) throws(CallStatus) -> Double {
    try Double(kmh).finite("a speed", .invalidSpeeds)
  }

  private static func sameLength(_ field: String, _ counts: [Int]) throws(CallStatus) {
    guard counts.allSatisfy({ $0 == counts[0] }) else {
      throw CallStatus(
        EngineError(
          .invalidSpeeds, "\(field) and the columns that belong to it differ in length",
          value: counts.map(String.init).joined(separator: " ")))
    }
  }

  func write(to message: inout Tocsin__V1__PutSpeedsRequest, in arena: MessageArena) {
    let update = request.update
    message.dry_run = isDryRun ? 1 : 0
    message.source = arena.text(update.source)
    message.time_to_live_seconds = update.timeToLiveSeconds
    message.is_complete = update.isComplete ? 1 : 0
    if let feed = request.feed { message.feed = arena.message(feed) }
    writeSpeeds(to: &message, in: arena)
    let turns = update.turnPenalties
    (message.n_turn_from_osm_nodes, message.turn_from_osm_nodes) = arena.column(turns.map(\.fromOSMNode))
    (message.n_turn_via_osm_nodes, message.turn_via_osm_nodes) = arena.column(turns.map(\.viaOSMNode))
    (message.n_turn_to_osm_nodes, message.turn_to_osm_nodes) = arena.column(turns.map(\.toOSMNode))
    (message.n_turn_seconds, message.turn_seconds) = arena.column(turns.map { Float($0.seconds) })
  }

  private func writeSpeeds(to message: inout Tocsin__V1__PutSpeedsRequest, in arena: MessageArena) {
    var ways: [(id: Int64, direction: Tocsin__V1__WayDirection, kmh: Float)] = []
    var pairs: [(pair: OSMNodePair, kmh: Float)] = []
    var links: [(id: String, kmh: Float)] = []
    for speed in request.update.speeds {
      switch speed.road {
      case .way(let osmID, let direction): ways.append((osmID, direction.wire, Float(speed.kmh)))
      case .nodes(let pair): pairs.append((pair, Float(speed.kmh)))
      case .link(let id): links.append((id, Float(speed.kmh)))
      }
    }
    (message.n_way_osm_ids, message.way_osm_ids) = arena.column(ways.map(\.id))
    (message.n_way_directions, message.way_directions) = arena.column(ways.map(\.direction))
    (message.n_way_kmh, message.way_kmh) = arena.column(ways.map(\.kmh))
    (message.n_from_osm_nodes, message.from_osm_nodes) = arena.column(pairs.map(\.pair.from))
    (message.n_to_osm_nodes, message.to_osm_nodes) = arena.column(pairs.map(\.pair.to))
    (message.n_nodes_kmh, message.nodes_kmh) = arena.column(pairs.map(\.kmh))
    (message.n_link_ids, message.link_ids) = arena.texts(links.map(\.id))
    (message.n_link_kmh, message.link_kmh) = arena.column(links.map(\.kmh))
  }
}

extension SpeedsAnswer: WireValue {
  static let initialize = tocsin__v1__speeds_answer__init
  static func read(_ message: Tocsin__V1__SpeedsAnswer) throws(CallStatus) -> SpeedsAnswer {
    let examples = try [Refusal].read(message.unmatched_examples, message.n_unmatched_examples)
    return SpeedsAnswer(
      version: message.version, matchedCount: Int(message.matched_count), unmatchedCount: Int(message.unmatched_count),
      unmatchedExamples: examples.map(\.error))
  }

  func write(to message: inout Tocsin__V1__SpeedsAnswer, in arena: MessageArena) {
    message.version = version
    message.matched_count = UInt32(clamping: matchedCount)
    message.unmatched_count = UInt32(clamping: unmatchedCount)
    let examples = unmatchedExamples.map { Refusal(id: "", error: $0) }
    (message.n_unmatched_examples, message.unmatched_examples) = arena.messages(examples)
  }
}

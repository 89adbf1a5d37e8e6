import RoadGraph

/// The ways of a source that are roads, in the order of their OSM ids, and the turn restrictions.
struct SourceRoads {
  var ways: [Way] = []
  /// Per way: the directions that become arcs.
  var directions: [DriveDirections] = []
  /// The OSM nodes of way `i` are `nodes[firstNode[i]..<firstNode[i + 1]]`.
  var firstNode: [Int] = [0]
  var nodes: [Int64] = []
  var restrictions: [SourceRestriction] = []
  /// What roads are at times, in the order of their OSM ids; of one road, in the order of its tags.
  var conditions: [SourceWayCondition] = []
  /// What several ways share.
  var attributes: [RoadAttributes] = []
  var texts = TextPoolBuilder()
  /// What ways are called as well.
  var wayNames: [WayName] = []
  /// Names in other languages.
  var otherNames: Set<OtherName> = []

  /// The conditions as rules of the map.
  var conditionalRules: [ConditionalRule] {
    conditions.map { condition in
      ConditionalRule(
        osmID: ways[condition.way.position].osmID, condition: condition.text,
        effect: .attributes(condition.way, condition.attributes))
    }
  }

  func nodes(ofWay way: Int) -> ArraySlice<Int64> { nodes[firstNode[way]..<firstNode[way + 1]] }

  /// The position of an OSM way; `nil` if it is no road. O(log ways).
  func position(ofWay osmID: Int64) -> UInt32? {
    ways.index(of: osmID, sortedBy: \.osmID).map { UInt32($0) }
  }
}

/// What an OSM way is while a condition holds.
struct SourceWayCondition {
  var way: WayID
  var text: TextID
  var attributes: AttributesID
}

/// What an import reads: roads, and the OSM nodes that they run over.
struct SourceMap {
  let name: String
  let roads: SourceRoads
  let nodes: SourceNodes
}

/// Collects ``SourceRoads`` while ways and relations stream by.
final class RoadCollector {
  private var roads = SourceRoads()
  private var attributesIDs: [RoadAttributes: AttributesID] = [:]
  private let roadTags: RoadTags
  private let restrictionTags: RestrictionTags
  private let log: DropLog
  private(set) var waysRead = 0
  private(set) var relationsRead = 0

  init(log: DropLog, conditions: ConditionTags) {
    self.log = log
    roadTags = RoadTags(log: log, conditions: conditions)
    restrictionTags = RestrictionTags(log: log, conditions: conditions)
  }

  func add(_ batch: OSMBatch) {
    waysRead = batch.waysRead
    relationsRead = batch.relationsRead
    batch.forEachWay { way in
      if let road = roadTags.road(way) { add(way, road) }
    }
    batch.forEachRelation { relation in
      if let restriction = restrictionTags.restriction(relation) { roads.restrictions.append(restriction) }
    }
  }

  private func add(_ way: OSMWay, _ road: RoadDescription) {
    roads.ways.append(
      Way(
        osmID: way.id, name: way.tags["name"].map { roads.texts.id(of: $0) } ?? .empty,
        ref: way.tags["ref"].map { roads.texts.id(of: $0) } ?? .empty, attributes: attributesID(road.attributes),
        nodeCount: UInt32(way.nodes.count)))
    for condition in road.conditions {
      roads.conditions.append(
        SourceWayCondition(
          way: WayID(roads.ways.count - 1), text: roads.texts.id(of: condition.text),
          attributes: attributesID(condition.attributes)))
    }
    addNames(of: way)
    roads.directions.append(road.directions)
    roads.nodes.append(contentsOf: way.nodes)
    roads.firstNode.append(roads.nodes.count)
  }

  /// The names of the last way beside its own.
  private func addNames(of way: OSMWay) {
    let id = WayID(roads.ways.count - 1)
    for (kind, text) in NameTags.names(way.tags) {
      roads.wayNames.append(WayName(id, kind, roads.texts.id(of: text)))
    }
    guard let name = way.tags["name"] else { return }
    for other in NameTags.otherNames(way.tags, of: name) {
      roads.otherNames.insert(OtherName(roads.texts.id(of: name), roads.texts.id(of: other)))
    }
  }

  private func attributesID(_ attributes: RoadAttributes) -> AttributesID {
    if let known = attributesIDs[attributes] { return known }
    let id = AttributesID(roads.attributes.count)
    roads.attributes.append(attributes)
    attributesIDs[attributes] = id
    return id
  }

  /// What was collected, sorted by OSM id. O(n) if the source is sorted already, as PBF extracts are.
  func finish() -> SourceRoads {
    roads.restrictions.sort { $0.osmID < $1.osmID }
    let ids = roads.ways.map(\.osmID)
    if zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) { return roads }
    return sorted()
  }

  private func sorted() -> SourceRoads {
    var sorted = roads
    (sorted.ways, sorted.directions, sorted.firstNode, sorted.nodes, sorted.conditions) = ([], [], [0], [], [])
    sorted.wayNames = []
    let conditions = Dictionary(grouping: roads.conditions, by: \.way.position)
    let names = Dictionary(grouping: roads.wayNames, by: \.way.position)
    for way in roads.ways.indices.sorted(by: { (roads.ways[$0].osmID, $0) < (roads.ways[$1].osmID, $1) }) {
      if sorted.ways.last?.osmID == roads.ways[way].osmID {
        log.drop(.wayTwice, osmID: roads.ways[way].osmID)
        continue
      }
      sorted.ways.append(roads.ways[way])
      sorted.directions.append(roads.directions[way])
      sorted.nodes.append(contentsOf: roads.nodes(ofWay: way))
      sorted.firstNode.append(sorted.nodes.count)
      sorted.conditions += (conditions[way] ?? []).map { condition in
        SourceWayCondition(
          way: WayID(sorted.ways.count - 1), text: condition.text, attributes: condition.attributes)
      }
      sorted.wayNames += (names[way] ?? []).map { WayName(WayID(sorted.ways.count - 1), $0.kind, $0.text) }
    }
    return sorted
  }
}

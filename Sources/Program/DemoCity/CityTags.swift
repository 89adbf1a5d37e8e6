/// The tags of the city's OSM objects, sorted by key.
struct CityTags: Sendable {
  let streets: StreetBook

  /// Of several uses the first one here counts.
  private static let useTags: [(use: OSMNodeUse, tags: [(String, String)])] = [
    (.signals, [("highway", "traffic_signals")]),
    (.turningCircle, [("highway", "turning_circle")]),
    (.motorwayJunction, [("highway", "motorway_junction")]),
    (.gate, [("barrier", "gate")]),
    (.liftGate, [("barrier", "lift_gate")]),
    (.lockedGate, [("barrier", "gate"), ("locked", "yes")]),
    (.bollard, [("barrier", "bollard")]),
    (.removableBollard, [("barrier", "bollard"), ("bollard", "removable")]),
  ]
  private static let accessTags: [RoadTraits.Access: [(String, String)]] = [
    .privateRoad: [("access", "private")],
    .emergencyService: [("access", "no"), ("emergency", "yes")],
    .emergencyAccess: [("access", "emergency")],
  ]
  private static let structureTags: [RoadTraits.Structure: [(String, String)]] = [
    .bridge: [("bridge", "yes"), ("layer", "1")],
    .tunnel: [("layer", "-1"), ("maxheight", "4.0"), ("tunnel", "yes")],
  ]
  private static let flowTags: [RoadTraits.Flow: [(String, String)]] = [
    .oneWay: [("oneway", "yes")],
    .oneWayExceptEmergency: [("oneway", "yes"), ("oneway:emergency", "no")],
    .roundabout: [("junction", "roundabout")],
    .divided: [("lanes", "2"), ("oneway", "yes")],
  ]

  func tags(_ use: OSMNodeUse) -> [(String, String)] { Self.useTags.first { use.contains($0.use) }?.tags ?? [] }

  func tags(_ traits: RoadTraits, _ name: OSMWayName) -> [(String, String)] {
    if name == .river { return [("name", text(of: name)), ("waterway", "river")] }
    var tags = [("highway", highway(traits.roadClass)), ("name", text(of: name))]
    tags += [("maxspeed", traits.speed.rawValue), ("service", service(traits))]
    tags += Self.accessTags[traits.access] ?? []
    tags += Self.structureTags[traits.structure] ?? []
    tags += Self.flowTags[traits.flow] ?? []
    return tags.filter { !$0.1.isEmpty }.sorted { $0.0 < $1.0 }
  }

  /// Empty without a name.
  private func text(of name: OSMWayName) -> String {
    switch name {
    case .none: ""
    case .street(let street): streets.names[Int(street)].text
    case .bridge(let number): BridgeName.name(number)
    case .motorway(let number): number == 0 ? "Ring Motorway" : "Outer Ring Motorway"
    case .river: "Han River"
    }
  }

  private func highway(_ roadClass: StreetClass) -> String {
    switch roadClass {
    case .motorway: "motorway"
    case .motorwayLink: "motorway_link"
    case .primary: "primary"
    case .secondary: "secondary"
    case .tertiary: "tertiary"
    case .residential, .none: "residential"
    case .livingStreet: "living_street"
    case .service: "service"
    }
  }

  private func service(_ traits: RoadTraits) -> String {
    if traits.access == .emergencyService { return "emergency_access" }
    return traits.roadClass == .service && !traits.isCutThrough ? traits.use.rawValue : ""
  }
}

/// The tags of the city's OSM objects, sorted by key.
struct CityTags: Sendable {
  let streets: StreetBook

  func tags(_ use: OSMNodeUse) -> [(String, String)] {
    if use.contains(.signals) { return [("highway", "traffic_signals")] }
    if use.contains(.turningCircle) { return [("highway", "turning_circle")] }
    if use.contains(.motorwayJunction) { return [("highway", "motorway_junction")] }
    if use.contains(.gate) { return [("barrier", "gate")] }
    if use.contains(.liftGate) { return [("barrier", "lift_gate")] }
    if use.contains(.lockedGate) { return [("barrier", "gate"), ("locked", "yes")] }
    if use.contains(.bollard) { return [("barrier", "bollard")] }
    if use.contains(.removableBollard) { return [("barrier", "bollard"), ("bollard", "removable")] }
    return []
  }

  func tags(_ traits: RoadTraits, _ name: OSMWayName) -> [(String, String)] {
    if name == .river { return [("name", text(of: name)), ("waterway", "river")] }
    var tags = [("highway", highway(traits.roadClass))]
    tags += accessTags(traits)
    tags.append(("name", text(of: name)))
    tags += structureTags(traits)
    tags += flowTags(traits)
    tags += [("maxspeed", traits.speed.rawValue), ("service", service(traits))]
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

  private func accessTags(_ traits: RoadTraits) -> [(String, String)] {
    switch traits.access {
    case .everybody: []
    case .privateRoad: [("access", "private")]
    case .emergencyService: [("access", "no"), ("emergency", "yes")]
    case .emergencyAccess: [("access", "emergency")]
    }
  }

  private func structureTags(_ traits: RoadTraits) -> [(String, String)] {
    switch traits.structure {
    case .ground: []
    case .bridge: [("bridge", "yes"), ("layer", "1")]
    case .tunnel: [("layer", "-1"), ("maxheight", "4.0"), ("tunnel", "yes")]
    }
  }

  private func flowTags(_ traits: RoadTraits) -> [(String, String)] {
    switch traits.flow {
    case .both: []
    case .oneWay: [("oneway", "yes")]
    case .oneWayExceptEmergency: [("oneway", "yes"), ("oneway:emergency", "no")]
    case .roundabout: [("junction", "roundabout")]
    case .divided: [("lanes", "2"), ("oneway", "yes")]
    }
  }

  private func service(_ traits: RoadTraits) -> String {
    if traits.access == .emergencyService { return "emergency_access" }
    return traits.roadClass == .service && !traits.isCutThrough ? traits.use.rawValue : ""
  }
}

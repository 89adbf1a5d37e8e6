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
    if name == .river { return [("name", "Han River"), ("waterway", "river")] }
    var tags = [("highway", highway(traits.roadClass))]
    tags += accessTags(traits)
    if let text = text(of: name) { tags.append(("name", text)) }
    tags += structureTags(traits)
    tags += flowTags(traits)
    if let speed = maxspeed(traits.speed) { tags.append(("maxspeed", speed)) }
    if let service = service(traits) { tags.append(("service", service)) }
    return tags.sorted { $0.0 < $1.0 }
  }

  private func text(of name: OSMWayName) -> String? {
    switch name {
    case .none: nil
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

  private func maxspeed(_ speed: RoadTraits.Speed) -> String? {
    switch speed {
    case .untagged: nil
    case .walk: "walk"
    case .kmh20: "20"
    case .kmh30: "30"
    case .kmh50: "50"
    case .kmh60: "60"
    case .kmh80: "80"
    case .kmh100: "100"
    case .mph30: "30 mph"
    }
  }

  private func service(_ traits: RoadTraits) -> String? {
    if traits.access == .emergencyService { return "emergency_access" }
    guard traits.roadClass == .service, !traits.isCutThrough else { return nil }
    switch traits.use {
    case .plain: return nil
    case .alley: return "alley"
    case .driveway: return "driveway"
    case .parkingAisle: return "parking_aisle"
    }
  }
}

import Geometry

/// A response unit of the demo city.
public struct RosterUnit: Sendable, Equatable {
  /// Such as "A-01" (ambulance), "E-03" (fire engine), "P-07" (police).
  public var id: String
  /// The agency that runs the unit: "EMS", "Fire" or "Police".
  public var agency: String
  /// The station's name.
  public var station: String
  /// What the unit can do, such as "als", or "pump" and "ladder".
  public var capabilities: [String]
  /// The profile it drives by: "ambulance", "fire_engine" or "police".
  public var profile: String
  /// "available", "on_scene" or "out_of_service".
  public var status: String
  public var coordinate: Coordinate
  /// From the alarm to turning wheels.
  public var turnoutSeconds: Int

  /// The first line of a file of units, without a newline.
  public static let csvHeader = "id,agency,station,capabilities,profile,status,lat,lon,turnout_seconds"

  /// The unit's line of a file of units, without a newline; capabilities are joined by `;`. No field of the demo
  /// city's units holds a comma.
  public var csvLine: String {
    [
      id, agency, station, capabilities.joined(separator: ";"), profile, status, "\(coordinate.latitude)",
      "\(coordinate.longitude)", "\(turnoutSeconds)",
    ].joined(separator: ",")
  }
}

/// One service of the roster.
private struct Service {
  var letter: String
  var agency: String
  var profile: String
  var kinds: [CityStation.Kind]
  var capabilities: [[String]]
  var turnoutSeconds: ClosedRange<Int>
  /// How often an available unit is on the road instead of at its station.
  var roamingChance: Double

  static let ambulance = Service(
    letter: "A", agency: "EMS", profile: "ambulance", kinds: [.hospital, .fire],
    capabilities: [["bls"], ["als"], ["als", "neonatal"], ["bls"]], turnoutSeconds: 60...80, roamingChance: 0.2)
  static let fireEngine = Service(
    letter: "E", agency: "Fire", profile: "fire_engine", kinds: [.fire],
    capabilities: [["pump"], ["pump", "ladder"], ["pump"], ["pump", "rescue"], ["ladder"], ["pump", "hazmat"]],
    turnoutSeconds: 60...80, roamingChance: 0.05)
  static let police = Service(
    letter: "P", agency: "Police", profile: "police", kinds: [.police],
    capabilities: [["patrol"], ["patrol"], ["patrol", "k9"], ["patrol", "traffic"]], turnoutSeconds: 10...30,
    roamingChance: 0.7)

  /// Of ten units, four are ambulances, three fire engines and three police cars.
  static let rota = [
    ambulance, fireEngine, police, ambulance, police, fireEngine, ambulance, police, ambulance, fireEngine,
  ]
}

extension CityPlan {
  /// Deterministic response units: the same city and count give the same units, and a larger count keeps the
  /// smaller one's ids. O(count).
  public func unitRoster(count: Int) -> [RosterUnit] {
    var random = CityRandom(seed: seed, stream: Stream.roster)
    var counts: [String: Int] = [:]
    return (0..<max(0, count)).map { index in
      let service = Service.rota[index % Service.rota.count]
      let number = counts[service.letter, default: 0]
      counts[service.letter] = number + 1
      return unit(service, number: number, &random)
    }
  }

  private func unit(_ service: Service, number: Int, _ random: inout CityRandom) -> RosterUnit {
    let homes = allStations.filter { service.kinds.contains($0.kind) }
    let home = homes[number % homes.count]
    let draw = random.fraction()
    let status = draw < 0.84 ? "available" : draw < 0.95 ? "on_scene" : "out_of_service"
    let isRoaming = random.chance(service.roamingChance)
    let place = random.next()
    let isAtHome = status == "out_of_service" || (status == "available" && !isRoaming)
    let road = roadNode(numbered: place)
    let digits = "\(number + 1)"
    return RosterUnit(
      id: "\(service.letter)-\(digits.utf8.count < 2 ? "0" : "")\(digits)", agency: service.agency,
      station: home.name, capabilities: service.capabilities[number % service.capabilities.count],
      profile: service.profile, status: status, coordinate: isAtHome ? home.coordinate : road,
      turnoutSeconds: service.turnoutSeconds.lowerBound
        + random.index(below: service.turnoutSeconds.upperBound - service.turnoutSeconds.lowerBound + 1))
  }
}

import Geometry
import InputFiles

/// Made-up response units for a real map, as a CSV file of units.
enum UnitRosterText {
  private struct Service {
    var letter: String
    var agency: String
    var profile: String
    var capabilities: [String]
    var turnoutSeconds: Int
  }

  private static let ambulance = Service(
    letter: "A", agency: "EMS", profile: "ambulance", capabilities: ["bls", "als", "als;neonatal"], turnoutSeconds: 60)
  private static let fireEngine = Service(
    letter: "E", agency: "Fire", profile: "fire_engine", capabilities: ["pump", "pump;ladder", "pump;rescue"],
    turnoutSeconds: 75)
  private static let police = Service(
    letter: "P", agency: "Police", profile: "police", capabilities: ["patrol"], turnoutSeconds: 20)

  /// Of ten units, four are ambulances, three fire engines and three police cars.
  private static let rota = [
    ambulance, fireEngine, police, ambulance, police, fireEngine, ambulance, police, ambulance, fireEngine,
  ]
  private static let busyOneIn = 6

  /// One unit per place.
  static func csv(places: [Coordinate], random: inout SplitMix64) -> String {
    var counts: [String: Int] = [:]
    var text = csvLine(UnitFile.Column.usual.map(\.rawValue))
    for (index, place) in places.enumerated() {
      let service = rota[index % rota.count]
      let number = counts[service.letter, default: 0] + 1
      counts[service.letter] = number
      let isBusy = Int.random(in: 0..<busyOneIn, using: &random) == 0
      text += csvLine([
        "\(service.letter)-\(number < 10 ? "0" : "")\(number)", service.agency, "\(service.agency) post \(number)",
        service.capabilities[number % service.capabilities.count], service.profile,
        isBusy ? "on_scene" : "available", "\(place.latitude)", "\(place.longitude)", "\(service.turnoutSeconds)",
      ])
    }
    return text
  }
}

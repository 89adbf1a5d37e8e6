import InputFiles
import MapFile
import Messages
import Profiles
import Settings

/// Opens whatever a configuration names, as `tocsin serve` would, without serving.
struct ConfigurationCheck {
  /// What a server would refuse, each with its stable code; none if it would start.
  private(set) var faults: [CommandFailure] = []

  init(_ configuration: ServerConfiguration) throws {
    try look { try configuration.map.map { _ = try MappedMapFile(path: $0) } }
    var security: ServerSecurity?
    try look { security = try ServerSecurity(configuration) }
    try look { try security?.check(Transports.addresses(configuration.listen)) }
    try look { try configuration.listen.metrics.map { try security?.checkMetrics(ServerAddress.parse("tcp:" + $0)) } }
    try look(configuration.traffic)
  }

  private mutating func look(_ traffic: ServerConfiguration.TrafficSettings) throws {
    try look { _ = try ProfilesOption.set(folder: traffic.profiles, only: traffic.profileNames) }
    try look { try traffic.overrides.map { _ = try RoadOverrides.load($0) } }
    try look { try traffic.links.map { _ = try LinkTableFile.stretches(path: $0) } }
    try look { try traffic.typicalSpeeds.map { _ = try TypicalSpeedFile.roads(path: $0) } }
  }

  /// Notes a fault and goes on: an operator mends all of them at once.
  private mutating func look(_ open: () throws -> Void) throws {
    do {
      try open()
    } catch {
      guard let fault = CommandFailure(error) else { throw error }
      faults.append(fault)
    }
  }
}

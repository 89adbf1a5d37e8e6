import ArgumentParser
import Engine
import Geometry
import Load
import Messages

/// `tocsin load`.
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Send a server queries, reports and closures at given rates, and measure its answers.",
    discussion: """
      Requests follow a schedule of random arrivals (Poisson), whatever the server does. Times count from the moment \
      when a request was due, so a server that stalls doesn't hide the queries that came meanwhile. Units are put on the \
      roads first and removed at the end. Don't use it on a server in service.
      """)

  @OptionGroup var server: ServerOption
  @OptionGroup(title: "What is sent") var mix: LoadMixOptions
  @OptionGroup(title: "Where") var places: LoadPlaceOptions
  @OptionGroup var output: OutputOption

  @Option(
    help: ArgumentHelp("Send over gRPC to this host and port instead, e.g. localhost:4651.", valueName: "host:port"),
    transform: Parse.address)
  var grpc: ServerAddress?

  @Option(help: "Token to send with each call.")
  var token = ""

  @Option(help: "Number of connections that carry the load.")
  var connections = 4

  @Option(duration: "How long to measure, e.g. 30s.")
  var duration = 30.0

  @Option(duration: "How long the load runs before it is measured, e.g. 2s.")
  var warmUp = 2.0

  @Option(duration: "Count a request as failed if it has no answer after this time, e.g. 10s.")
  var timeout = 10.0

  @Option(help: "Number of further connections that stay idle.")
  var idleConnections = 0

  @Option(
    help: ArgumentHelp(
      "The server's process id on this machine: shows its memory, descriptors and CPU time.", valueName: "pid")
  )
  var serverPid: Int32?

  func validate() throws {
    if grpc != nil, server.server != nil { throw ValidationError("--server and --grpc exclude each other.") }
    if case .unix = grpc { throw ValidationError("--grpc takes HOST:PORT.") }
    do {
      try plan(target: .socket(.unix(path: DefaultSocket.path)), places: places.checked()).check()
    } catch {
      throw ValidationError("\(error.message), not \(error.value).")
    }
  }

  func run() async throws {
    ProcessResources.raiseDescriptorLimit()
    let report = try await LoadGenerator.run(plan(target: target(), places: places.places(seed: mix.seed)))
    try output.show(report, text: LoadText.text(report))
  }

  private func target() throws -> LoadTarget {
    if case .tcp(let host, let port) = grpc { return .grpc(host: host, port: port) }
    return .socket(try server.address())
  }

  private func plan(target: LoadTarget, places: LoadPlaces) -> LoadPlan {
    var plan = LoadPlan(target: target, places: places)
    mix.fill(&plan)
    (plan.token, plan.connections, plan.idleConnections) = (token, connections, idleConnections)
    (plan.durationSeconds, plan.warmUpSeconds, plan.timeoutSeconds) = (duration, warmUp, timeout)
    plan.serverPID = serverPid
    return plan
  }
}

/// Rates and units of a load.
struct LoadMixOptions: ParsableArguments {
  @Option(help: "Queries for the fastest units per second.")
  var rate = 0.0

  @Option(
    help: ArgumentHelp("Keep this many queries in flight instead: finds the highest rate.", valueName: "in-flight"))
  var max: Int?

  @Option(help: "Position reports per second.")
  var positionRate = 0.0

  @Option(help: "Position reports per call.")
  var positionBatch = 100

  @Option(help: "Closures put or lifted per second.")
  var closureRate = 0.0

  @Option(help: "Number of units to put first; 0 uses those that the server has.")
  var units = 1_000

  @Option(name: .customShort("k"), help: ArgumentHelp("Number of units to ask for in a query.", valueName: "count"))
  var wanted = 5

  @Option(help: "Vehicle profile of the units.")
  var profile = "ambulance"

  @Option(help: "Random seed of places and times.")
  var seed: UInt64 = 1

  func validate() throws { if rate > 0, max != nil { throw ValidationError("--rate and --max exclude each other.") } }

  func fill(_ plan: inout LoadPlan) {
    plan.mix.asksPerSecond = rate
    (plan.mix.positionsPerSecond, plan.mix.positionsPerCall) = (positionRate, positionBatch)
    (plan.mix.closureChangesPerSecond, plan.mix.wantedUnits) = (closureRate, wanted)
    plan.pace = max.map { .closed(inFlight: $0) } ?? .open
    (plan.unitCount, plan.profile, plan.seed) = (units, profile, seed)
  }
}

/// Where units and incidents are.
struct LoadPlaceOptions: ParsableArguments {
  @Option(file: "Use places on the roads of this map file, which must be the server's.")
  var map: String?

  @Option(place: "Use places on the server's roads around this one, e.g. 37.5665,126.9780.")
  var around: Coordinate?

  @Option(help: ArgumentHelp("With --around: how far around.", valueName: "meters"))
  var radius = 5_000.0

  private static let placeCount = 65_536

  func validate() throws {
    guard (map == nil) != (around == nil) else { throw ValidationError("Give either --map or --around.") }
  }

  /// Stands for the places before the map is read.
  func checked() -> LoadPlaces {
    let place = Coordinate(latitudeE7: 0, longitudeE7: 0)
    return map == nil ? .around(place, radiusMeters: radius) : .given([place, place])
  }

  /// Reads the map if there is one.
  func places(seed: UInt64) throws -> LoadPlaces {
    if let around { return .around(around, radiusMeters: radius) }
    var random = SplitMix64(seed: seed)
    let sampler = try PlaceSampler(CityMap(path: map ?? "").network)
    return .given(sampler.placesAlongCurve(count: Self.placeCount, &random))
  }
}

#if Web
import API
import Access
import Calls
import Engine
import Foundation
import Logging
import MapPages
import Messages
import OSRMPages
import OpenAPIPages
import Server
import TestSupport
import Testing
import WebServer

/// A web server for a made-up town, with units on its roads.
final class WebTown: Sendable {
  static let seed: UInt64 = 18
  static let profile = TestProfiles.plain.name
  private static let unitCount = 12

  let engine: TocsinEngine
  let dispatcher: MessageDispatcher
  /// A place on a road, and the OSM way of the road.
  let place: Place
  let way: Int64
  /// Other places.
  let places: [Place]

  init() throws {
    let town = RandomTown(seed: Self.seed, junctionCount: 60)
    engine = try TestEngine(.text(opl: town.text.opl)).engine
    dispatcher = MessageDispatcher(engine: engine)
    let engine = engine
    places = town.junctions.map { Place($0) }
    let found = places.lazy.compactMap { place in
      (try? engine.snap(SnapRequest(place: place, profile: Self.profile)))?.places.first.map { (place, $0.wayOSMID) }
    }
    (place, way) = try #require(found.first)
    let units = places.prefix(Self.unitCount).enumerated().map { number, place in
      ResponseUnit(
        id: "E-\(number)", profile: Self.profile, coordinate: place.coordinate, reportedAt: TestClock().now)
    }
    _ = try engine.putUnits(units, by: .local, within: .none)
  }

  /// Runs `body` with the server's address, then stops it.
  func serve(access: AccessControl = AccessControl(), _ body: (_ base: String) async throws -> Void) async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    var limits = CallLimits()
    // On a machine under load a test's next step may come late.
    (limits.frameSecondsMax, limits.questionSecondsWaitingMax, limits.slowReaderSecondsMax) = (300, 300, 300)
    let service = CallService(
      dispatcher: dispatcher, limits: limits, access: access, threads: .init(questions: 2), logger: logger)
    var settings = WebSettings()
    settings.folders = OSRMPages(profiles: ["driving": Self.profile, "car": Self.profile]).folders + MapFolders.all
    settings.folders.append(OpenAPIFolder(version: "test", folders: settings.folders))
    let server = try TransportServer.web(
      configuration: .init(addresses: [.tcp(host: "127.0.0.1", port: 0)]), settings: settings, service: service,
      logger: logger)
    guard case .tcp(_, let port) = try #require(try await server.bind().first) else { return }
    let running = Task { try await server.run() }
    do { try await body("http://127.0.0.1:\(port)") } catch { Issue.record(error) }
    running.cancel()
    try await running.value
  }

  /// Some places with ways between all of them.
  func joinedPlaces(_ count: Int) throws -> [Place] {
    let answer = try engine.matrix(
      MatrixRequest(origins: places, destinations: places, profile: Self.profile), within: .none)
    var joined: [Int] = []
    for number in places.indices where joined.count < count {
      let isJoined = joined.allSatisfy { other in
        [(number, other), (other, number)].allSatisfy {
          answer.travelSeconds[$0 * places.count + $1] != MatrixAnswer.noWay
        }
      }
      if isJoined, answer.origins[number] != nil { joined.append(number) }
    }
    return joined.map { places[$0] }
  }

  static func script(_ name: String) -> String {
    TestScript.package.appendingPathComponent("Tests/WebServerTests/\(name)").path
  }
}
#endif

import API
import WebPages

/// OSRM's HTTP requests, answered by Tocsin's methods: what asks OSRM for routes, tables and nearest roads asks here
/// without a change.
///
/// `GET /{service}/v1/{profile}/{coordinates}?option=value`, as OSRM's `docs/http.md` has it; where the document and
/// its clients differ, both work. Live closures hold in every answer.
public struct OSRMPages: Sendable {
  /// Tocsin's names for profiles of OSRM's clients, such as `["driving": "car"]`. Others go by their own.
  public var profiles: [String: String]
  /// Where one drives: what OSRM's clients show, and the side of the curb.
  public var drivingSide: StreetSide

  public init(profiles: [String: String], drivingSide: StreetSide = .right) {
    (self.profiles, self.drivingSide) = (profiles, drivingSide)
  }

  /// One for each service of OSRM's.
  public var folders: [any PageFolder] {
    [
      ServiceFolder(service: "route", pages: self, call: RouteService.call),
      ServiceFolder(service: "table", pages: self, call: TableService.call),
      ServiceFolder(service: "nearest", pages: self, call: NearestService.call),
      ServiceFolder(service: "match", pages: self, call: MatchService.call),
      UnservedFolder(service: "trip"),
    ]
  }
}

/// The pages of one service: `/route/v1/...`.
struct ServiceFolder: PageFolder {
  let service: String
  let pages: OSRMPages
  let call: @Sendable (OSRMRequest) throws(OSRMError) -> PageCall

  var path: [String] { [service] }
  var descriptions: [PageDescription] { [.service(service)] }

  private static let version = "v1"

  func reply(to request: PageRequest) -> PageReply {
    do throws(OSRMError) {
      guard request.path.count == 3 else {
        throw OSRMError(.invalidUrl, "URL string malformed: /\(service)/v1/{profile}/{coordinates} is expected")
      }
      guard request.path[0] == Self.version else { throw OSRMError(.invalidVersion, "Service \(service) not found!") }
      return .call(
        try call(
          OSRMRequest(
            profile: pages.profiles[request.path[1]] ?? request.path[1], coordinates: request.path[2],
            query: OSRMQuery(request.query), drivingSide: pages.drivingSide)))
    } catch {
      return .answer(error.page)
    }
  }
}

/// A service of OSRM's that Tocsin doesn't have.
struct UnservedFolder: PageFolder {
  let service: String

  var path: [String] { [service] }

  func reply(to request: PageRequest) -> PageReply {
    .answer(OSRMError(.invalidService, "Service \(service) not found!").page)
  }
}

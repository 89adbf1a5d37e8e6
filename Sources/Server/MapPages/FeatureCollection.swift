import API
import AnswerJSON
import Foundation
import Geometry
import Messages
import WebPages

/// A collection of features: what there always is, and the department's layers.
enum FeatureCollection: Hashable, Sendable {
  case closures
  case units
  case stations
  case hospitals
  case posts
  case layer(String)

  static let fixed: [FeatureCollection] = [.closures, .units, .stations, .hospitals, .posts]

  /// Before the name of a layer, so that none is taken for another collection.
  private static let layerPrefix = "layer:"

  /// - Throws: `UNKNOWN_PAGE`.
  init(id: String) throws(CallStatus) {
    if id.hasPrefix(Self.layerPrefix) {
      self = .layer(String(id.dropFirst(Self.layerPrefix.count)))
    } else if let known = Self.fixed.first(where: { $0.id == id }) {
      self = known
    } else {
      throw .notFound(id)
    }
  }

  var id: String {
    switch self {
    case .closures: "closures"
    case .units: "units"
    case .stations: "stations"
    case .hospitals: "hospitals"
    case .posts: "posts"
    case .layer(let name): Self.layerPrefix + name
    }
  }

  var title: String {
    switch self {
    case .closures: "Closures"
    case .units: "Units"
    case .stations: "Stations"
    case .hospitals: "Hospitals"
    case .posts: "Posts"
    case .layer(let name): name
    }
  }

  var about: String {
    switch self {
    case .closures: "Roads that are closed or slower: each closure with all its lines."
    case .units: "Where units were reported."
    case .stations: "Where units are at home."
    case .hospitals: "Hospitals at their ambulance entrance, with what they last said."
    case .posts: "Where units stand ready."
    case .layer: "A layer that the department keeps."
    }
  }

  /// The call that fetches all features, and the page that is made of them.
  func call(_ page: @escaping @Sendable ([MapFeature]) -> PageAnswer) -> PageCall {
    func made<Request, Answer>(
      _ method: ServiceMethod<Request, Answer>, _ request: Request,
      _ features: @escaping @Sendable (Answer) -> [MapFeature]
    ) -> PageCall {
      PageCall(method, request) { answer in
        switch answer {
        case .success(let answer): page(features(answer))
        case .failure(let refusal): .refusal(refusal)
        }
      }
    }
    switch self {
    case .closures:
      return made(ServiceMethods.listClosures, ListClosuresRequest(.shapes)) { $0.closures.map(MapFeature.init) }
    case .units: return made(ServiceMethods.listUnits, EmptyRequest()) { $0.units.map(MapFeature.init) }
    case .stations: return made(ServiceMethods.listUnits, EmptyRequest()) { MapFeature.stations(of: $0.units) }
    case .hospitals: return made(ServiceMethods.listHospitals, EmptyRequest()) { $0.hospitals.map(MapFeature.init) }
    case .posts: return made(ServiceMethods.listPosts, EmptyRequest()) { $0.posts.map(MapFeature.init) }
    case .layer(let name):
      return made(ServiceMethods.exportLayer, ExportLayerRequest(name)) { $0.layer.features.map(MapFeature.init) }
    }
  }
}

/// A feature before it is written: what queries ask for, and how it is written.
struct MapFeature: Sendable {
  let id: String
  /// All places of its geometry; none where it has none.
  let places: [Coordinate]
  /// When it holds; `nil` for what has no time.
  let times: (from: Date?, until: Date?)?
  /// As GeoJSON, with its id.
  let object: @Sendable () -> JSONObject

  init(
    id: String, places: [Coordinate], times: (from: Date?, until: Date?)? = nil,
    _ object: @escaping @Sendable () -> JSONObject
  ) {
    (self.id, self.places, self.times, self.object) = (id, places, times, object)
  }

  init(_ listed: ListedClosure) {
    let closure = listed.closure
    self.init(
      id: closure.id, places: Array(listed.ways.flatMap(\.shapes).joined()), times: (closure.from, closure.until)
    ) { ClosureGeoJSON.feature(listed) }
  }

  init(_ listed: ListedUnit) {
    self.init(id: listed.unit.id, places: [listed.unit.coordinate]) {
      UnitGeoJSON.feature(listed, id: listed.unit.id)
    }
  }

  init(_ listed: ListedHospital) {
    let hospital = listed.hospital
    self.init(id: hospital.id, places: [hospital.place.coordinate]) {
      GeoJSON.feature([hospital.place.coordinate], listed.json, id: hospital.id)
    }
  }

  init(_ listed: ListedPost) {
    self.init(id: listed.post.id, places: [listed.post.place.coordinate]) {
      GeoJSON.feature([listed.post.place.coordinate], listed.json, id: listed.post.id)
    }
  }

  // Plain values are taken out here: Swift 6.3.1 fails on optimised loops over features.
  @inline(never) init(_ feature: LayerFeature) {
    let corners = feature.areas.flatMap(\.corners)
    self.init(id: feature.id, places: feature.point.map { [$0] } ?? corners) { feature.geoJSON }
  }

  /// Where units are at home: those of one agency and station at one place are one feature.
  static func stations(of units: [ListedUnit]) -> [MapFeature] {
    struct Station: Hashable {
      var agency: String
      var name: String
      var place: Coordinate
    }
    let homes = units.compactMap { listed in
      listed.unit.home.map { home in
        (Station(agency: listed.unit.agency, name: listed.unit.station, place: home.coordinate), listed.unit.id)
      }
    }
    let stations = Dictionary(grouping: homes, by: \.0).map { ($0.key, $0.value.map(\.1).sorted()) }
    return stations.map { station, units in
      let id = [station.agency, station.name, "\(station.place)"].filter { !$0.isEmpty }.joined(separator: "/")
      return MapFeature(id: id, places: [station.place]) {
        GeoJSON.feature(
          [station.place], ["agency": station.agency, "station": station.name, "units": units], id: id)
      }
    }.sorted { $0.id < $1.id }
  }
}

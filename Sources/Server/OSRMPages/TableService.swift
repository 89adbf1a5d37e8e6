import API
import Geometry
import Messages
import WebPages

/// `/table/v1/...`: times and lengths between places, over `Routing/Matrix`.
enum TableService {
  static func call(_ request: OSRMRequest) throws(OSRMError) -> PageCall {
    var request = request
    try request.needsTwoCoordinates()
    let options = try TableOptions(&request)
    var asked = MatrixRequest(
      origins: options.sources.map { request.places[$0] },
      destinations: options.destinations.map { request.places[$0] },
      profile: request.profile)
    asked.wantsLengths = options.annotations.contains(.distance)
    let coordinates = request.coordinates
    let waypoints = request.writesWaypoints ? WaypointStyle(writesHints: request.writesHints) : nil
    return PageCall(ServiceMethods.matrix, asked) { answer in
      switch answer {
      case .success(let answer): TablePage(answer, options, coordinates, waypoints).page
      case .failure(let refusal): OSRMError(refusal, coordinates: coordinates).page
      }
    }
  }
}

/// What is asked for of a table.
struct TableOptions: Sendable {
  enum Annotation: String, CaseIterable, Sendable {
    case duration, distance
  }

  enum FallbackCoordinate: String, CaseIterable, Sendable {
    case input, snapped
  }

  /// Positions among the coordinates.
  let sources: [Int]
  let destinations: [Int]
  let annotations: Set<Annotation>
  /// Where no way leads, the way through the air is driven at this speed.
  let fallbackMetersPerSecond: Double?
  let fallbackCoordinate: FallbackCoordinate
  /// Durations are told this many times as long as they are.
  let scale: Double

  init(_ request: inout OSRMRequest) throws(OSRMError) {
    let all = Array(request.coordinates.indices)
    sources = try request.query.indices("sources", count: all.count) ?? all
    destinations = try request.query.indices("destinations", count: all.count) ?? all
    let text = request.query.text("annotations") ?? Annotation.duration.rawValue
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map { Annotation(rawValue: String($0)) }
    annotations = Set(words.compactMap(\.self))
    guard !words.contains(nil) else { throw OSRMQuery.malformed("annotations", text, "duration, distance") }
    fallbackMetersPerSecond = try request.query.positive("fallback_speed")
    fallbackCoordinate = try request.query.choice("fallback_coordinate", usually: .input)
    scale = try request.query.positive("scale_factor") ?? 1
    try request.query.refuseOthers()
  }
}

/// The answer to a question for a table.
struct TablePage {
  private let answer: MatrixAnswer
  private let options: TableOptions
  private let coordinates: [Coordinate]
  private let waypoints: WaypointStyle?

  init(
    _ answer: MatrixAnswer, _ options: TableOptions, _ coordinates: [Coordinate], _ waypoints: WaypointStyle?
  ) {
    (self.answer, self.options, self.coordinates, self.waypoints) = (answer, options, coordinates, waypoints)
  }

  /// About what a cell and a place take.
  private static let (bytesPerCell, bytesPerPlace) = (8, 120)

  var page: PageAnswer {
    if let lost = lostCoordinate { return OSRMError.noSegment(lost).page }
    let columns = answer.destinations.count
    let cells = answer.travelSeconds.count * options.annotations.count
    let places = answer.origins.count + columns
    return JSONPage.ok(reservingBytes: cells * Self.bytesPerCell + places * Self.bytesPerPlace) { json in
      if options.annotations.contains(.distance) {
        json.name("distances")
        write(answer.lengthMeters, scale: 1, to: &json) { $0 }
      }
      if options.annotations.contains(.duration) {
        json.name("durations")
        write(answer.travelSeconds, scale: options.scale, to: &json) { $0 / (options.fallbackMetersPerSecond ?? 1) }
      }
      if options.fallbackMetersPerSecond != nil {
        json.name("fallback_speed_cells")
        json.list(answer.travelSeconds.indices.filter { answer.travelSeconds[$0] == MatrixAnswer.noWay }) {
          json, cell in
          json.list([cell / columns, cell % columns]) { $0.integer($1) }
        }
      }
      guard let waypoints else { return }
      json.name("sources")
      json.list(answer.origins.compactMap(\.self)) { $0.waypoint($1, waypoints) }
      json.name("destinations")
      json.list(answer.destinations.compactMap(\.self)) { $0.waypoint($1, waypoints) }
    }
  }

  /// The first coordinate that no road is near.
  private var lostCoordinate: Int? {
    let lost = zip(options.sources + options.destinations, answer.origins + answer.destinations)
      .filter { $0.1 == nil }.map(\.0)
    return lost.min()
  }

  /// Row by row; `null` where there is no way, unless it is flown.
  private func write(
    _ cells: [Double], scale: Double, to json: inout JSONText, flown: (Double) -> Double
  ) {
    let columns = answer.destinations.count
    json.list(answer.origins.indices) { json, row in
      json.list(row * columns..<(row + 1) * columns) { json, cell in
        if cells[cell] != MatrixAnswer.noWay {
          json.number(cells[cell] * scale, digits: 1)
        } else if options.fallbackMetersPerSecond != nil {
          json.number(flown(metersThroughTheAir(row, cell % columns)) * scale, digits: 1)
        } else {
          json.null()
        }
      }
    }
  }

  private func metersThroughTheAir(_ row: Int, _ column: Int) -> Double {
    if options.fallbackCoordinate == .snapped, let from = answer.origins[row], let to = answer.destinations[column] {
      return from.coordinate.distanceMeters(to: to.coordinate)
    }
    return coordinates[options.sources[row]].distanceMeters(to: coordinates[options.destinations[column]])
  }
}

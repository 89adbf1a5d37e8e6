import API
import CMessages
import Geometry

extension StatusReport: WireValue {
  static let initialize = tocsin__v1__set_status_request__init
  static func read(_ message: Tocsin__V1__SetStatusRequest) throws(CallStatus) -> StatusReport {
    let id = try message.id.text("id")
    return StatusReport(
      id: id, status: try .read(message.status, ofUnit: id),
      statusAt: try given(message.has_status_at_unix_milliseconds, message.status_at_unix_milliseconds)?
        .moment("status_at_unix_milliseconds", .invalidUnit))
  }

  func write(to message: inout Tocsin__V1__SetStatusRequest, in arena: MessageArena) {
    message.id = arena.text(id)
    message.status = status.wire
    (message.has_status_at_unix_milliseconds, message.status_at_unix_milliseconds) = given(statusAt?.unixMilliseconds)
  }
}

extension StatusReportAnswer: WireValue {
  static let initialize = tocsin__v1__set_status_answer__init
  static func read(_ message: Tocsin__V1__SetStatusAnswer) throws(CallStatus) -> StatusReportAnswer {
    StatusReportAnswer(
      version: message.version, unit: try .required(message.unit, "unit"), isOlder: message.is_older != 0)
  }

  func write(to message: inout Tocsin__V1__SetStatusAnswer, in arena: MessageArena) {
    message.version = version
    message.unit = arena.message(unit)
    message.is_older = isOlder ? 1 : 0
  }
}

extension PositionReport: WireValue {
  static let initialize = tocsin__v1__position_report__init
  static func read(_ message: Tocsin__V1__PositionReport) throws(CallStatus) -> PositionReport {
    let id = try message.id.text("id")
    return PositionReport(
      id: id, coordinate: try Coordinate.read(message.coordinate, of: "unit \(id)"),
      headingDegrees: try given(message.has_heading_degrees, message.heading_degrees)?
        .finite("heading_degrees", .invalidHeading),
      speedKmh: try given(message.has_speed_kmh, message.speed_kmh)?.finite("speed_kmh", .invalidUnit),
      reportedAt: try given(message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds)?
        .moment("reported_at_unix_milliseconds", .invalidUnit))
  }

  func write(to message: inout Tocsin__V1__PositionReport, in arena: MessageArena) {
    message.id = arena.text(id)
    message.coordinate = arena.message(coordinate)
    (message.has_heading_degrees, message.heading_degrees) = given(headingDegrees)
    (message.has_speed_kmh, message.speed_kmh) = given(speedKmh)
    (message.has_reported_at_unix_milliseconds, message.reported_at_unix_milliseconds) = given(
      reportedAt?.unixMilliseconds)
  }
}

/// Positions of units.
public struct ReportPositionsRequest: WireValue, Sendable {
  public var positions: [PositionReport]
  /// Reports beside them that can't be read; the first ones are listed.
  public private(set) var unreadableCount = 0
  public private(set) var unreadable: [RefusedReport] = []

  public init(_ positions: [PositionReport]) { self.positions = positions }

  static let initialize = tocsin__v1__report_positions_request__init
  static func read(_ message: Tocsin__V1__ReportPositionsRequest) throws(CallStatus) -> ReportPositionsRequest {
    var request = ReportPositionsRequest([])
    let reports = UnsafeBufferPointer(start: message.positions, count: message.n_positions)
    for (number, report) in reports.enumerated() {
      do throws(CallStatus) {
        request.positions.append(try .required(report, "the report"))
      } catch {
        request.unreadableCount += 1
        guard request.unreadable.count < PositionsAnswer.refusedMax else { continue }
        request.unreadable.append(.unreadable(report, number + 1, error.shortened))
      }
    }
    return request
  }

  func write(to message: inout Tocsin__V1__ReportPositionsRequest, in arena: MessageArena) {
    (message.n_positions, message.positions) = arena.messages(positions)
  }
}

extension RefusedReport {
  /// A report that can't be read; an id that can't be is the value.
  fileprivate static func unreadable(
    _ report: UnsafeMutablePointer<Tocsin__V1__PositionReport>?, _ number: Int, _ status: CallStatus
  ) -> RefusedReport {
    let code = EngineError.Code(rawValue: status.code) ?? .invalidUnit
    return RefusedReport(
      id: (try? report?.pointee.id.text("id")) ?? "",
      error: EngineError(code, "report \(number): \(status.message)", value: status.value))
  }
}

extension PositionsAnswer {
  /// The answer to a request of which some reports could not be read.
  func listingUnreadable(of request: ReportPositionsRequest) -> PositionsAnswer {
    var answer = self
    answer.refusedCount += request.unreadableCount
    answer.refused = Array((request.unreadable + refused).prefix(Self.refusedMax))
    return answer
  }
}

extension PositionsAnswer: WireValue {
  static let initialize = tocsin__v1__positions_answer__init
  static func read(_ message: Tocsin__V1__PositionsAnswer) throws(CallStatus) -> PositionsAnswer {
    var answer = PositionsAnswer(version: message.version)
    (answer.count, answer.olderCount) = (Int(message.count), Int(message.older_count))
    answer.unknown = try .optional(message.unknown) ?? IDList()
    answer.refusedCount = Int(message.refused_count)
    answer.refused = try [Refusal].read(message.refused, message.n_refused)
      .map { RefusedReport(id: $0.id, error: $0.error) }
    return answer
  }

  func write(to message: inout Tocsin__V1__PositionsAnswer, in arena: MessageArena) {
    message.version = version
    message.count = UInt32(clamping: count)
    message.older_count = UInt32(clamping: olderCount)
    message.unknown = arena.message(unknown)
    message.refused_count = UInt32(clamping: refusedCount)
    (message.n_refused, message.refused) = arena.messages(refused.map { Refusal(id: $0.id, error: $0.error) })
  }
}

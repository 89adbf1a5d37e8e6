import API
import Engine
import Fleet
import Foundation
import Geometry
import Messages
import TestSupport
import Testing
import Traffic

/// Every message, written and read back.
@Suite struct RoundTripTests {
  private func request<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ value: Request) throws -> Request {
    try method.readRequest(method.writeRequest(value)).get()
  }

  private func answer<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ value: Answer) throws -> Answer {
    try method.readAnswer(method.writeAnswer(value)).get()
  }

  @Test func everyMethod() throws {
    let named = Set(MethodSample.all.map(\.method.name))
    #expect(named == Set(ServiceMethods.all.map(\.name)))
    for sample in MethodSample.all {
      let (written, read) = try sample.texts()
      #expect(written == read, "\(sample.method.name)")
    }
  }

  @Test func units() throws {
    let units = try request(ServiceMethods.putUnits, PutUnitsRequest([Samples.unit, Samples.plainUnit])).units
    #expect(units == [Samples.unit, Samples.plainUnit])
    #expect(try request(ServiceMethods.removeUnits, RemoveUnitsRequest(["a", "é", ""])).ids == ["a", "é", ""])
    let count = try answer(ServiceMethods.putUnits, UnitsAnswer(version: 3, count: 2))
    #expect(count.version == 3 && count.count == 2)
    let list = try answer(ServiceMethods.listUnits, ListUnitsAnswer(version: 9, units: Samples.listedUnits))
    #expect(list.version == 9)
    #expect(list.units.map(\.unit) == Samples.listedUnits.map(\.unit))
    #expect(list.units.map(\.snapped) == [Samples.snapped, nil])
  }

  @Test(arguments: UnitStatus.allCases) func everyStatus(_ status: UnitStatus) throws {
    var unit = Samples.plainUnit
    unit.status = status
    #expect(try request(ServiceMethods.putUnits, PutUnitsRequest([unit])).units == [unit])
    var search = FastestUnitsRequest(incident: Place(Samples.town), count: 1)
    search.statuses = [status, .onScene]
    #expect(try request(ServiceMethods.fastestUnits, search).statuses == [status, .onScene])
  }

  @Test func fastestUnits() throws {
    let sent = Samples.fastestUnitsRequest
    #expect("\(try request(ServiceMethods.fastestUnits, sent))" == "\(sent)")
    let plain = FastestUnitsRequest(incident: Place(Samples.south), count: 1)
    #expect("\(try request(ServiceMethods.fastestUnits, plain))" == "\(plain)")
    let found = try answer(ServiceMethods.fastestUnits, Samples.fastestUnitsAnswer)
    #expect(found.version == .max)
    #expect(found.incident == Samples.snapped)
    #expect(found.units == Samples.fastestUnitsAnswer.units)
    #expect(found.leftOut == Samples.fastestUnitsAnswer.leftOut)
  }

  @Test func reloads() throws {
    #expect(try request(ServiceMethods.reload, ReloadRequest([.overrides])) == ReloadRequest([.overrides]))
    #expect(try request(ServiceMethods.reload, ReloadRequest([])).parts == Set(ReloadPart.allCases))
    #expect(try answer(ServiceMethods.reload, Samples.reloadReport) == Samples.reloadReport)
  }

  @Test func routes() throws {
    #expect("\(try request(ServiceMethods.route, Samples.routeRequest))" == "\(Samples.routeRequest)")
    #expect("\(try request(ServiceMethods.snap, Samples.snapRequest))" == "\(Samples.snapRequest)")
    #expect("\(try answer(ServiceMethods.route, Samples.routeAnswer))" == "\(Samples.routeAnswer)")
    let snap = SnapAnswer(version: 1, places: [Samples.snapped])
    #expect("\(try answer(ServiceMethods.snap, snap))" == "\(snap)")
  }

  @Test func everyManeuver() throws {
    let modifiers: [Maneuver.Modifier?] = Maneuver.Modifier.allCases + [nil]
    let maneuvers = Maneuver.Kind.allCases.flatMap { kind in
      modifiers.map {
        Maneuver(kind, $0, angleDegrees: -180, bearingBefore: 359, bearingAfter: 179, coordinate: Samples.town)
      }
    }
    var sent = Samples.routeAnswer
    sent.route.steps = maneuvers.map {
      RouteStep(name: "", ref: "", wayOSMID: 1, maneuver: $0, lengthMeters: 0, travelSeconds: 0)
    }
    #expect(try answer(ServiceMethods.route, sent).route == sent.route)
  }

  @Test(arguments: StreetSide.allCases) func everySide(_ side: StreetSide) throws {
    var place = Samples.snapped
    place.side = side
    #expect(try answer(ServiceMethods.snap, SnapAnswer(version: 1, places: [place])).places == [place])
  }

  /// A line is sent to a millionth of a degree.
  @Test func linesAreRounded() throws {
    var sent = Samples.routeAnswer
    sent.route.shape = [Coordinate(latitudeE7: 521_234_567, longitudeE7: -45_678_906)]
    let shape = try answer(ServiceMethods.route, sent).route.shape
    #expect(shape == [Coordinate(latitudeE7: 521_234_570, longitudeE7: -45_678_910)])
  }

  @Test func speeds() throws {
    let request = PutSpeedsRequest(Samples.speedsRequest)
    #expect("\(try self.request(ServiceMethods.putSpeeds, request))" == "\(request)")
    #expect("\(try answer(ServiceMethods.putSpeeds, Samples.speedsAnswer))" == "\(Samples.speedsAnswer)")
  }

  @Test func closures() throws {
    let request = PutClosuresRequest(Samples.closuresRequest, isDryRun: true)
    #expect(try self.request(ServiceMethods.putClosures, request) == request)
    let plain = PutClosuresRequest(ClosuresRequest([Samples.wayClosure, Samples.pointClosure]))
    #expect(try self.request(ServiceMethods.putClosures, plain) == plain)
    #expect("\(try answer(ServiceMethods.listClosures, Samples.closuresAnswer))" == "\(Samples.closuresAnswer)")
  }

  @Test func status() throws {
    #expect("\(try answer(ServiceMethods.status, Samples.statusAnswer))" == "\(Samples.statusAnswer)")
    #expect(try answer(ServiceMethods.health, HealthAnswer(version: 5)).version == 5)
    _ = try request(ServiceMethods.status, EmptyRequest())
  }

  @Test func frames() throws {
    let request = FrameRequest(
      id: .max, method: "a/b", deadlineMilliseconds: 250, token: "secret", payload: [0, 1, 255])
    let refusal = CallStatus(grpcCode: 99, code: "NEW_CODE", message: "of a later server", value: "x")
    let frames: [Frame] = [
      .request(request), .response(FrameResponse(id: 1, payload: [9], more: true)),
      .response(FrameResponse(id: 2, refusal: refusal)), .response(FrameResponse(id: 3, payload: [])),
      .cancel(id: 77),
    ]
    for frame in frames {
      let bytes = try FrameCodec.encode(frame)
      let header = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      #expect(try FrameCodec.frameBytes(header: header) == bytes.count - 4)
      #expect(try bytes.dropFirst(4).withUnsafeBytes { try FrameCodec.decode($0) } == frame)
    }
  }

  @Test func timesOutsideTheYearsOfTheWireAreBroughtIn() throws {
    var unit = Samples.plainUnit
    unit.reportedAt = .distantPast
    #expect(
      try request(ServiceMethods.putUnits, PutUnitsRequest([unit])).units.first?.reportedAt
        == Date(timeIntervalSince1970: 0))
    unit.reportedAt = Date(timeIntervalSince1970: .infinity)
    #expect(throws: Never.self) { try request(ServiceMethods.putUnits, PutUnitsRequest([unit])) }
    unit.reportedAt = Date(timeIntervalSince1970: .nan)
    #expect(throws: Never.self) { try request(ServiceMethods.putUnits, PutUnitsRequest([unit])) }
  }

  @Test func longAnswersTravelInPieces() throws {
    let piece = FrameLimits.payloadPieceBytes
    let payload = [UInt8](repeating: 1, count: piece) + [UInt8](repeating: 2, count: piece) + [3, 4, 5]
    var rest = FrameCodec.encode(answer: .success(payload), id: 4)[...]
    var received: [UInt8] = []
    var marks: [Bool] = []
    while !rest.isEmpty {
      let count = try FrameCodec.frameBytes(header: rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
      let frame = try rest.dropFirst(4).prefix(count).withUnsafeBytes { try FrameCodec.decode($0) }
      guard case .response(let response) = frame else {
        Issue.record("not a response")
        return
      }
      received += response.payload
      marks.append(response.more)
      rest = rest.dropFirst(4 + count)
    }
    #expect(received == payload)
    #expect(marks == [true, true, false])
  }
}

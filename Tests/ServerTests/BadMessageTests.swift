import API
import Engine
import Geometry
import Messages
import TestSupport
import Testing

/// Payloads that are protobuf but wrong; written by hand, since the Swift values can't be wrong in these ways.
@Suite struct BadMessageTests {
  private func refusal<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ payload: [UInt8]
  ) -> CallStatus? {
    Self.refusal(FakeEngine(), method, payload)
  }

  /// The refusal of a request whose form is right: what it means is for the engine to check.
  private func refusalByEngine<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ payload: [UInt8]
  ) throws -> CallStatus? {
    #expect(throws: Never.self) { try method.readRequest(payload).get() }
    return Self.refusal(try Town("A---B").testEngine().engine, method, payload)
  }

  private static func refusal<Request, Answer>(
    _ engine: any EngineAPI, _ method: ServiceMethod<Request, Answer>, _ payload: [UInt8]
  ) -> CallStatus? {
    switch MessageDispatcher(engine: engine).dispatch(method: method.name, payload: payload, deadline: nil) {
    case .success: return nil
    case .failure(let status): return status
    }
  }

  /// One receiver without a fix doesn't stop the positions of a fleet.
  @Test func reportsThatCantBeReadAreListedWithTheirNumbers() throws {
    let here = Samples.town
    let reports = [
      PositionReport(id: "good", coordinate: here),
      PositionReport(id: "pole", coordinate: Coordinate(latitudeE7: 910_000_000, longitudeE7: 0)),
      PositionReport(id: "lost", coordinate: here, headingDegrees: .nan),
      PositionReport(id: "n\0l", coordinate: here), PositionReport(id: "fast", coordinate: here, speedKmh: .infinity),
    ]
    let payload = ServiceMethods.reportPositions.writeRequest(ReportPositionsRequest(reports))
    let request = try ServiceMethods.reportPositions.readRequest(payload).get()
    #expect(request.positions.map(\.id) == ["good"] && request.unreadableCount == 4)
    #expect(request.unreadable.map(\.id) == ["pole", "lost", "", "fast"])
    let codes: [EngineError.Code] = [.invalidCoordinate, .invalidHeading, .invalidArgument, .invalidUnit]
    #expect(request.unreadable.map(\.error.code) == codes)
    for (number, report) in request.unreadable.enumerated() {
      #expect(report.error.message.hasPrefix("report \(number + 2): "))
    }
    let engine = try Town("A---B").testEngine().engine
    let answer = try MessageDispatcher(engine: engine)
      .dispatch(method: ServiceMethods.reportPositions.name, payload: payload, deadline: nil).get()
    let read = try ServiceMethods.reportPositions.readAnswer(answer).get()
    #expect(read.unknown == IDList(["good"]) && read.refusedCount == 4 && read.refused.count == 4)
  }

  /// Neither the answer nor a log tells it.
  @Test func aTokenIsNeverTold() throws {
    let request = FrameRequest(id: 1, method: "m", token: "tocsin_secret\0", payload: [])
    let bytes = try FrameCodec.encode(.request(request)).dropFirst(FrameLimits.headerBytes)
    let error = #expect(throws: CallStatus.self) { try bytes.withUnsafeBytes { try FrameCodec.decode($0) } }
    #expect(error?.code == "MALFORMED_FRAME" && error.map { "\($0)".contains("secret") } == false)
  }

  @Test(arguments: [
    (Double.nan, 4.0), (4, .nan), (.infinity, 4), (4, -.infinity), (90.001, 4), (-91, 4), (4, 180.5), (4, -200),
  ])
  func badCoordinate(_ latitude: Double, _ longitude: Double) {
    let payload = Wire.field(1, Wire.place(latitude, longitude)) + Wire.field(2, varint: 1)
    let refusal = refusal(ServiceMethods.fastestUnits, payload)
    #expect(refusal?.code == "INVALID_COORDINATE")
    #expect(refusal?.grpcCode == 3)
    #expect(refusal?.value == "\(latitude),\(longitude)")
  }

  @Test(arguments: [Int64(0), -1, Int64(Int32.min)]) func badCount(_ count: Int64) throws {
    let payload =
      Wire.field(1, Wire.place(52, 4)) + Wire.field(2, varint: UInt64(bitPattern: count))
    let refusal = try refusalByEngine(ServiceMethods.fastestUnits, payload)
    #expect(refusal?.code == "INVALID_COUNT")
    #expect(refusal?.value == "\(count)")
  }

  @Test(arguments: [Double.nan, .infinity]) func headingThatIsNoNumber(_ degrees: Double) {
    #expect(refusal(ServiceMethods.snap, Self.snap(headingDegrees: degrees))?.code == "INVALID_HEADING")
  }

  @Test(arguments: [-0.5, 360.5]) func badHeading(_ degrees: Double) throws {
    let refusal = try refusalByEngine(ServiceMethods.snap, Self.snap(headingDegrees: degrees))
    #expect(refusal?.code == "INVALID_HEADING")
  }

  private static func snap(headingDegrees: Double) -> [UInt8] {
    Wire.field(1, Wire.place(52, 4) + Wire.field(2, double: headingDegrees))
  }

  @Test(arguments: [Double.nan, .infinity]) func radiusThatIsNoNumber(_ meters: Double) {
    let payload = Wire.field(1, Wire.place(52, 4)) + Wire.field(3, double: meters)
    #expect(refusal(ServiceMethods.snap, payload)?.code == "INVALID_RADIUS")
  }

  @Test(arguments: [Double(-1), 0]) func badRadius(_ meters: Double) throws {
    let payload = Wire.field(1, Wire.place(52, 4)) + Wire.field(3, double: meters)
    #expect(try refusalByEngine(ServiceMethods.snap, payload)?.code == "INVALID_RADIUS")
  }

  @Test(arguments: [6, 7]) func badSeconds(_ field: Int) throws {
    let valid = Wire.field(1, Wire.place(52, 4)) + Wire.field(2, varint: 1)
    #expect(refusal(ServiceMethods.fastestUnits, valid + Wire.field(field, double: 60)) == nil)
    for seconds in [Double.nan, .infinity] {
      let refusal = refusal(ServiceMethods.fastestUnits, valid + Wire.field(field, double: seconds))
      #expect(refusal?.code == "INVALID_ARGUMENT")
    }
    let refusal = try refusalByEngine(ServiceMethods.fastestUnits, valid + Wire.field(field, double: -1))
    #expect(refusal?.code == "INVALID_ARGUMENT")
  }

  @Test func badTexts() {
    let place = Wire.field(1, Wire.place(52, 4)) + Wire.field(1, Wire.place(53, 4))
    #expect(refusal(ServiceMethods.route, place + Wire.field(2, Array("car".utf8))) == nil)
    let notUTF8 = refusal(ServiceMethods.route, place + Wire.field(2, [0x63, 0xFF, 0x72]))
    #expect(notUTF8?.code == "MALFORMED_MESSAGE")
    let surrogate = refusal(ServiceMethods.route, place + Wire.field(2, [0xED, 0xA0, 0x80]))
    #expect(surrogate?.code == "MALFORMED_MESSAGE")
    let withNUL = refusal(ServiceMethods.route, place + Wire.field(2, Array("car\0go".utf8)))
    #expect(withNUL?.code == "INVALID_ARGUMENT")
    #expect(withNUL?.value == "car\\0go")
  }

  @Test(arguments: [UInt64(0), 8, 1 << 31, .max]) func unknownStatus(_ status: UInt64) {
    let search = Wire.field(1, Wire.place(52, 4)) + Wire.field(2, varint: 1) + Wire.field(3, varint: status)
    #expect(refusal(ServiceMethods.fastestUnits, search)?.code == "INVALID_ARGUMENT")
    let unit = Wire.unit + Wire.field(6, varint: status)
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, unit))?.code == "INVALID_UNIT")
  }

  @Test func incompleteUnits() throws {
    let complete = Wire.unit + Wire.field(6, varint: 1)
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, complete)) == nil)
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, Wire.unit))?.code == "INVALID_UNIT")
    // Of many units it says which one.
    let nameless = refusal(ServiceMethods.putUnits, Wire.field(1, complete) + Wire.field(1, Wire.unit))
    #expect(
      nameless?.message == "unit \(nameless?.value ?? ""): the status is missing" && nameless?.value.isEmpty == false)
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, []))?.code == "INVALID_UNIT")
    let early = complete + Wire.field(9, varint: UInt64(bitPattern: -1))
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, early))?.code == "INVALID_UNIT")
    let microseconds = complete + Wire.field(9, varint: 1_700_000_000_000_000)
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, microseconds))?.value == "1700000000000000")
    let noNumber = complete + Wire.field(10, double: .nan)
    #expect(refusal(ServiceMethods.putUnits, Wire.field(1, noNumber))?.code == "INVALID_UNIT")
    let turnout = complete + Wire.field(5, Array("plain".utf8)) + Wire.field(10, double: -5)
    let refusal = try refusalByEngine(ServiceMethods.putUnits, Wire.field(1, turnout))
    #expect(refusal?.code == "INVALID_UNIT" && refusal?.value == "-5.0")
  }

  @Test func incompleteClosures() {
    let id = Wire.field(1, Array("c".utf8))
    let way = id + Wire.field(3, Wire.field(1, varint: 5))
    #expect(refusal(ServiceMethods.putClosures, Wire.field(1, way)) == nil)
    let nothing = refusal(ServiceMethods.putClosures, Wire.field(1, id))
    #expect(nothing?.code == "INVALID_CLOSURE" && nothing?.value == "c")
    let direction = id + Wire.field(3, Wire.field(1, varint: 5) + Wire.field(2, varint: 3))
    #expect(refusal(ServiceMethods.putClosures, Wire.field(1, direction))?.code == "INVALID_CLOSURE")
    let point = id + Wire.field(4, Wire.field(2, double: 5))
    #expect(refusal(ServiceMethods.putClosures, Wire.field(1, point))?.code == "INVALID_COORDINATE")
    let radius = id + Wire.field(4, Wire.field(1, Wire.coordinate(1, 2)) + Wire.field(2, double: .nan))
    #expect(refusal(ServiceMethods.putClosures, Wire.field(1, radius))?.code == "INVALID_RADIUS")
  }

  @Test func largeVehiclesHaveASize() throws {
    let closure = Wire.field(1, Array("c".utf8)) + Wire.field(3, Wire.field(1, varint: 5))
    let noNumber = closure + Wire.field(19, Wire.field(1, double: .nan))
    #expect(refusal(ServiceMethods.putClosures, Wire.field(1, noNumber))?.code == "INVALID_CLOSURE")
    let negative = closure + Wire.field(19, Wire.field(4, double: -7.5))
    let refusal = try refusalByEngine(ServiceMethods.putClosures, Wire.field(1, negative))
    #expect(refusal?.code == "INVALID_CLOSURE" && refusal?.value == "-7.5")
  }

  @Test func noStatusAtAllIsRefused() {
    var request = FastestUnitsRequest(incident: Place(Samples.town), count: 1)
    request.statuses = []
    let refusal = refusal(ServiceMethods.fastestUnits, ServiceMethods.fastestUnits.writeRequest(request))
    #expect(refusal?.code == "INVALID_ARGUMENT")
  }

  @Test func smallMessagesThatWouldFillTheMemory() {
    var payload: [UInt8] = []
    for _ in 0..<(1 << 20) { payload += [0x0A, 0] }
    let refusal = refusal(ServiceMethods.putUnits, payload)
    #expect(refusal?.code == "MESSAGE_TOO_LARGE")
    #expect(refusal?.grpcCode == 8)
  }

  @Test func passedDeadlineIsNotStarted() {
    let engine = FakeEngine()
    let payload = ServiceMethods.snap.writeRequest(Samples.snapRequest)
    let dispatcher = MessageDispatcher(engine: engine)
    let late = dispatcher.dispatch(method: ServiceMethods.snap.name, payload: payload, deadline: .now)
    #expect(late == .failure(CallStatus(.deadlineExceeded, "the request's turn came after its deadline")))
    #expect(engine.calls.withLock { $0.snaps.isEmpty })
    let soon = ContinuousClock.now.advanced(by: .seconds(60))
    #expect(throws: Never.self) {
      try dispatcher.dispatch(method: ServiceMethods.snap.name, payload: payload, deadline: soon).get()
    }
  }
}

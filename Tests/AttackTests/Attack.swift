import API
import Foundation
import Geometry
import Messages
import TestSupport

/// What a caller may do to all others.
enum Attack: String, CaseIterable, Sendable {
  case whatIfAreas, whatIfLines, watches, dryRuns, halfFrames, halfFramesWithToken, reflection, healthWatches
  case unreadAnswers, silentConnections, oddMethods, floodOfOneToken, manyFeeds
  case comparedAreas, manyChoices, placeTexts
  case webHalfBodies, webDrippedHeads, webBombs, webUnreadAnswers, webStreams

  /// Attacks a server until the time is over.
  func run(on server: AttackedServer, until clock: AttackClock) async {
    let tools = AttackTools(server: server, clock: clock)
    switch self {
    case .whatIfAreas: await tools.ask(inFlight: 8) { tools.route(whatIf: [.polygon(tools.comb(2_500))]) }
    case .whatIfLines: await tools.ask(inFlight: 8) { tools.route(whatIf: [.polyline(tools.zigzag, direction: .both)]) }
    case .watches: await tools.watch(count: 100)
    case .dryRuns:
      let closure = RoadClosure(id: "x", selector: .polygon(tools.comb(2_500)))
      let payload = ServiceMethods.putClosures.writeRequest(
        PutClosuresRequest(ClosuresRequest([closure]), isDryRun: true))
      await tools.ask(inFlight: 40, role: "traffic") { (ServiceMethods.putClosures.name, payload) }
    case .halfFrames: await tools.sendHalfFrames(token: "")
    case .halfFramesWithToken: await tools.sendHalfFrames(token: server.token("traffic"))
    case .reflection:
      let question = ServiceMethods.reflection.writeRequest(ReflectionRequest(question: .fileName("tocsin.proto")))
      await tools.converse(ServiceMethods.reflection.name, streams: 1, messages: 100_000, question)
    case .healthWatches:
      await tools.converse(ServiceMethods.healthWatch.name, streams: 30_000, messages: 1, [])
    case .unreadAnswers: await tools.askWithoutReading()
    case .silentConnections: await tools.holdConnections()
    case .oddMethods: await tools.callOddMethods()
    case .floodOfOneToken:
      let payload = ServiceMethods.fastestUnits.writeRequest(tools.question)
      await tools.ask(inFlight: 1_200) { (ServiceMethods.fastestUnits.name, payload) }
    case .manyFeeds: await tools.reportFeeds()
    case .comparedAreas: await tools.compareAreas(["s", "t"], strips: 1_000)
    case .placeTexts:
      // Many streets begin so, and each pair of them may cross.
      let payload = ServiceMethods.locate.writeRequest(LocateRequest(text: "a x s"))
      await tools.ask(inFlight: 40) { (ServiceMethods.locate.name, payload) }
    case .webHalfBodies: await tools.sendHalfBodies()
    case .webDrippedHeads: await tools.dripHeads()
    case .webBombs: await tools.sendBombs()
    case .webUnreadAnswers: await tools.askWebWithoutReading()
    case .webStreams: await tools.openWebStreams()
    case .manyChoices: await tools.compareAreas((0..<10_000).map { "s/\($0)" }, strips: 10_000)
    }
  }
}

/// What attacks are made of.
struct AttackTools: Sendable {
  let server: AttackedServer
  let clock: AttackClock

  private var box: BoundingBox { BoundingBox(of: server.units.map(\.coordinate)) }

  var question: FastestUnitsRequest { FastestUnitsRequest(incident: Place(server.units[0].coordinate), count: 5) }

  /// A comb over the whole town.
  func comb(_ teeth: Int) -> [Coordinate] {
    let width = Int64(box.maxLongitudeE7) - Int64(box.minLongitudeE7)
    return (0..<teeth).flatMap { tooth in
      let longitude = Int32(Int64(box.minLongitudeE7) + width * Int64(tooth) / Int64(teeth))
      return [box.minLatitudeE7, box.maxLatitudeE7].map { Coordinate(latitudeE7: $0, longitudeE7: longitude) }
    }
  }

  /// As long as a question's lines may be, along the streets of the town's middle.
  var zigzag: [Coordinate] {
    let ends = [server.units[0].coordinate, server.units[1].coordinate]
    let legs = Int(Limits.whatIfLineMetersMax / max(ends[0].distanceMeters(to: ends[1]), 100))
    return (0..<min(max(legs, 2), 9_000)).map { leg in
      Coordinate(latitudeE7: ends[leg % 2].latitudeE7 + Int32(leg), longitudeE7: ends[leg % 2].longitudeE7)
    }
  }

  func route(whatIf selectors: [RoadSelector]) -> (method: String, payload: [UInt8]) {
    var request = RouteRequest(places: server.units.prefix(2).map { Place($0.coordinate) }, profile: "car")
    request.whatIf = selectors.enumerated().map { RoadClosure(id: "\($0)", selector: $1) }
    return (ServiceMethods.route.name, ServiceMethods.route.writeRequest(request))
  }

  /// Asks, and asks again for each answer, over four connections.
  func ask(
    inFlight: Int, role: String = "read", _ request: () -> (method: String, payload: [UInt8])
  ) async {
    let (method, payload) = request()
    let token = server.token(role)
    let frame = { @Sendable (id: UInt64) in
      (try? FrameCodec.encode(.request(FrameRequest(id: id, method: method, token: token, payload: payload)))) ?? []
    }
    let connections = 4
    await clock.run(threads: connections) { _ in
      guard let line = AttackLine(server.frames) else { return }
      var id: UInt64 = 0
      while !clock.isOver {
        while id < UInt64(line.answerCount + inFlight / connections) {
          id += 1
          guard line.send(frame(id)) else { break }
        }
        _ = line.readAnswer()
      }
    }
  }

  /// Watches questions that take long, which change with each unit.
  func watch(count: Int) async {
    var request = question
    request.whatIf = [RoadClosure(id: "x", selector: .polygon(comb(500)))]
    let payload = ServiceMethods.watch.writeRequest(.fastestUnits(request))
    await clock.run(threads: 1) { _ in
      guard let line = AttackLine(server.frames) else { return }
      for id in 1...UInt64(count) {
        let call = FrameRequest(
          id: id, method: ServiceMethods.watch.name, token: server.token("read"), payload: payload)
        line.send((try? FrameCodec.encode(.request(call))) ?? [])
      }
      while !clock.isOver { _ = line.readAnswer() }
    }
  }

  /// The first parts of long frames on many connections.
  func sendHalfFrames(token: String) async {
    let call = FrameRequest(
      id: 1, method: ServiceMethods.putClosures.name, token: token, payload: [UInt8](repeating: 0, count: 15 << 20))
    let frame = Array(((try? FrameCodec.encode(.request(call))) ?? []).dropLast())
    await clock.run(threads: 4) { _ in
      var lines: [AttackLine] = []
      while !clock.isOver {
        if let line = AttackLine(server.frames) {
          line.send(frame)
          lines.append(line)
        }
        if lines.count > 100 { lines.removeFirst(50) }
      }
    }
  }

  /// Streams of gRPC's own services whose answers nobody reads.
  func converse(_ method: String, streams: Int, messages: Int, _ payload: [UInt8]) async {
    await clock.run(threads: 2) { _ in
      while !clock.isOver {
        guard let line = AttackLine(server.grpc), line.send(RawHTTP2.preface) else { continue }
        for stream in 0..<streams where !clock.isOver {
          let id = UInt32(stream) * 2 + 1
          guard line.send(RawHTTP2.headers(method, token: server.token("read"), stream: id)) else { break }
          let several = (0..<min(messages, 100)).flatMap { _ in RawHTTP2.message(payload, stream: id) }
          for _ in 0..<(messages + 99) / 100 where !clock.isOver { if !line.send(several) { break } }
        }
        while !clock.isOver { usleep(50_000) }
      }
    }
  }

  /// Long answers that nobody reads: in a debug build over few connections, as each request takes the server so long
  /// that many would be another attack.
  func askWithoutReading() async {
    let connections = AttackTests.hasGoals ? 10 : 2
    await clock.run(threads: 2) { _ in
      var lines: [AttackLine] = []
      while !clock.isOver {
        guard lines.count < connections, let line = AttackLine(server.frames) else {
          usleep(50_000)
          continue
        }
        for id in 1...2_048 as ClosedRange<UInt64> where !clock.isOver {
          let call = FrameRequest(
            id: id, method: ServiceMethods.listUnits.name, token: server.token("read"), payload: [])
          guard line.send((try? FrameCodec.encode(.request(call))) ?? []) else { break }
        }
        lines.append(line)
      }
    }
  }

  /// More connections than there may be, which say nothing.
  func holdConnections() async {
    await clock.run(threads: 2) { number in
      var lines: [AttackLine] = []
      while !clock.isOver {
        if let line = AttackLine(number == 0 ? server.frames : server.grpc) { lines.append(line) }
        if lines.count > AttackedServer.connectionsMax { lines.removeFirst(lines.count / 4) }
        usleep(1_000)
      }
    }
  }

  /// Names of methods that are long, and no words.
  func callOddMethods() async {
    let method = String(repeating: "forged\n\u{1B}[2J", count: 8_000)
    let frame = (try? FrameCodec.encode(.request(FrameRequest(id: 1, method: method, payload: [])))) ?? []
    await clock.run(threads: 2) { _ in
      while !clock.isOver {
        guard let line = AttackLine(server.frames) else { continue }
        while !clock.isOver, line.send(frame) { _ = line.readAnswer() }
      }
    }
  }

  /// Reports of ever other feeds.
  func reportFeeds() async {
    await clock.run(threads: 1) { _ in
      guard let line = AttackLine(server.frames) else { return }
      var id: UInt64 = 0
      while !clock.isOver {
        id += 1
        var request = ClosuresRequest([])
        request.feed = FeedReport(source: "feed \(id)", intervalSeconds: 60, recordCount: 0, skippedCount: 0)
        let call = FrameRequest(
          id: id, method: ServiceMethods.putClosures.name, token: server.token("traffic"),
          payload: ServiceMethods.putClosures.writeRequest(PutClosuresRequest(request)))
        line.send((try? FrameCodec.encode(.request(call))) ?? [])
        _ = line.readAnswer()
      }
    }
  }
}

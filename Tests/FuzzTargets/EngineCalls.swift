import API
import Engine
import Fleet
import Foundation
import Geometry
import Messages
import TestSupport
import Traffic

/// Requests to an engine, one after the other: for each a byte for the method, two for the length, the payload.
enum EngineCalls {
  private static let callsMax = 12

  /// Sends them to a new engine; every answer must be readable, every refusal have a code that is known.
  static func run(_ bytes: [UInt8]) throws {
    let dispatcher = MessageDispatcher(engine: try SmallCity.engine())
    let methods = dispatcher.methods
    var rest = bytes[...]
    for _ in 0..<callsMax where rest.count >= 3 {
      let head = Array(rest.prefix(3))
      let payload = Array(rest.dropFirst(3).prefix(Int(head[1]) | Int(head[2]) << 8))
      rest = rest.dropFirst(3 + payload.count)
      let method = methods[Int(head[0]) % methods.count]
      if dispatcher.isStream(method) {
        try watch(dispatcher.open(method: method, payload: payload), method)
      } else {
        try check(dispatcher.dispatch(method: method, payload: payload, deadline: nil), method)
      }
    }
  }

  private static func watch(_ opened: Result<MessageStream, CallStatus>, _ method: String) throws {
    switch opened {
    case .failure(let status): try check(.failure(status), method)
    case .success(let stream):
      stream.onReady {}
      if let message = try? stream.next(.none).get() { try check(.success(message), method) }
      stream.cancel()
    }
  }

  private static func check(_ result: Result<[UInt8], CallStatus>, _ method: String) throws {
    switch result {
    case .failure(let status):
      try promise(MessageForm.knownCodes.contains(status.code), "\(method): an unknown code \(status)")
    case .success(let answer):
      guard let form = MessageForm.all.first(where: { $0.name == "answer of \(method)" }) else { return }
      try form.check(answer)
    }
  }

  // MARK: Samples

  private static let places = SmallCity.town.junctions

  static var units: [ResponseUnit] {
    places.prefix(4).enumerated().map { index, place in
      ResponseUnit(id: "u\(index)", profile: "siren", coordinate: place, reportedAt: SmallCity.moment)
    }
  }

  static var closures: [RoadClosure] {
    let selectors: [RoadSelector] = [
      .way(osmID: 1, direction: .both), .nodes(OSMNodePair(from: 1, to: 2), direction: .both),
      .point(places[3], radiusMeters: 60), .nearest(places[4], radiusMeters: 60),
      .polyline([places[0], places[1]], direction: .forward), .polygon([places[0], places[1], places[4]]),
      .polylines([[places[0], places[1]], [places[1], places[0]]], direction: .both),
      .areas([Area([places[0], places[1], places[4]], holes: [[places[0], places[1], places[4]]]), Area(places)]),
    ]
    return selectors.enumerated().map { index, selector in
      RoadClosure(
        id: "c\(index)", source: "s", selector: selector, effect: index % 2 == 0 ? .closed : .delay(seconds: 20),
        until: SmallCity.moment.addingTimeInterval(3_600), hours: index == 3 ? "Mo-Fr 07:00-09:00" : "")
    }
  }

  static var layer: Layer {
    Layer(
      "l",
      features: [
        LayerFeature(id: "p", .point(places[0]), tags: [LayerTag("k", "v")]),
        LayerFeature(id: "a", .areas([Area([places[0], places[1], places[4]])])),
      ])
  }

  static var plans: PlansRequest {
    let line = PlanLine("engine", count: 2, needs: [UnitNeed(["engine"])])
    let choices = [
      PlanChoice("p", incidentType: "x", area: "l/a"), PlanChoice("p", incidentType: "x", hours: "Mo-Fr 22:00-05:00"),
      PlanChoice("p", hours: "Sa"),
    ]
    return PlansRequest([ResponsePlan(id: "p", levels: [PlanLevel([line])])], choices: PlanChoices(choices))
  }

  private static func call<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ request: Request) -> [UInt8] {
    let payload = method.writeRequest(request)
    guard
      let number = (try? SmallCity.engine()).map({ MessageDispatcher(engine: $0).methods.firstIndex(of: method.name) })
    else { return [] }
    return [UInt8(number ?? 0), UInt8(payload.count & 255), UInt8(payload.count >> 8)] + payload
  }

  static var samples: [[UInt8]] {
    var ranking = FastestUnitsRequest(incident: Place(places[5]), count: 3)
    (ranking.detail, ranking.explainCount) = ([.shape, .steps, .ways, .signals], 3)
    var force = RecommendRequest(
      incident: ranking.incident, wanted: .lines(PlanLevel([PlanLine("any", count: 2, needs: [UnitNeed([])])])))
    force.diversions = DiversionSearch(priority: 1)
    var route = RouteRequest(places: [Place(places[0]), Place(places[7])], profile: "plain")
    (route.detail, route.alternatives) = ([.shape, .steps, .ways], 2)
    var traffic = ClosuresRequest(closures)
    traffic.strictness = .skipRefused
    let speeds = SpeedsRequest(
      SpeedUpdate(
        source: "s",
        speeds: [
          RoadSpeed(.way(osmID: 1, direction: .both), kmh: 12),
          RoadSpeed(.nodes(OSMNodePair(from: 1, to: 2)), kmh: 0),
        ],
        turnPenalties: [TurnPenalty(fromOSMNode: 1, viaOSMNode: 2, toOSMNode: 3, seconds: 4)], timeToLiveSeconds: 300,
        isComplete: true))
    let hospital = Hospital(
      id: "h", place: Place(places[5]), capabilities: ["pci"], states: [HospitalState(.diversion, freeBeds: 0)])
    let post = Post(id: "p", place: Place(places[6]), keep: [PostKeep(count: 1)])
    let fleet = call(ServiceMethods.putUnits, PutUnitsRequest(units))
    let closing = call(ServiceMethods.putClosures, PutClosuresRequest(traffic))
    let asking = call(ServiceMethods.fastestUnits, ranking)
    return [
      fleet + asking + call(ServiceMethods.listUnits, EmptyRequest()),
      closing + call(ServiceMethods.route, route) + call(ServiceMethods.listClosures, ListClosuresRequest(.shapes)),
      call(ServiceMethods.putSpeeds, PutSpeedsRequest(speeds)) + call(ServiceMethods.route, route),
      call(ServiceMethods.snap, SnapRequest(place: Place(places[2]), profile: "plain")),
      call(ServiceMethods.locate, LocateRequest(Place(places[2], headingDegrees: 10)))
        + call(ServiceMethods.locate, LocateRequest(text: "A x B")),
      fleet + call(ServiceMethods.watch, .fastestUnits(ranking)) + closing,
      fleet + call(ServiceMethods.recommend, force) + call(ServiceMethods.watch, .recommend(force)) + closing,
      closing + call(ServiceMethods.liftClosures, LiftClosuresRequest(["c1"])),
      call(ServiceMethods.putLayer, PutLayerRequest(layer)) + call(ServiceMethods.putPlans, PutPlansRequest(plans))
        + call(ServiceMethods.listPlans, EmptyRequest()) + call(ServiceMethods.exportLayer, ExportLayerRequest("l")),
      call(ServiceMethods.removeUnits, RemoveUnitsRequest(["u1"])) + call(ServiceMethods.status, EmptyRequest()),
      fleet + call(ServiceMethods.putHospitals, PutHospitalsRequest(HospitalsPut([hospital])))
        + call(ServiceMethods.hospitals, HospitalsRequest(scene: Place(places[3]), carrier: .unit(id: "u1"))),
      fleet + call(ServiceMethods.putLayer, PutLayerRequest(layer))
        + call(ServiceMethods.putPosts, PutPostsRequest([post]))
        + call(ServiceMethods.moveUp, MoveUpRequest(demandLayer: "l", limitSeconds: 300)),
    ]
  }
}

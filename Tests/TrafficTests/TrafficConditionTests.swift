import API
import Foundation
import MapImport
import Profiles
import RoadGraph
import TestSupport
import Testing

@testable import Traffic

/// What traffic makes of a road's time: 100 m at 36 km/h, that is 10 s.
@Suite struct TrafficConditionTests {
  private let network: RoadNetwork
  private let street: DirectedPiece
  private let damped: VehicleProfile

  init() throws {
    network = try MapImporter(
      source: .text(opl: "n1 x9.0 y0.0\nn2 x9.000899322 y0.0\nw1 Thighway=residential Nn1,n2\n")
    ).run().network
    street = DirectedPiece(try #require(network.pieces.indices.first), isBackward: false)
    var damped = TestProfiles.siren
    damped.name = "damped"
    for roadClass in RoadClass.allCases { damped.civilTraffic.shareByClass[roadClass] = 0.25 }
    self.damped = damped
  }

  private func seconds(_ profile: VehicleProfile = TestProfiles.plain, _ change: (inout TestTraffic) -> Void) -> Double
  {
    var traffic = TestTraffic(network, [TestProfiles.plain, damped])
    change(&traffic)
    let costs = CostModel(profile: profile, network: network)
    let number = profile.name == damped.name ? 1 : 0
    let cost = traffic.conditions(of: costs, number: number).pieceCost(street.piece, .forward)
    return (Double(cost.timeMilliseconds) / 100).rounded() / 10
  }

  private func closures(_ effects: RoadEffect..., profile: VehicleProfile = TestProfiles.plain) -> Double {
    seconds(profile) { traffic in
      for (index, effect) in effects.enumerated() {
        traffic.put(TestTraffic.closure("\(index)", effect: effect), [street])
      }
    }
  }

  private func measured(_ kmh: Double..., profile: VehicleProfile = TestProfiles.plain) -> Double {
    seconds(profile) { traffic in
      for (index, kmh) in kmh.enumerated() { put(kmh, source: "\(index)", on: &traffic) }
    }
  }

  private func put(_ kmh: Double, source: String, on traffic: inout TestTraffic) {
    let update = SpeedUpdate(
      source: source, speeds: [RoadSpeed(.way(osmID: 1, direction: .forward), kmh: kmh)], timeToLiveSeconds: 60,
      isComplete: false)
    let put = RoadResolver(network).resolve(update, expiresAt: TestTraffic.noon + 60).put
    _ = try? traffic.state.put(put)
  }

  @Test func eachKindOfEffect() {
    #expect(closures() == 10)
    #expect(closures(.factor(3)) == 30)
    #expect(closures(.delay(seconds: 25)) == 35)
    #expect(closures(.speed(kmh: 12)) == 30)
  }

  @Test func ofEachKindTheStrongestCounts() {
    #expect(closures(.factor(3), .factor(2)) == 30)
    #expect(closures(.delay(seconds: 5), .delay(seconds: 7)) == 17)
    #expect(closures(.speed(kmh: 18), .speed(kmh: 12)) == 30)
    #expect(closures(.delay(seconds: 5), .factor(2), .speed(kmh: 18)) == 45)
  }

  @Test func nothingMakesARoadFaster() {
    #expect(closures(.speed(kmh: 90)) == 10)
    #expect(measured(90) == 10)
    #expect(measured(90, profile: damped) == 10)
  }

  @Test func measuredSpeedsReachAProfileByItsShare() {
    #expect(measured(9) == 40)
    #expect(measured(9, profile: damped) == 17.5)
    #expect(measured(9, 18) == 40)
    #expect(measured(18, 9) == 40)
  }

  @Test func closuresAreNotDamped() {
    #expect(closures(.speed(kmh: 9), profile: damped) == 40)
    #expect(closures(.factor(3), profile: damped) == 30)
  }

  @Test func aScopeLeavesOthersAlone() {
    let civil = TestTraffic.closure("a", effect: .factor(3), scope: .civil)
    #expect(seconds { $0.put(civil, [street]) } == 30)
    #expect(seconds(damped) { $0.put(civil, [street]) } == 10)
    let named = TestTraffic.closure("a", effect: .factor(3), scope: .profiles(["damped"]))
    #expect(seconds { $0.put(named, [street]) } == 10)
    #expect(seconds(damped) { $0.put(named, [street]) } == 30)
  }

  @Test func sizesAreCompared() {
    var high = TestProfiles.plain
    high.size.heightMeters = 3.5
    let scope = ClosureScope.largerThan(.init(heightMeters: 3, weightTonnes: 7.5))
    #expect(scope.applies(to: high))
    #expect(!scope.applies(to: TestProfiles.plain))
    #expect(!ClosureScope.largerThan(.init(heightMeters: 3.5)).applies(to: high))
    #expect(!ClosureScope.largerThan(.init()).applies(to: high))
  }

  @Test func aDelayIsSharedOutByLength() {
    let traffic = TestTraffic(network, [TestProfiles.plain])
    let both = [street, DirectedPiece(street.piece, isBackward: true)]
    let resolved = traffic.resolved(TestTraffic.closure("a", effect: .delay(seconds: 1)), both)
    let shares = resolved.effects.map { effect in
      if case .delay(let milliseconds) = effect { milliseconds } else { Weight(0) }
    }
    #expect(shares == [500, 500])
  }

  @Test func reluctanceStays() {
    let cost = TravelCost(timeMilliseconds: 10_000, reluctanceMilliseconds: 77)
    let half = RoadPosition.fractionMax / 2
    #expect(cost.part(0...half) == TravelCost(timeMilliseconds: 5_000, reluctanceMilliseconds: 77))
    #expect(cost.part(half...half) == .zero)
  }

  @Test func timesNeverWrap() {
    var condition = CombinedEffect()
    for effect in [StretchEffect.factor(1_000), .delay(milliseconds: .infinity)] {
      condition.add(
        ClosureEffect(serial: 0, id: "", profiles: [], effect: effect, extent: .wholePiece), on: .wholePiece)
    }
    #expect(condition.milliseconds(freeMilliseconds: .infinity - 1, lengthCentimeters: 10_000) == .infinity)
  }
}

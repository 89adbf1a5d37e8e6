import API
import Client
import Geometry
import Messages

extension AttackTools {
  /// Puts choices of plans over layers of narrow areas that lie beside each other, while one of the layers changes.
  func compareAreas(_ areas: [String], strips count: Int) async {
    guard let client = try? await server.client("dispatch") else { return }
    let plan = ResponsePlan(
      id: "p", levels: [PlanLevel([PlanLine("engine", count: 1, needs: [UnitNeed(["engine"])])])])
    _ = try? await client.putPlans(PlansRequest([plan]))
    for (name, offset) in [("s", Int32(0)), ("t", 500)] {
      _ = try? await client.putLayer(Layer(name, features: Self.strips(count, offset: offset)))
    }
    let choices = PlansRequest([], choices: PlanChoices(areas.map { PlanChoice("p", area: $0) }))
    let payload = ServiceMethods.putPlans.writeRequest(PutPlansRequest(choices))
    async let changes: Void = change("s", Self.strips(count))
    await ask(inFlight: 8, role: "dispatch") { (ServiceMethods.putPlans.name, payload) }
    await changes
    _ = try? await client.putPlans(PlansRequest([], choices: PlanChoices([])))
    for name in ["s", "t"] { _ = try? await client.removeLayer(name) }
    await client.close()
  }

  /// Changes a layer again and again.
  private func change(_ name: String, _ features: [LayerFeature]) async {
    guard let client = try? await server.client("traffic") else { return }
    var (features, number) = (features, 0)
    while !clock.isOver {
      number += 1
      features[0].name = "\(number)"
      _ = try? await client.putLayer(Layer(name, features: features))
      try? await Task.sleep(for: .milliseconds(200))
    }
    await client.close()
  }

  /// From south-west to north-east: the boxes of all of them meet, and none of them do.
  private static func strips(_ count: Int, offset: Int32 = 0) -> [LayerFeature] {
    (0..<count).map { number in
      let (start, far) = (Int32(number) * 1_000 + offset, Int32(12_000_000))
      let corners = [(start, 0), (start + 300, 0), (start + 300 + far, far), (start + far, far)]
      let area = Area(corners.map { Coordinate(latitudeE7: 370_000_000 + $1, longitudeE7: 1_270_000_000 + $0) })
      return LayerFeature(id: "\(number)", .areas([area]))
    }
  }
}

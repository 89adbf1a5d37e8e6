import API
import Engine

/// Response plans and layers with every field set to something else than its default.
public enum PlanSamples {
  public static let plan: ResponsePlan = {
    var engine = PlanLine(
      "engine", count: 3, minimumCount: 2,
      needs: [
        UnitNeed(["engine"], agencies: ["fire", "군부대"], penaltySeconds: 0.5, crewCountMin: 4),
        UnitNeed(["quint", "pump"], penaltySeconds: 60),
      ])
    (engine.travelSecondsMax, engine.goalSeconds) = (600.5, 480)
    var extra = PlanLine("rescue", count: 1, needs: [UnitNeed([])])
    extra.isOnlyIfFirst = true
    var plan = ResponsePlan(
      id: "house-fire", name: "주택 화재",
      levels: [PlanLevel([engine, extra], crewTotalMin: 15, crewLine: "engine"), PlanLevel([engine])])
    plan.agencies = [
      AgencyRule("Gyeonggi", tier: .last, penaltySeconds: 90.5, isOnRequest: true), AgencyRule("army", tier: .never),
    ]
    (plan.stationOrder, plan.tieSeconds, plan.revision) = (["Noord", "Zuid"], 30.5, 7)
    return plan
  }()
  public static let plainPlan = ResponsePlan(
    id: "fall", levels: [PlanLevel([PlanLine("ambulance", count: 1, needs: [UnitNeed(["als"])])])])
  public static let choices = PlanChoices(
    [
      PlanChoice("house-fire", incidentType: "fire", area: "districts/4", hours: "Mo-Fr 22:00-05:00"),
      PlanChoice("fall"),
    ], revision: 3)

  public static let plansRequest = PlansRequest([plan, plainPlan], choices: choices)
  public static let plansAnswer: PlansAnswer = {
    var answer = PlansAnswer(version: 22, count: 2)
    (answer.unchangedCount, answer.revisions, answer.choicesRevision) = (1, [7, 1], 4)
    return answer
  }()
  public static let listPlansAnswer = ListPlansAnswer(version: 22, plans: [plainPlan, plan], choices: choices)

  public static let layer = Layer(
    "소화전",
    features: [
      LayerFeature(
        id: "H-1", name: "정문", .point(Samples.town), weight: 2.5,
        view: LayerView(headingDegrees: 90.5, viewDegrees: 60, rangeMeters: 120.5),
        tags: [LayerTag("pressure_bar", "7"), LayerTag("usable", "no")]),
      LayerFeature(
        id: "D-4",
        .areas([
          Area(
            [Samples.town, Samples.south, Samples.snapped.coordinate],
            holes: [[Samples.south, Samples.town, Samples.south]])
        ])),
    ],
    rule: LayerRule(roadMetersMax: 25.5, side: .faced, levels: LevelFilter(layers: -1...0, tunnels: .only)),
    revision: 9)
  public static let layersAnswer: LayersAnswer = {
    var info = LayerInfo("소화전", rule: LayerRule(roadMetersMax: 25.5, side: .both), revision: 9)
    (info.pointCount, info.areaCount, info.weight, info.offRoad) = (17, 1, 18.5, IDList(["H-9"]))
    return LayersAnswer(version: 23, layers: [info])
  }()
}

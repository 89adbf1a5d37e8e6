import RoadGraph

/// The writer of the metrics of a few profiles that are customized in one pass.
///
/// The cases are spelled out so that the compiler makes loops for either number of lanes; through a protocol it would
/// make one for any number, six times as slow.
enum MetricGroup {
  case one(LaneGroup<OneLane>)
  case four(LaneGroup<FourLanes>)

  static let countMax = FourWeights.laneCount

  init(_ hierarchy: ContractionHierarchy, count: Int, triangleCount: Int) {
    self =
      count == 1
      ? .one(LaneGroup(hierarchy, count: count, triangleCount: triangleCount))
      : .four(LaneGroup(hierarchy, count: count, triangleCount: triangleCount))
  }

  func customize(_ turnWeights: [[Weight]], on cores: Cores) -> [Metric] {
    switch self {
    case .one(let group): group.customize(turnWeights, on: cores)
    case .four(let group): group.customize(turnWeights, on: cores)
    }
  }

  func update(_ metrics: [Metric], turnWeights: [[Weight]], changed: [TurnID]) -> [Metric] {
    switch self {
    case .one(let group): group.update(metrics, turnWeights: turnWeights, changed: changed)
    case .four(let group): group.update(metrics, turnWeights: turnWeights, changed: changed)
    }
  }
}

/// What a customization may use.
enum Cores {
  case one
  case all
}

/// A group of at most as many profiles as there are lanes.
final class LaneGroup<Lanes: WeightLanes> {
  private let hierarchy: ContractionHierarchy
  private lazy var partial = PartialCustomization<Lanes>(hierarchy)
  private var buffers: MetricBuffers
  private var costs: CustomizationCosts

  init(_ hierarchy: ContractionHierarchy, count: Int, triangleCount: Int) {
    self.hierarchy = hierarchy
    buffers = MetricBuffers(hierarchy, count: count)
    costs = CustomizationCosts(full: triangleCount)
  }

  func customize(_ turnWeights: [[Weight]], on cores: Cores) -> [Metric] {
    let metrics = buffers.blanks()
    Lanes.withTurnWeights(turnWeights) { turnWeights in
      let basic = BasicCustomization(hierarchy, metrics, turnWeights: turnWeights)
      switch cores {
      case .one: basic.customize()
      case .all: basic.customizeInParallel()
      }
    }
    return buffers.publish(metrics)
  }

  func update(_ metrics: [Metric], turnWeights: [[Weight]], changed: [TurnID]) -> [Metric] {
    guard costs.isPartialWorthTrying(turnCount: changed.count) else { return customize(turnWeights, on: .all) }
    let twins = buffers.twins(of: metrics)
    var changes: CustomizationChanges?
    Lanes.withTurnWeights(turnWeights) { turnWeights in
      changes = partial.update(twins, from: metrics, changed: changed, workMax: costs.partialMax) {
        turnWeights[$0.position]
      }
    }
    costs.notePartial(partial.work.total, turnCount: changed.count, isFinished: changes != nil)
    guard let changes else {
      buffers.discard(twins)
      return customize(turnWeights, on: .all)
    }
    return buffers.publish(twins, of: metrics, changes)
  }
}

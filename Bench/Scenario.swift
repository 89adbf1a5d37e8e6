/// What can be measured.
enum Scenario: String, CaseIterable {
  case importing = "import"
  case hierarchy
  case customization
  case query
  case rank
  case fastest
  case sweep
  case matrix
  case reach
  case coverage
  case recommend
  case departures
  case follow
  case hospitals
  case moveup
  case along
  case snap
  case locate
  case alternatives
  case ledger
  case traffic
  case updates
  case tiles

  /// Measures, and checks the answers against a reference that is computed in another way.
  ///
  /// - Throws: ``BenchFailure`` if they differ: a wrong answer has no speed.
  func run(_ world: World) throws -> [Measurement] {
    switch self {
    case .importing: try ImportScenario(world: world).run()
    case .hierarchy: try HierarchyScenario(world: world).run()
    case .customization: try CustomizationScenario(world: world).run()
    case .query: try QueryScenario(world: world).run()
    case .rank: try RankScenario(world: world).run()
    case .fastest: try FastestScenario(world: world).run()
    case .sweep: try SweepScenario(world: world).run()
    case .matrix: try MatrixScenario(world: world).run()
    case .reach: try ReachScenario(world: world).run()
    case .coverage: try CoverageScenario(world: world).run()
    case .recommend: try RecommendScenario(world: world).run()
    case .departures: try DeparturesScenario(world: world).run()
    case .follow: try FollowScenario(world: world).run()
    case .hospitals: try HospitalsScenario(world: world).run()
    case .moveup: try MoveUpScenario(world: world).run()
    case .along: try AlongScenario(world: world).run()
    case .snap: try SnapScenario(world: world).run()
    case .locate: try LocateScenario(world: world).run()
    case .alternatives: try AlternativesScenario(world: world).run()
    case .ledger: try LedgerScenario(world: world).run()
    case .traffic: try TrafficScenario(world: world).run()
    case .updates: try UpdatesScenario(world: world).run()
    case .tiles: try TileScenario(world: world).run()
    }
  }
}

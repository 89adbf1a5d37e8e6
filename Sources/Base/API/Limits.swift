/// The largest inputs that any engine takes, beside its ``EngineLimits``. Beyond one of them a request is refused with
/// `LIMIT_EXCEEDED`.
public enum Limits {
  public static let viaPointsMax = 50
  public static let alternativesMax = 3
  public static let snapCandidatesMax = 50
  /// Roads in one answer of Locate, and things that its text may mean.
  public static let locatedRoadsMax = 20
  public static let foundPlacesMax = 20
  public static let locateTextBytesMax = 200
  /// Features in one answer of Locate that are near, of each layer, and how near they are.
  public static let locatedFeaturesMax = 5
  public static let locatedFeatureMeters = 200.0
  /// Pairs of places in one matrix.
  public static let matrixCellsMax = 1_000_000
  /// Origins of a matrix, and destinations likewise.
  public static let matrixPlacesMax = 10_000
  /// Places of one reach.
  public static let reachPlacesMax = 100
  /// Layers whose points a reach counts.
  public static let reachLayersMax = 50
  /// Points of the demand of one coverage.
  public static let coverageDemandPointsMax = 100_000
  /// Limits of time of one reach.
  public static let reachBandsMax = 8
  /// No limit is as long: from here on a last resort begins.
  public static let reachSecondsMax = 3_600.0
  /// Parts of roads in one reach.
  public static let reachRoadsMax = 500_000
  /// The side of the cells that outlines are drawn by.
  public static let outlineCellMeters = 10.0...500.0
  /// Cells of one drawing.
  public static let outlineCellsMax = 10_000_000
  /// Units that are to be at every road.
  public static let coverageDepthMax = 8
  /// Units that are thought of elsewhere in one question.
  public static let coverageMovesMax = 1_000
  /// Units listed with what they alone cover, and gaps likewise.
  public static let coverageListMax = 1_000
  public static let textBytesMax = 1_000
  /// Turnout, handling, the largest travel time: a week.
  public static let durationSecondsMax = 604_800.0
  public static let capabilitiesMax = 50
  /// People on board of a unit.
  public static let crewCountMax = 1_000
  /// Incidents that are assigned units together, and the places of all of them.
  public static let incidentsMax = 100
  public static let assignedPlacesMax = 300
  /// Units that were not chosen and are explained.
  public static let explainedUnitsMax = 100
  /// Units to call off that are offered for one incident, and swaps of one answer.
  public static let diversionsMax = 20
  /// The least urgent incident.
  public static let priorityMax = 100
  /// How far from a road a unit or an incident may be.
  public static let snapRadiusMeters = 1_000.0
  /// A place beyond that is told how far the nearest road is, up to here.
  public static let nearestRoadMeters = 5_000.0
  /// How far a road's direction may be from a heading, where the caller doesn't say.
  public static let headingToleranceDegrees = 60.0
  public static let closureRadiusMetersMax = 5_000.0
  /// The diagonal of a bounding box: that of each line, of each area.
  public static let closureLineMetersMax = 200_000.0
  public static let closureAreaMetersMax = 50_000.0
  /// The length of a closure's lines, together.
  public static let closureLineLengthMetersMax = 500_000.0
  /// Stretches of road that are looked at to find those of a closure, or of all what-if closures of a question.
  public static let closureRoadsMax = 4_000_000
  public static let whatIfClosuresMax = 100
  /// Points of the lines and areas of all what-if closures of a question.
  public static let whatIfPointsMax = 10_000
  /// The length of the lines of all what-if closures of a question.
  public static let whatIfLineMetersMax = 200_000.0
  public static let closureFactorMax = 1_000.0
  /// Of closures and of turn penalties.
  public static let closureDelaySecondsMax = 86_400.0
  public static let speedKmhMax = 300.0
  /// What a closure makes slower than this is to be closed.
  public static let closureSpeedKmhMin = 0.1
  /// Of a vehicle that a closure is for.
  public static let vehicleSizeMax = 1_000.0
  /// Speeds in one call, and turn penalties likewise.
  public static let speedsMax = 5_000_000
  /// A feed from which nothing comes for 30 days is forgotten.
  public static let feedSilenceSecondsMax = 2_592_000.0
  /// Of closures and speeds: a year.
  public static let timeToLiveSecondsMax = 31_536_000.0
  // Of departures to come.
  public static let departureSecondsMax = 366.0 * 86_400
  /// A question takes a moment to arrive.
  public static let departurePastSecondsMax = 60.0
  // Of units that are followed.
  public static let followedUnitsMax = 1_000
  public static let followThresholdsMax = 10
  /// Thresholds, and the age of a position.
  public static let followSecondsMax = 86_400.0
  // Of response plans.
  /// Of one plan, by ``ResponsePlan/byteCount``, and of all choices.
  public static let planBytesMax = 1 << 20
  public static let planChoicesBytesMax = 4 << 20
  /// The audit trail has of a longer plan, or of longer choices, how long they are alone.
  public static let planTrailBytesMax = 64 << 10
  /// How long areas and hours of choices are compared.
  public static let planCheckSecondsMax = 60.0
  public static let planLevelsMax = 10
  /// Of one level.
  public static let planLinesMax = 20
  /// Units that all levels of a plan want together.
  public static let planPlacesMax = 100
  /// Who may fill a place of a line: the meant one and those that stand in.
  public static let planNeedsMax = 20
  public static let planAgenciesMax = 200
  public static let planStationsMax = 2_000
  /// Goals, penalties, travel times of a plan.
  public static let planSecondsMax = 86_400.0
  public static let crewTotalMax = 10_000
  /// Different hours of all choices: each pair of them is compared over years.
  public static let planHoursMax = 100
  public static let keepRulesMax = 50
  // Of hospitals.
  /// Of one hospital.
  public static let hospitalStatesMax = 100
  public static let hospitalBedsMax = 100_000
  /// From a hospital's doors until a patient is handed over: a day.
  public static let offloadSecondsMax = 86_400.0
  /// Hospitals in one answer.
  public static let rankedHospitalsMax = 100
  // Of posts and moves.
  /// Units that stand at one post, and that it keeps.
  public static let postCapacityMax = 1_000
  /// Units of one question about moves.
  public static let moveUpUnitsMax = 2_000
  /// Units that move.
  public static let moveUpMovesMax = 10
  /// Posts that are to be filled.
  public static let moveUpTargetsMax = 300
  /// Different vehicles, by profile and turnout, of the units of one question: what is covered from a post differs.
  public static let moveUpVehiclesMax = 20
  /// A unit that came from a post doesn't go back there within an hour.
  public static let bounceSecondsMax = 3_600.0
  // Of layers.
  /// The diagonal of an area's bounding box.
  public static let layerAreaMetersMax = 200_000.0
  public static let layerWeightMax = 1e12
  public static let layerRangeMetersMax = 5_000.0
  /// Layers of one question about what lies along a way, or near a place.
  public static let askedLayersMax = 50
  /// Points of layers along one route; those beyond are counted.
  public static let routeAssetsMax = 2_000
  /// How far points of layers are looked for, by the road and by air, and how many of each layer.
  public static let nearbyRoadMetersMax = 2_000.0
  public static let nearbyAirMetersMax = 50_000.0
  public static let nearbyCountMax = 1_000
  /// Of one feature.
  public static let layerTagsMax = 50
  /// Key and value together.
  public static let layerTagBytesMax = 200
  // Of traces.
  public static let matchPointsMax = 2_000
  public static let matchAccuracyMetersMax = 100.0
  // Of tiles of the map.
  /// Farther out a city is a dot, farther in nothing more is to be seen.
  public static let tileZooms = 8...17
  /// What is least is left out beyond.
  public static let tileBytesMax = 500_000
  // Of staging.
  /// Places that are compared, and units that gather.
  public static let stagingPlacesMax = 200
  public static let stagingUnitsMax = 100
  /// Of a hazard around its scene, and of the margin around a hazard.
  public static let hazardRadiusMetersMax = 5_000.0
  public static let hazardMarginMetersMax = 2_000.0
}

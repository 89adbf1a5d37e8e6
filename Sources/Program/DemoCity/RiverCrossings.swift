/// Cuts the skeleton's lines where they reach the river's banks, and chooses the few that get a bridge.
struct RiverCrossings {
  /// A line that could cross the water.
  private struct Candidate {
    var line: SkeletonLine
    var middleX: Double
  }

  /// Bridges stand at least this far apart in the middle of the city.
  private static let bridgeSpacingMeters = 650.0
  /// Further out the spacing grows by this share of the distance from the middle.
  private static let spacingGrowth = 0.13
  /// The least cosine between a bridge and the straight way over the water.
  private static let steepness = 0.6

  private let river: RiverBand
  private let motorwayRadii: [Double]
  private var candidates: [Candidate] = []
  private var north: [(x: Double, corner: Int32)] = []
  private var south: [(x: Double, corner: Int32)] = []

  init(_ dimensions: CityDimensions) { (river, motorwayRadii) = (dimensions.river, dimensions.motorwayRadii) }

  /// The parts of a line outside of the river; the part over the water is kept as a candidate.
  mutating func cut(_ line: SkeletonLine, points: inout [PlanePoint], mayBridge: Bool) -> [SkeletonLine] {
    let (start, end) = (points[Int(line.from)], points[Int(line.to)])
    let cuts = [river.northY, river.southY].filter { (start.y - $0) * (end.y - $0) < 0 }
      .map { y in (y: y, share: (y - start.y) / (end.y - start.y)) }
      .sorted { $0.share < $1.share }
    var corners = [line.from]
    for cut in cuts {
      let x = start.x + (end.x - start.x) * cut.share
      points.append(PlanePoint(x: x, y: cut.y))
      corners.append(Int32(points.count - 1))
      if cut.y == river.northY { north.append((x, corners.last!)) } else { south.append((x, corners.last!)) }
    }
    corners.append(line.to)
    var dry: [SkeletonLine] = []
    for (from, to) in zip(corners, corners.dropFirst()) {
      var part = SkeletonLine(from: from, to: to, street: line.street, traits: line.traits)
      let middle = points[Int(from)].blended(to: points[Int(to)], 0.5)
      if !river.contains(middle) {
        dry.append(part)
      } else if mayBridge, cuts.count == 2, isFit(points[Int(from)], points[Int(to)]) {
        part.traits.structure = .bridge
        candidates.append(Candidate(line: part, middleX: middle.x))
      }
    }
    return dry
  }

  /// Steep enough to be short, and clear of the motorways' own bridges.
  private func isFit(_ start: PlanePoint, _ end: PlanePoint) -> Bool {
    let meetsMotorway = motorwayRadii.contains { radius in
      let strip = CityDimensions.corridorHalfWidthMeters
      return min(start.length, end.length) < radius + strip && max(start.length, end.length) > radius - strip
    }
    return !meetsMotorway && abs((end - start).unit.y) > RiverCrossings.steepness
  }

  /// The lines over the water that become bridges, the most central one first.
  func bridges() -> [SkeletonLine] {
    var chosen: [Candidate] = []
    for candidate in candidates.sorted(by: { abs($0.middleX) < abs($1.middleX) }) {
      let spacing = RiverCrossings.bridgeSpacingMeters + RiverCrossings.spacingGrowth * abs(candidate.middleX)
      let isNear = chosen.contains { abs($0.middleX - candidate.middleX) < spacing }
      if !isNear || chosen.count < 2 { chosen.append(candidate) }
    }
    return chosen.map(\.line)
  }

  /// The roads along the two banks, between the first and the last corner on each.
  func bankRoads(northStreet: Int32, southStreet: Int32) -> [SkeletonLine] {
    let traits = RoadTraits(.secondary, speed: .kmh60)
    return [(north, northStreet), (south, southStreet)].flatMap { corners, street in
      let sorted = corners.sorted { ($0.x, $0.corner) < ($1.x, $1.corner) }
      return zip(sorted, sorted.dropFirst()).map {
        SkeletonLine(from: $0.corner, to: $1.corner, street: street, traits: traits)
      }
    }
  }
}

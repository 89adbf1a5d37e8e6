import RoadGraph

/// The arcs of one profile that a publication changed: their weights, or what parts of them cost.
public struct ArcChanges: Sendable {
  public internal(set) var slower: [ArcID] = []
  public internal(set) var faster: [ArcID] = []
  /// True if more arcs changed than are listed.
  public internal(set) var isEverything = false

  public static let arcsMax = 2_000

  mutating func note(_ arc: ArcID, from old: Weight, to new: Weight) {
    if isEverything || old == new { return }
    if old < new { slower.append(arc) } else { faster.append(arc) }
    shorten()
  }

  /// A turn out of an arc changed, for better or worse.
  mutating func note(turnFrom arc: ArcID) { note(within: arc) }

  /// Stretches of an arc changed, for better and worse, but not its weight.
  mutating func note(within arc: ArcID) {
    if isEverything { return }
    slower.append(arc)
    faster.append(arc)
    shorten()
  }

  /// Together with later ones.
  public func adding(_ later: ArcChanges) -> ArcChanges {
    var sum = self
    sum.slower += later.slower
    sum.faster += later.faster
    sum.isEverything = isEverything || later.isEverything
    sum.shorten()
    return sum
  }

  private mutating func shorten() {
    guard isEverything || slower.count + faster.count > Self.arcsMax else { return }
    (slower, faster, isEverything) = ([], [], true)
  }

  static let everything = ArcChanges(isEverything: true)
}

import RoadGraph

/// The arcs of one profile whose weights a publication changed.
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

  /// Something changed for better or worse: a turn out of the arc, or how what it weighs lies along it.
  mutating func note(alteredOn arc: ArcID) {
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

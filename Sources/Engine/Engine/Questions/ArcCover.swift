/// How far along one arc some units come within each limit, the earliest unit first.
///
/// One serves for all arcs: making one for each takes longer than all else.
struct ArcCover {
  private let limitCount: Int
  /// How many units come.
  private(set) var count = 0
  /// True if a limit stops one of them on the arc. Then how much of it they reach is added for each; else all of them
  /// come to all of it.
  private(set) var isStopped = false
  private var units: [Int]
  private var bands: [Int]
  private var areStopped: [Bool]
  /// By unit, then by limit: what is first reached within that.
  private var centimeters: [Int]

  /// - Parameter depth: how many units there are at most.
  init(limitCount: Int, depth: Int) {
    self.limitCount = limitCount
    (units, bands) = (Array(repeating: 0, count: depth), Array(repeating: 0, count: depth))
    areStopped = Array(repeating: false, count: depth)
    centimeters = Array(repeating: 0, count: depth * limitCount)
  }

  /// A unit, by its place in the order.
  func unit(_ number: Int) -> Int { units[number] }
  /// The first limit within which it comes, from 0.
  func band(_ number: Int) -> Int { bands[number] }
  func isStopped(_ number: Int) -> Bool { areStopped[number] }
  /// How much of the arc it reaches first within a limit; for where units are stopped.
  func centimeters(_ number: Int, _ limit: Int) -> Int { centimeters[number * limitCount + limit] }

  mutating func clear() { (count, isStopped) = (0, false) }

  mutating func add(_ unit: Int, from band: Int, isStopped: Bool) {
    (units[count], bands[count], areStopped[count]) = (unit, band, isStopped)
    if isStopped, !self.isStopped {
      self.isStopped = true
      for position in centimeters.indices { centimeters[position] = 0 }
    }
    count += 1
  }

  mutating func add(_ length: Int, of number: Int, from band: Int) { centimeters[number * limitCount + band] += length }

  /// How much of the arc somebody reaches at all.
  ///
  /// - Parameter whole: the length of the arc.
  func reachedCentimeters(of whole: Int) -> Int {
    if count == 0 { return 0 }
    return isStopped ? (0..<limitCount).reduce(0) { $0 + centimeters(0, $1) } : whole
  }
}

import API

/// How much finding the roads of closures may take: until when, and at how many stretches it may look. One for all
/// closures of a question.
public final class RoadBudget {
  private let limit: WorkLimit
  private let stretchesMax: Int
  private var stretchesLeft: Int
  private var uncheckedCount = 0

  /// This many are looked at in much less than a millisecond.
  private static let checkInterval = 256

  public init(within limit: WorkLimit = .none, stretchesMax: Int = Limits.closureRoadsMax) {
    (self.limit, self.stretchesMax, stretchesLeft) = (limit, stretchesMax, stretchesMax)
  }

  /// For a closure that was accepted before.
  public static var unlimited: RoadBudget { RoadBudget(stretchesMax: .max) }

  /// Takes as many stretches as were looked at.
  ///
  /// - Throws: ``TrafficError/tooManyRoads(_:)`` if fewer are left, ``TrafficError/ended(_:)``.
  func spend(_ count: Int = 1) throws(TrafficError) {
    stretchesLeft -= count
    if stretchesLeft < 0 { throw .tooManyRoads(stretchesMax) }
    try pause(after: count)
  }

  /// Looks at the limit now and then.
  func pause(after count: Int = 1) throws(TrafficError) {
    uncheckedCount += count
    guard uncheckedCount >= Self.checkInterval else { return }
    uncheckedCount = 0
    try check()
  }

  /// Looks at the limit now.
  func check() throws(TrafficError) {
    do throws(EngineError) { try limit.check() } catch { throw .ended(error) }
  }
}

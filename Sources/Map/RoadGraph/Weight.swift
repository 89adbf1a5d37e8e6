/// What a search minimises: milliseconds of travel plus reluctance.
public typealias Weight = UInt32

extension Weight {
  /// No way through. Two of them can be added without wrapping.
  @inlinable public static var infinity: Weight { UInt32.max / 2 }

  /// The sum of two weights, never above ``infinity``.
  @inlinable public func adding(_ other: Weight) -> Weight { Swift.min(self &+ other, .infinity) }

  /// The nearest weight, 0 at least and ``infinity`` at most.
  @inlinable public init(saturating milliseconds: Double) {
    self = Weight(Swift.min(Swift.max(milliseconds.rounded(), 0), Double(Weight.infinity)))
  }
}

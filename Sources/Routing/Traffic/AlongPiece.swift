import RoadGraph

/// What is known along a piece of road: nothing, one value all along, or values on stretches of it.
///
/// Extents are in fractions along the shape of the piece's segment, as in ``RoadGraph/RoadPosition/fraction``. Most
/// pieces have one value or none, which takes no memory of its own.
enum AlongPiece<Value: Hashable & Sendable>: Hashable, Sendable {
  /// One value and where it holds.
  struct Stretch: Hashable, Sendable {
    var extent: ClosedRange<UInt32>
    var value: Value
  }

  case nothing
  case whole(Value)
  /// In the order of their extents, which overlap at most in their ends.
  case stretches([Stretch])

  /// - Parameter stretches: in the order of their extents, which overlap at most in their ends.
  init(_ stretches: [Stretch]) {
    var joined: [Stretch] = []
    for stretch in stretches where stretch.extent.lowerBound < stretch.extent.upperBound {
      if let last = joined.last, last.value == stretch.value, last.extent.upperBound == stretch.extent.lowerBound {
        joined[joined.count - 1].extent = last.extent.lowerBound...stretch.extent.upperBound
      } else {
        joined.append(stretch)
      }
    }
    if joined.count == 1, joined[0].extent == .wholePiece {
      self = .whole(joined[0].value)
    } else {
      self = joined.isEmpty ? .nothing : .stretches(joined)
    }
  }

  /// In the order of their extents.
  var stretches: [Stretch] {
    switch self {
    case .nothing: []
    case .whole(let value): [Stretch(extent: .wholePiece, value: value)]
    case .stretches(let stretches): stretches
    }
  }

  var isNothing: Bool { self == .nothing }

  /// Without the stretches whose values are not kept. O(stretches).
  func filter(_ isKept: (Value) -> Bool) -> AlongPiece {
    switch self {
    case .nothing: .nothing
    case .whole(let value): isKept(value) ? self : .nothing
    case .stretches(let stretches): AlongPiece(stretches.filter { isKept($0.value) })
    }
  }

  /// With another list of stretches over this one, in the parts where either has a value. O(stretches).
  func combined(with others: [Stretch], _ value: (Value?, Value?) -> Value?) -> AlongPiece {
    if others.isEmpty { return self }
    let own = stretches
    if own.isEmpty { return AlongPiece(others) }
    let cuts = Set((own + others).flatMap { [$0.extent.lowerBound, $0.extent.upperBound] }).sorted()
    func holding(_ stretches: [Stretch], _ from: UInt32, _ to: UInt32) -> Value? {
      stretches.first { $0.extent.lowerBound <= from && $0.extent.upperBound >= to }?.value
    }
    return AlongPiece(
      zip(cuts, cuts.dropFirst()).compactMap { from, to in
        value(holding(own, from, to), holding(others, from, to)).map { Stretch(extent: from...to, value: $0) }
      })
  }
}

extension AlongPiece<TenthsOfKmh> {
  /// True if nobody gets through somewhere. O(stretches).
  var isAnywhereClosed: Bool {
    switch self {
    case .nothing: false
    case .whole(let speed): speed == .closed
    case .stretches(let stretches): stretches.contains { $0.value == .closed }
    }
  }

  /// The slower one of two speeds, as far as they are known.
  static func slower(_ one: TenthsOfKmh?, _ other: TenthsOfKmh?) -> TenthsOfKmh? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}

extension ClosedRange<UInt32> {
  /// All of a piece.
  public static var wholePiece: ClosedRange<UInt32> { 0...RoadPosition.fractionMax }
}

import RoadGraph

/// Some arrays of weights side by side, each of them a lane: those of several metrics, or of the turns of several
/// profiles.
///
/// Every metric keeps an array of its own, as searches read it; they are put side by side only in passing.
protocol WeightLanes {
  associatedtype Weights: WeightVector

  /// - Parameter arrays: at least one, at most as many as there are lanes. The last one fills lanes that are left over.
  init(_ arrays: [UnsafeMutablePointer<Weight>])
  /// The weights at one position.
  subscript(position: Int) -> Weights { get nonmutating set }
  /// The weights at a position and at the three behind it.
  func four(from position: Int) -> (Weights, Weights, Weights, Weights)
}

extension WeightLanes {
  /// The weights of the arcs of metrics, from the position `offset` on.
  init(_ metrics: [Metric], offset: Int) { self.init(metrics.map { $0.weights + offset }) }

  /// Lends the weights of all turns, by lane, to `body`, which reads them.
  static func withTurnWeights(_ turnWeights: [[Weight]], _ body: (Self) -> Void) {
    withArrays(turnWeights[...], []) { body(Self($0)) }
  }

  private static func withArrays(
    _ rest: ArraySlice<[Weight]>, _ arrays: [UnsafeMutablePointer<Weight>],
    _ body: ([UnsafeMutablePointer<Weight>]) -> Void
  ) {
    guard let first = rest.first else { return body(arrays) }
    first.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      withArrays(rest.dropFirst(), arrays + [UnsafeMutablePointer(mutating: base)], body)
    }
  }
}

/// One array.
struct OneLane: WeightLanes {
  private let weights: UnsafeMutablePointer<Weight>

  init(_ arrays: [UnsafeMutablePointer<Weight>]) { weights = arrays[0] }

  @inline(__always) subscript(position: Int) -> Weight {
    get { weights[position] }
    nonmutating set { weights[position] = newValue }
  }

  @inline(__always) func four(from position: Int) -> (Weight, Weight, Weight, Weight) {
    (weights[position], weights[position &+ 1], weights[position &+ 2], weights[position &+ 3])
  }
}

/// Up to four arrays.
struct FourLanes: WeightLanes {
  private let first: UnsafeMutablePointer<Int32>
  private let second: UnsafeMutablePointer<Int32>
  private let third: UnsafeMutablePointer<Int32>
  private let fourth: UnsafeMutablePointer<Int32>

  init(_ arrays: [UnsafeMutablePointer<Weight>]) {
    func lane(_ number: Int) -> UnsafeMutablePointer<Int32> {
      // A weight is at most infinity, which is the largest of both types.
      UnsafeMutableRawPointer(arrays[min(number, arrays.count - 1)]).assumingMemoryBound(to: Int32.self)
    }
    (first, second, third, fourth) = (lane(0), lane(1), lane(2), lane(3))
  }

  @inline(__always) subscript(position: Int) -> FourWeights {
    get { FourWeights(bits: SIMD4(first[position], second[position], third[position], fourth[position])) }
    nonmutating set {
      first[position] = newValue.bits[0]
      second[position] = newValue.bits[1]
      third[position] = newValue.bits[2]
      fourth[position] = newValue.bits[3]
    }
  }

  /// Four positions of each array are loaded at once and turned into four lanes of each position.
  @inline(__always) func four(from position: Int) -> (FourWeights, FourWeights, FourWeights, FourWeights) {
    let (a, b) = (Self.load(first + position), Self.load(second + position))
    let (c, d) = (Self.load(third + position), Self.load(fourth + position))
    return (
      FourWeights(bits: SIMD4(a[0], b[0], c[0], d[0])), FourWeights(bits: SIMD4(a[1], b[1], c[1], d[1])),
      FourWeights(bits: SIMD4(a[2], b[2], c[2], d[2])), FourWeights(bits: SIMD4(a[3], b[3], c[3], d[3]))
    )
  }

  @inline(__always) private static func load(_ weights: UnsafeMutablePointer<Int32>) -> SIMD4<Int32> {
    UnsafeRawPointer(weights).loadUnaligned(as: SIMD4<Int32>.self)
  }
}

/// A point or a vector of the plane in meters; x grows to the east and y to the north.
struct PlanePoint: Equatable, Sendable {
  var x: Double
  var y: Double

  static let zero = PlanePoint(x: 0, y: 0)

  static func + (left: PlanePoint, right: PlanePoint) -> PlanePoint {
    PlanePoint(x: left.x + right.x, y: left.y + right.y)
  }

  static func - (left: PlanePoint, right: PlanePoint) -> PlanePoint {
    PlanePoint(x: left.x - right.x, y: left.y - right.y)
  }

  static func * (vector: PlanePoint, factor: Double) -> PlanePoint {
    PlanePoint(x: vector.x * factor, y: vector.y * factor)
  }

  func dot(_ other: PlanePoint) -> Double { x * other.x + y * other.y }

  /// Positive where `other` lies to the left.
  func cross(_ other: PlanePoint) -> Double { x * other.y - y * other.x }

  var length: Double { (x * x + y * y).squareRoot() }

  func distance(to other: PlanePoint) -> Double { (other - self).length }

  /// The vector at length 1; zero stays zero.
  var unit: PlanePoint {
    let size = length
    return size > 0 ? self * (1 / size) : self
  }

  var leftNormal: PlanePoint { PlanePoint(x: -y, y: x) }

  func rotated(_ rotation: PlanePoint) -> PlanePoint {
    PlanePoint(x: x * rotation.x - y * rotation.y, y: x * rotation.y + y * rotation.x)
  }

  func blended(to other: PlanePoint, _ share: Double) -> PlanePoint { self + (other - self) * share }

  /// Grows with the angle of the vector from 0 to 4; spares an arctangent where only the order counts.
  var angleOrder: Double {
    let size = abs(x) + abs(y)
    guard size > 0 else { return 0 }
    let slope = y / size
    if x < 0 { return 2 - slope }
    return slope < 0 ? 4 + slope : slope
  }

  /// The angle of the vector: the estimate by `angleOrder`, refined by Newton's method.
  var angleRadians: Double {
    let direction = unit
    var angle = angleOrder * (Double.pi / 2)
    for _ in 0..<4 { angle += PlanePoint(angleRadians: angle).cross(direction) }
    return angle
  }

  /// Distance from this point to the segment from `start` to `end`.
  func distance(toSegmentFrom start: PlanePoint, to end: PlanePoint) -> Double {
    let along = end - start
    let squared = along.dot(along)
    guard squared > 0 else { return distance(to: start) }
    let share = min(1, max(0, (self - start).dot(along) / squared))
    return distance(to: start.blended(to: end, share))
  }
}

extension PlanePoint {
  /// The unit vector at an angle, counter-clockwise from the x axis: cosine and sine by their Taylor series after
  /// reduction to a quarter turn.
  ///
  /// The C library's differ in the last bit between systems, which would change a city's bytes.
  init(angleRadians: Double) {
    let quarters = (angleRadians / (Double.pi / 2)).rounded()
    let rest = angleRadians - quarters * (Double.pi / 2)
    let square = rest * rest
    var (cosine, sine) = (1.0, 1.0)
    for step in stride(from: 18.0, through: 2, by: -2) {
      cosine = 1 - square / (step * (step - 1)) * cosine
      sine = 1 - square / (step * (step + 1)) * sine
    }
    sine *= rest
    switch ((Int(quarters) % 4) + 4) % 4 {
    case 0: (x, y) = (cosine, sine)
    case 1: (x, y) = (-sine, cosine)
    case 2: (x, y) = (-cosine, -sine)
    default: (x, y) = (sine, -cosine)
    }
  }
}

/// Where two segments cross, as shares of each; nil when they don't.
func crossing(
  _ first: (start: PlanePoint, end: PlanePoint), _ second: (start: PlanePoint, end: PlanePoint)
) -> (first: Double, second: Double)? {
  let (along, other) = (first.end - first.start, second.end - second.start)
  let denominator = along.cross(other)
  guard denominator != 0 else { return nil }
  let gap = second.start - first.start
  let (onFirst, onSecond) = (gap.cross(other) / denominator, gap.cross(along) / denominator)
  guard onFirst >= 0, onFirst <= 1, onSecond >= 0, onSecond <= 1 else { return nil }
  return (onFirst, onSecond)
}

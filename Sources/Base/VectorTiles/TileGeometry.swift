/// The geometry of one feature, as commands of a pen that moves between whole units.
struct TileGeometry {
  private var commands = ProtobufBytes()
  private var pen = SIMD2<Int64>(0, 0)

  private enum Command: UInt64 {
    case moveTo = 1
    case lineTo = 2
  }

  var packed: [UInt8] { commands.bytes }
  var isEmpty: Bool { commands.bytes.isEmpty }

  mutating func removeAll() {
    commands.removeAll()
    pen = SIMD2(0, 0)
  }

  mutating func add(point: MercatorPosition) { move(to: Self.rounded(point)) }

  /// Adds a line without the points that fall on the one before. What is no longer than a unit is left out or, if it is
  /// to be seen always, made a unit long. O(points).
  mutating func add(_ line: [MercatorPosition], isSeenAlways: Bool) {
    var points: [SIMD2<Int64>] = []
    points.reserveCapacity(line.count)
    for point in line.lazy.map(Self.rounded) where points.last != point { points.append(point) }
    if points.count == 1, isSeenAlways { points.append(points[0] &+ SIMD2(1, 0)) }
    guard points.count > 1 else { return }
    move(to: points[0])
    append(.lineTo, count: points.count - 1)
    for point in points.dropFirst() { append(step(to: point)) }
  }

  private mutating func move(to point: SIMD2<Int64>) {
    append(.moveTo, count: 1)
    append(step(to: point))
  }

  private mutating func step(to point: SIMD2<Int64>) -> SIMD2<Int64> {
    defer { pen = point }
    return point &- pen
  }

  private mutating func append(_ command: Command, count: Int) {
    commands.append(UInt64(count) << 3 | command.rawValue)
  }

  private mutating func append(_ step: SIMD2<Int64>) {
    commands.append(zigzag: step.x)
    commands.append(zigzag: step.y)
  }

  private static func rounded(_ point: MercatorPosition) -> SIMD2<Int64> {
    SIMD2(Int64(point.x.rounded()), Int64(point.y.rounded()))
  }
}

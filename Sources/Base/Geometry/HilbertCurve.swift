/// The Hilbert curve over a grid of 65,536 x 65,536 cells: places near on the curve are near on the ground.
public enum HilbertCurve {
  /// The position of a coordinate on the curve that fills `box`. O(1). A coordinate outside is moved to the border.
  public static func position(of coordinate: Coordinate, in box: BoundingBox) -> UInt32 {
    position(
      x: cell(coordinate.longitudeE7, from: box.minLongitudeE7, to: box.maxLongitudeE7),
      y: cell(coordinate.latitudeE7, from: box.minLatitudeE7, to: box.maxLatitudeE7))
  }

  private static func cell(_ value: Int32, from low: Int32, to high: Int32) -> UInt32 {
    let width = max(Int64(high) - Int64(low), 1)
    return UInt32(max(0, min(65_535, (Int64(value) - Int64(low)) * 65_535 / width)))
  }

  /// Quadrant by quadrant from the coarsest: rotate so that each quadrant continues where the last one ended.
  static func position(x: UInt32, y: UInt32) -> UInt32 {
    var (x, y, position) = (x, y, UInt32(0))
    var side: UInt32 = 32_768
    while side > 0 {
      let (right, upper) = (x & side != 0, y & side != 0)
      position += side &* side &* (right ? (upper ? 2 : 3) : (upper ? 1 : 0))
      if !upper {
        if right { (x, y) = (65_535 - x, 65_535 - y) }
        (x, y) = (y, x)
      }
      side /= 2
    }
    return position
  }
}

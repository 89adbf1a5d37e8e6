import Foundation

/// Korea's national point numbers (국가지점번호): squares of 10 m that signs in mountains and on poles name, such as
/// `다사 5393 5204`. Two letters name the 100 km east and north, four digits each the 10 m within them.
///
/// The grid lies on UTM-K (EPSG:5179): transverse Mercator of GRS 80 about 127.5° E and 38° N.
public struct NationalPointNumber: Hashable, Sendable, CustomStringConvertible {
  private static let projection = TransverseMercator(
    radiusMeters: 6_378_137, flattening: 1 / 298.257222101, origin: (38, 127.5), scale: 0.9996,
    falseOrigin: (1_000_000, 2_000_000))
  private static let letters = Array("가나다라마바사아")
  private static let (baseEast, baseNorth) = (700_000.0, 1_300_000.0)
  private static let cellMeters = 10.0
  private static let cellsOfSquare = 10_000

  /// Cells of 10 m from the grid's corner in the south-west.
  private let (cellEast, cellNorth): (Int, Int)

  private init?(cellEast: Int, cellNorth: Int) {
    let cells = 0..<Self.letters.count * Self.cellsOfSquare
    guard cells.contains(cellEast), cells.contains(cellNorth) else { return nil }
    (self.cellEast, self.cellNorth) = (cellEast, cellNorth)
  }

  /// The square in which a place lies; `nil` outside of the grid. O(1).
  public init?(_ place: Coordinate) {
    let (east, north) = Self.projection.meters(latitude: place.latitude, longitude: place.longitude)
    let cells = [east - Self.baseEast, north - Self.baseNorth].map { ($0 / Self.cellMeters).rounded(.down) }
    guard let cellEast = Int(exactly: cells[0]), let cellNorth = Int(exactly: cells[1]) else { return nil }
    self.init(cellEast: cellEast, cellNorth: cellNorth)
  }

  /// Reads a number as it stands on signs, whatever blanks and hyphens are in it; `nil` if it is none. O(1).
  public init?(text: String) {
    let signs = text.precomposedStringWithCanonicalMapping.filter { !$0.isWhitespace && $0 != "-" }
    guard signs.count == 10, let east = Self.letters.firstIndex(of: Array(signs)[0]),
      let north = Self.letters.firstIndex(of: Array(signs)[1])
    else { return nil }
    let digits = signs.dropFirst(2)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let restEast = Int(digits.prefix(4)),
      let restNorth = Int(digits.suffix(4))
    else { return nil }
    self.init(
      cellEast: east * Self.cellsOfSquare + restEast, cellNorth: north * Self.cellsOfSquare + restNorth)
  }

  /// The middle of the square. O(1).
  public var middle: Coordinate? {
    let degrees = Self.projection.degrees(
      east: Self.baseEast + (Double(cellEast) + 0.5) * Self.cellMeters,
      north: Self.baseNorth + (Double(cellNorth) + 0.5) * Self.cellMeters)
    return Coordinate(latitude: degrees.latitude, longitude: degrees.longitude)
  }

  public var description: String {
    func digits(_ cell: Int) -> String {
      let digits = String(cell % Self.cellsOfSquare)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }
    let square = [cellEast, cellNorth].map { String(Self.letters[$0 / Self.cellsOfSquare]) }.joined()
    return "\(square) \(digits(cellEast)) \(digits(cellNorth))"
  }
}

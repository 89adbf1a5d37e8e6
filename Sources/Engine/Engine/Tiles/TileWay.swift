import Geometry
import Profiles
import RoadGraph
import VectorTiles

/// The stretches of one OSM way that a tile shows, in the order in which they lie along it.
struct TileWay {
  let network: RoadNetwork
  let pieces: ArraySlice<TilePiece>
  let id: WayID

  /// - Parameter pieces: one at least, all of one way.
  init(_ network: RoadNetwork, _ pieces: ArraySlice<TilePiece>) {
    (self.network, self.pieces) = (network, pieces)
    guard let way = pieces.first.flatMap({ network.way(of: $0.piece) }) else {
      preconditionFailure("stretches of no way")
    }
    id = way
  }

  var way: Way { network.ways[id] }
  /// As the map has them at most times.
  var attributes: RoadAttributes { network.attributes[way.attributes] }
  var name: String { network.texts[way.name] }
  var ref: String { network.texts[way.ref] }

  /// The lines that its stretches make, in the direction of the way; stretches that meet are one line. O(points).
  var lines: [[Coordinate]] {
    var lines = TileLines()
    for piece in pieces {
      let shape = network.shape(of: piece.segment)[network.pointRange(of: piece.piece, in: piece.segment)]
      if network.pieces[piece.piece].isReversed { lines.add(shape.reversed()) } else { lines.add(shape) }
    }
    return lines.lines
  }

  /// The direction of travel along a stretch that goes with the way, or against it.
  func direction(_ piece: TilePiece, isAgainstWay: Bool) -> SegmentDirection {
    network.pieces[piece.piece].isReversed == isAgainstWay ? .forward : .backward
  }

  /// What a profile makes of it in both directions. O(1).
  func speeds(_ costs: CostModel?) -> TileSpeeds {
    guard let costs, let piece = pieces.first else { return TileSpeeds() }
    func speed(isAgainstWay: Bool) -> Int {
      costs.speedKmh(piece.piece, direction(piece, isAgainstWay: isAgainstWay)).map { max(Int($0.rounded()), 1) } ?? 0
    }
    return TileSpeeds(forwardKmh: speed(isAgainstWay: false), backwardKmh: speed(isAgainstWay: true))
  }
}

/// The speeds of a vehicle along an OSM way and against it, in whole km/h; 0 where it can't drive, and `nil` if no
/// vehicle is meant.
struct TileSpeeds: Hashable, Sendable {
  var forwardKmh: Int?
  var backwardKmh: Int?

  /// `speed_kmh` along the line, and `backward_speed_kmh` only where it is another one.
  var tags: (forward: TileValue?, backward: TileValue?) {
    (forwardKmh.map(TileValue.whole), backwardKmh == forwardKmh ? nil : backwardKmh.map(TileValue.whole))
  }
}

/// Lines that are put together from stretches that follow one another.
struct TileLines {
  private(set) var lines: [[Coordinate]] = []

  /// Adds a stretch; where the last one ends it goes on. A line ends at the 180th meridian, where the map does.
  mutating func add(_ stretch: some Collection<Coordinate>) {
    guard let first = stretch.first else { return }
    if lines.last?.last != first { lines.append([first]) }
    for point in stretch.dropFirst() {
      let last = lines.count - 1
      if let before = lines[last].last, BoundingBox.spansMeridian(before, point) {
        lines.append([point])
      } else {
        lines[last].append(point)
      }
    }
  }
}

extension TileAddress {
  /// Lines in units of the tile, without points that nobody sees. O(points).
  func drawn(_ lines: [[Coordinate]]) -> [[MercatorPosition]] {
    lines.map { line in Simplification.points(of: line.map { units(of: .of($0)) }, tolerance: toleranceUnits) }
  }

  /// How far a line may be from what it is: nothing near by, and about half a pixel farther out.
  var toleranceUnits: Double { zoom < Self.exactZoom ? 2 : 0 }

  private static let exactZoom = 14
}

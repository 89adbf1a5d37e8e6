import Geometry
import Testing
import VectorTiles

@Suite struct TileAddressTests {
  @Test(arguments: [(-1, 0, 0), (25, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (3, 0, -1)])
  func refusesWhatIsNoTile(_ zoom: Int, _ column: Int, _ row: Int) {
    #expect(TileAddress(zoom: zoom, column: column, row: row) == nil)
  }

  /// What the formula of OpenStreetMap's wiki (Slippy map tilenames), in Python, gives for Seoul's city hall.
  @Test(arguments: [(0, 0, 0), (8, 218, 99), (14, 13_970, 6_344), (17, 111_767, 50_758)])
  func findsTheTileOfAPlace(_ zoom: Int, _ column: Int, _ row: Int) throws {
    let hall = try #require(Coordinate(latitude: 37.5663, longitude: 126.9779))
    #expect(TileAddress(of: hall, zoom: zoom) == TileAddress(zoom: zoom, column: column, row: row))
  }

  @Test func measuresFromTheNorthWestCorner() throws {
    let world = try #require(TileAddress(zoom: 0, column: 0, row: 0))
    let middle = world.units(of: .of(Coordinate(latitudeE7: 0, longitudeE7: 0)))
    #expect(middle == MercatorPosition(2_048, 2_048))
    let quarter = try #require(TileAddress(zoom: 1, column: 1, row: 0))
    #expect(quarter.units(of: .of(Coordinate(latitudeE7: 0, longitudeE7: 0))) == MercatorPosition(0, 4_096))
    #expect(quarter.unit == 1.0 / 8_192)
  }

  @Test func hasABoxThatIsWhatItDraws() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<1_000 {
      let zoom = Int.random(in: 4...18, using: &random)
      let place = try #require(
        Coordinate(
          latitude: Double.random(in: -80...80, using: &random),
          longitude: Double.random(in: -150...150, using: &random)))
      let tile = TileAddress(of: place, zoom: zoom)
      let units = tile.units(of: .of(place))
      #expect(units.x >= -0.01 && units.x <= 4_096.01 && units.y >= -0.01 && units.y <= 4_096.01)
      #expect(tile.box.contains(place))
      let (box, margin) = (tile.box, Double(TileAddress.marginUnits))
      let corner = tile.units(
        of: .of(Coordinate(latitudeE7: box.maxLatitudeE7, longitudeE7: box.minLongitudeE7)))
      // Of what is drawn nothing lies outside of the box, which is larger by a rounded coordinate at most.
      let slack = 1e-7 / 360 / tile.unit * 2 + 1e-3
      #expect(corner.x <= -margin + 1e-5 && corner.x > -margin - slack)
      #expect(corner.y <= -margin + 1e-5 && corner.y > -margin - slack * 3)
    }
  }
}

import API
import Engine
import Geometry
import TestSupport
import Testing

@Suite struct TableTests {
  /// A one-way and a place that nothing leads to.
  private static func town() throws -> Town {
    var town = try Town("A---B---C   D---E")
    town.road("AB", kmh: 36, tags: ["name": "High Street"])
    town.oneway("BC", kmh: 36, tags: ["name": "Low Street"])
    return town
  }

  @Test func oneRequestByteForByte() throws {
    let town = try Self.town()
    let url = "/table/v1/driving/\(town.map.url("ABC"))?annotations=duration,distance&generate_hints=false"
    let expected = """
      {"code":"Ok","distances":[[0,400,800],[400,0,400],[null,null,0]],"durations":[[0,40,80],[40,0,40],[null,null,0]]
      ,"sources":[{"location":[100,0.1],"name":"High Street","distance":0},{"location":[100.003597,0.1],
      "name":"High Street","distance":0},{"location":[100.007195,0.1],"name":"Low Street","distance":0}],
      "destinations":[{"location":[100,0.1],"name":"High Street","distance":0},{"location":[100.003597,0.1],
      "name":"High Street","distance":0},{"location":[100.007195,0.1],"name":"Low Street","distance":0}]}
      """
    #expect(try Desk(town).text(url) == expected.replacing("\n", with: ""))
  }

  @Test func partsOfATable() throws {
    let town = try Self.town()
    let desk = try Desk(town)
    let url = "/table/v1/driving/\(town.map.url("ABC"))"
    let whole = try desk.json(url)
    #expect(whole.names == ["code", "destinations", "durations", "sources"])
    #expect(whole["durations"].list.map { $0.list.map(\.number) } == [[0, 40, 80], [40, 0, 40], [nil, nil, 0]])
    #expect(whole["durations"][2][0].isNull)
    let part = try desk.json(url + "?sources=1&destinations=2%3B0&annotations=distance&skip_waypoints=true")
    #expect(part.names == ["code", "distances"])
    #expect(part["distances"].list.map { $0.list.map { $0.number?.rounded() } } == [[400, 400]])
    #expect(
      try desk.json(url + "?sources=all&destinations=all")["durations"].description == whole["durations"].description)
    let slow = try desk.json(url + "?scale_factor=2.5")
    #expect(slow["durations"].list.map { $0.list.map(\.number) } == [[0, 100, 200], [100, 0, 100], [nil, nil, 0]])
  }

  /// Where no way leads, the way through the air counts, and is told.
  @Test func fallback() throws {
    let town = try Self.town()
    let desk = try Desk(town)
    let url = "/table/v1/driving/\(town.map.url("AC"))?annotations=duration,distance&fallback_speed=20"
    let table = try desk.json(url)
    #expect(table["fallback_speed_cells"].list.map { $0.list.map(\.number) } == [[1, 0]])
    let meters = town.map.coordinate("A").distanceMeters(to: town.map.coordinate("C"))
    #expect(abs((table["distances"][1][0].number ?? 0) - meters) < 0.1)
    #expect(abs((table["durations"][1][0].number ?? 0) - meters / 20) < 0.1)
    #expect(try desk.json(url + "&fallback_coordinate=snapped")["durations"][1][0].number != nil)
  }

  /// Each cell is what the matrix says, in random towns.
  @Test(arguments: 0..<10)
  func cellsAreThoseOfTheMatrix(_ seed: Int) throws {
    let town = RandomTown(seed: UInt64(seed))
    let engine = try TestEngine(.text(opl: town.text.opl)).engine
    let desk = Desk(engine)
    var random = SeededGenerator(seed: UInt64(seed))
    let places = (0..<12).map { _ in town.place(&random) }
    let url = "/table/v1/driving/" + places.map { "\($0.longitude),\($0.latitude)" }.joined(separator: ";")
    var request = MatrixRequest(
      origins: places.map { Place($0) }, destinations: places.map { Place($0) }, profile: "plain")
    request.wantsLengths = true
    let matrix = try engine.matrix(request)
    let table = try desk.json(url + "?annotations=distance,duration")
    if matrix.origins.contains(nil) || matrix.destinations.contains(nil) {
      #expect(table["code"].text == "NoSegment", "seed \(seed)")
      return
    }
    for row in places.indices {
      for column in places.indices {
        let cell = row * places.count + column
        let (seconds, meters) = (table["durations"][row][column], table["distances"][row][column])
        if matrix.travelSeconds[cell] == MatrixAnswer.noWay {
          #expect(seconds.isNull && meters.isNull, "seed \(seed)")
        } else {
          #expect(abs((seconds.number ?? -9) - matrix.travelSeconds[cell]) <= 0.051, "seed \(seed)")
          #expect(abs((meters.number ?? -9) - matrix.lengthMeters[cell]) <= 0.051, "seed \(seed)")
        }
      }
    }
  }
}

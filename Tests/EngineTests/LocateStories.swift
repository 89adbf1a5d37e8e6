import API
import Foundation
import Geometry
import Languages
import MapImport
import PlaceNames
import TestSupport
import Testing

@testable import Engine

/// Where somebody is, in words.
@Suite struct LocateStories {
  private func locate(
    _ town: Town, _ from: Character, _ to: Character, heading: Bool = false,
    _ change: (inout LocateRequest) -> Void = { _ in }
  ) throws -> LocateAnswer {
    let bearing = town.map.coordinate(from).bearingDegrees(to: town.map.coordinate(to))
    var request = LocateRequest(Place(town.map.middle(from, to), headingDegrees: heading ? bearing : nil))
    change(&request)
    return try town.testEngine().engine.locate(request)
  }

  private func found(_ town: Town, _ text: String) throws -> [String] {
    try town.testEngine().engine.locate(LocateRequest(text: text)).found.map { "\($0.kind.rawValue) \($0.name)" }
  }

  private func refusal(_ town: Town, _ request: LocateRequest) throws -> EngineError? {
    let engine = try town.testEngine().engine
    return #expect(throws: EngineError.self) { try engine.locate(request) }
  }

  private func street() throws -> Town {
    var town = try Town(
      """
      E     F
      |     |
      A--1--B--2--C
      """, metersPerCell: 50)
    town.road("ABC", tags: ["name": "Main"])
    town.road("EA", tags: ["name": "West"])
    town.road("FB", tags: ["name": "East"])
    return town
  }

  /// Without a heading both directions of a road are as likely, and the question tells them apart.
  @Test func bothDirectionsOfARoadAreTold() throws {
    let answer = try locate(street(), "A", "B")
    #expect(answer.roads.count == 2)
    #expect(answer.roads.map(\.probability) == [0.5, 0.5])
    #expect(Set(answer.roads.map(\.towards)) == ["East", "West"])
    let east = try #require(answer.roads.first { $0.towards == "East" })
    #expect(east.before?.name == "Main × West" && east.after?.name == "Main × East")
    #expect(abs((east.after?.lengthMeters ?? 0) - 150) < 1 && east.after?.toward == .east)
    #expect(east.words == "150 m after West, 150 m before East")
    #expect(!east.isDivided)
    let names = answer.roads.map(\.towards)
    #expect(
      answer.roads[0].question == "towards \(names[0]) or towards \(names[1])?" && answer.roads[1].question.isEmpty)
  }

  /// A heading leaves one direction of a road that isn't divided.
  @Test func headingsChooseTheDirection() throws {
    let answer = try locate(street(), "B", "A", heading: true)
    #expect(answer.roads.map(\.towards) == ["West"] && answer.roads[0].probability == 1)
  }

  /// The other carriageway is always told, whatever the heading, and even if one road is asked for.
  @Test func bothCarriagewaysAreTold() throws {
    var town = try Town(
      """
      A--1--B
      C-----D
      """, metersPerCell: 20)
    town.oneway("AB", tags: ["name": "Long Road"])
    town.oneway("DC", tags: ["name": "Long Road"])
    let answer = try locate(town, "A", "B", heading: true) { $0.count = 1 }
    #expect(answer.roads.map(\.isDivided) == [true, true])
    #expect(abs(answer.roads[0].road.headingDegrees - 90) < 1 && abs(answer.roads[1].road.headingDegrees - 270) < 1)
    #expect(answer.roads[0].probability > 0.9)
    #expect(answer.roads[0].question == "driving east or west?")
    #expect(abs(answer.roads.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
  }

  /// A bridge and the street below it are two roads, and the question names what the caller sees.
  @Test func stackedRoadsAreToldApart() throws {
    var town = try Town(
      """
         C
         |
      A--+--B
         |
         D
      """, metersPerCell: 50)
    town.road("AB", tags: ["name": "High", "bridge": "yes", "layer": "1", "bridge:name": "Long Bridge"])
    town.road("CD", tags: ["name": "Low"])
    let answer = try locate(town, "A", "B")
    #expect(answer.roads.count == 4)
    let bridge = try #require(answer.roads.first { $0.road.name == "High" })
    #expect(bridge.structure == "Long Bridge" && bridge.words == "bridge Long Bridge, level 1")
    let questions = answer.roads.map(\.question)
    #expect(questions.contains("on the bridge or below it?"), "\(questions)")
    let lower = try locate(town, "A", "B") { request in
      guard case .place(var place) = request.from else { return }
      place.levels = LevelFilter(layers: 0...0)
      request.from = .place(place)
    }
    #expect(Set(lower.roads.map(\.road.name)) == ["Low"])
  }

  /// Signs say where a road leads before junctions do.
  @Test func destinationsCountBeforeJunctions() throws {
    var town = try street()
    town.road("ABC", tags: ["name": "Main", "destination:forward": "Airport;Harbour"])
    let answer = try locate(town, "A", "B")
    #expect(Set(answer.roads.map(\.towards)) == ["Airport, Harbour", "West"])
  }

  @Test func offTheRoadDistanceAndDirectionAreTold() throws {
    let town = try street()
    let corner = town.map.coordinate("C")
    let far = Coordinate(
      latitudeE7: corner.latitudeE7, longitudeE7: corner.longitudeE7 + Int32(430 / Earth.metersPerDegree * 1e7))
    let answer = try town.testEngine().engine.locate(LocateRequest(Place(far)))
    #expect(answer.roads.count == 1 && answer.roads[0].offRoad == .east && answer.roads[0].probability == 1)
    #expect(answer.roads[0].words == "430 m east of Main")
    let ocean = Coordinate(latitudeE7: 0, longitudeE7: 0)
    #expect(try refusal(town, LocateRequest(Place(ocean)))?.code == .offMap)
  }

  @Test func wordsComeInTheLanguageThatIsAskedFor() throws {
    let town = try street()
    let korean = try locate(town, "A", "B", heading: true) { $0.language = "ko" }
    #expect(korean.roads[0].words == "West를 지나 150 m, East 150 m 전")
    let vietnamese = try locate(town, "A", "B", heading: true) { $0.language = "vi" }
    #expect(vietnamese.roads[0].words == "đã qua West 150 m, còn 150 m đến East")
    var request = LocateRequest(Place(town.map.middle("A", "B")))
    request.language = "tlh"
    #expect(try refusal(town, request)?.code == .unknownLanguage)
  }

  // MARK: Text

  @Test func textsLeadToPlaces() throws {
    let town = try street()
    #expect(try found(town, "main x east") == ["crossing Main × East"])
    #expect(try found(town, "Main × W") == ["crossing Main × West"])
    #expect(try found(town, "EAST") == ["street East"])
    #expect(try found(town, "ma") == ["street Main"])
    let place = town.map.coordinate("1")
    let answer = try town.testEngine().engine.locate(LocateRequest(text: "\(place)"))
    #expect(answer.coordinate == place && answer.found.map(\.kind) == [.coordinate] && !answer.roads.isEmpty)
    for text in ["", "nowhere", "x", "Main x nowhere"] {
      #expect(try refusal(town, LocateRequest(text: text))?.code == .unreadablePlace, "\(text)")
    }
    let long = String(repeating: "a", count: Limits.locateTextBytesMax + 1)
    #expect(try refusal(town, LocateRequest(text: long))?.code == .limitExceeded)
  }

  @Test func marksOverLettersDoNotMatter() throws {
    var town = try Town("A--B--C", metersPerCell: 100)
    town.road("AB", tags: ["name": "Đường Nguyễn Trãi"])
    town.road("BC", tags: ["name": "세종대로", "name:en": "Sejong-daero"])
    #expect(try found(town, "duong nguyen trai") == ["street Đường Nguyễn Trãi"])
    #expect(try found(town, "nguyễn") == ["street Đường Nguyễn Trãi"])
    for text in ["세종대", "세종대로".decomposed, "세조", "sejong daero", "Sejong"] {
      #expect(try found(town, text) == ["street 세종대로"], "\(text)")
    }
  }

  @Test func stationsAndFeaturesAreFound() throws {
    var town = try Town("A--a--B", metersPerCell: 100)
    town.unit("a") { unit in unit.station = "Central Station" }
    let engine = try town.testEngine().engine
    let hydrant = LayerFeature(id: "H-3391", name: "Market hydrant", .point(town.map.coordinate("B")))
    _ = try engine.putLayer(Layer("hydrants", features: [hydrant]), by: .local, within: .none)
    #expect(try found(town, "central") == ["station Central Station"])
    #expect(try found(town, "h-3391") == ["feature Market hydrant"])
    #expect(try found(town, "hydrant") == ["feature Market hydrant"])
    let place = try engine.locate(LocateRequest(text: "H3391")).found[0]
    #expect(place.layer == "hydrants" && place.id == "H-3391" && place.coordinate == town.map.coordinate("B"))
    _ = try engine.removeLayer("hydrants", by: .local)
    #expect(try refusal(town, LocateRequest(text: "h-3391"))?.code == .unreadablePlace)
  }

  // MARK: Layers

  private func marker(_ town: Town, _ letter: Character, _ km: String) -> LayerFeature {
    LayerFeature(
      id: String(letter), .point(town.map.coordinate(letter)),
      tags: [LayerTag("ref", "Main"), LayerTag("direction", "up"), LayerTag("km", km)])
  }

  @Test func kilometresLeadToPlacesAndBack() throws {
    let town = try street()
    let engine = try town.testEngine().engine
    let layer = Layer("markers", features: [marker(town, "A", "10"), marker(town, "C", "10.6")])
    _ = try engine.putLayer(layer, by: .local, within: .none)
    let answer = try locate(town, "A", "B", heading: true)
    let mark = try #require(answer.roads[0].mark)
    #expect(abs(mark.kilometres - 10.15) < 0.051 && mark.direction == "up" && mark.road == "Main")
    let place = try engine.locate(LocateRequest(text: "Main up 10.3"))
    #expect(place.coordinate.distanceMeters(to: town.map.coordinate("B")) < 1)
    #expect(place.found.map(\.kind) == [.kilometre])
    let error = try refusal(town, LocateRequest(text: "Main 12"))
    #expect(error?.code == .unknownMarker && error?.message.contains("10.0 to 10.6") == true)
  }

  @Test func districtsAndFeaturesNearbyAreTold() throws {
    let town = try street()
    let first = try town.testEngine().engine
    var layers = LocateLayers()
    (layers.districts, layers.nearby) = ("districts", ["poles", "missing"])
    let engine = try TocsinEngine(map: first.map, profiles: TestProfiles.all, locateLayers: layers)
    let place = town.map.middle("A", "B")
    let corners = [(-9, -9), (-9, 9), (9, 9), (9, -9)].map { north, east in
      Coordinate(
        latitudeE7: place.latitudeE7 + Int32(north) * 1_000, longitudeE7: place.longitudeE7 + Int32(east) * 1_000)
    }
    let district = LayerFeature(id: "d", name: "Old Town", .areas([Area(corners)]))
    _ = try engine.putLayer(Layer("districts", features: [district]), by: .local, within: .none)
    let poles = [("near", 100), ("nearer", 50), ("far", 50_000)].map { id, offset in
      LayerFeature(
        id: id,
        .point(
          Coordinate(latitudeE7: place.latitudeE7 + Int32(offset) * 100, longitudeE7: place.longitudeE7)))
    }
    _ = try engine.putLayer(Layer("poles", features: poles), by: .local, within: .none)
    let answer = try engine.locate(LocateRequest(Place(place)))
    #expect(answer.district == "Old Town" && answer.nearby.map(\.id) == ["nearer", "near"])
    #expect(answer.nationalPointNumber.isEmpty)
  }

  // MARK: A real city

  /// Two bridges over the Han, one above the other: the upper one with both carriageways, and the question is the deck.
  @Test(.enabled(if: RealMaps.path("seoul") != nil, "\(RealMaps.hint)"))
  func banpoBridges() throws {
    let network = try MapImporter(source: .file(#require(RealMaps.path("seoul")))).run().network
    let place = Place(Coordinate(latitudeE7: 375_137_000, longitudeE7: 1_269_965_000), headingDegrees: 160)
    let entries = RoadsAtHand(network: network, place: place, radiusMeters: 50).found(count: 3)
    let writer = PlaceWriter(
      sites: SiteFinder(network: network), language: .usual, markers: KilometreMarkers([], on: network), place: place)
    let roads = writer.roads(entries)
    let upper = roads.filter { $0.road.name == "반포대로" && $0.road.isOnBridge }
    #expect(upper.count == 2 && upper.allSatisfy(\.isDivided) && upper.allSatisfy { $0.road.layer == 2 })
    let lower = try #require(roads.first { $0.road.name == "잠수교" })
    #expect(lower.structure == "잠수교" && lower.road.layer == 1 && !lower.isDivided)
    #expect(abs(roads.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
    #expect(roads.map(\.question).contains("on the upper or the lower deck?"), "\(roads.map(\.question))")
    #expect(roads.allSatisfy { $0.before != nil && $0.after != nil }, "\(roads)")
    let names = MapNameIndex(network)
    #expect(names.matches("잠수교").first.map { network.texts[$0.name] } == "잠수교")
    #expect(names.crossings("세종대로", "새문안로").count == 1)
  }
}

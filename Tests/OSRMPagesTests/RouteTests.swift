import API
import Engine
import Geometry
import TestSupport
import Testing

@Suite struct RouteTests {
  private static func town() throws -> Town {
    var town = try Town(
      """
      A-1-B---C
          |   |
          D---E-2-F
      """)
    town.road("ABC", kmh: 36, tags: ["name": "High Street"])
    town.road("BDEF", kmh: 36, tags: ["name": "Low Street", "ref": "7"])
    town.road("CE", kmh: 9)
    return town
  }

  @Test func oneRequestByteForByte() throws {
    let town = try Self.town()
    let url = "/route/v1/driving/\(town.map.url("12"))?steps=true&overview=full&geometries=geojson&generate_hints=false"
    let expected = """
      {"code":"Ok","routes":[{"legs":[{"steps":[{"intersections":[{"out":0,"entry":[true],"bearings":[90],"location":[
      100.001799,0.1]}],"driving_side":"right","geometry":{"coordinates":[[100.001799,0.1],[100.003597,0.1]],
      "type":"LineString"},"maneuver":{"bearing_after":90,"bearing_before":0,"location":[100.001799,0.1],
      "type":"depart"},"name":"High Street","mode":"driving","weight":20,"duration":20,"distance":200},{
      "intersections":[{"out":1,"in":2,"entry":[true,true,false],"bearings":[90,180,270],"location":[100.003597,0.1]},
      {"out":1,"in":2,"entry":[true,true,false],"bearings":[0,90,270],"location":[100.007195,0.098201]}],
      "driving_side":"right","geometry":{"coordinates":[[100.003597,0.1],[100.003597,0.098201],[100.007195,0.098201],[
      100.008993,0.098201]],"type":"LineString"},"maneuver":{"bearing_after":180,"bearing_before":90,"location":[
      100.003597,0.1],"modifier":"right","type":"turn"},"name":"Low Street","ref":"7","mode":"driving","weight":80,
      "duration":80,"distance":800},{"intersections":[{"in":0,"entry":[true],"bearings":[270],"location":[100.008993,
      0.098201]}],"driving_side":"right","geometry":{"coordinates":[[100.008993,0.098201],[100.008993,0.098201]],
      "type":"LineString"},"maneuver":{"bearing_after":0,"bearing_before":90,"location":[100.008993,0.098201],
      "type":"arrive"},"name":"Low Street","ref":"7","mode":"driving","weight":0,"duration":0,"distance":0}],
      "summary":"High Street, Low Street","weight":100,"duration":100,"distance":1000}],"weight_name":"duration",
      "geometry":{"coordinates":[[100.001799,0.1],[100.003597,0.1],[100.003597,0.098201],[100.007195,0.098201],[
      100.008993,0.098201]],"type":"LineString"},"weight":100,"duration":100,"distance":1000}],"waypoints":[{
      "location":[100.001799,0.1],"name":"High Street","distance":0},{"location":[100.008993,0.098201],
      "name":"Low Street","distance":0}]}
      """
    #expect(try Desk(town).text(url) == expected.replacing("\n", with: ""))
  }

  @Test func withoutOptions() throws {
    let town = try Self.town()
    let answer = try Desk(town).json("/route/v1/driving/\(town.map.url("12"))")
    #expect(answer.names == ["code", "routes", "waypoints"])
    #expect(answer["code"].text == "Ok")
    let route = answer["routes"][0]
    #expect(route.names == ["distance", "duration", "geometry", "legs", "weight", "weight_name"])
    #expect(route["duration"].number == route["distance"].number.map { ($0).rounded() / 10 })
    #expect(route["legs"].list.count == 1)
    #expect(route["legs"][0].names == ["distance", "duration", "steps", "summary", "weight"])
    #expect(route["legs"][0]["steps"].list.isEmpty && route["legs"][0]["summary"].text == "")
    let line = try #require(Polyline.decode(route["geometry"].text ?? "", .fiveDigits))
    #expect(line.count == 4)
    #expect(answer["waypoints"].list.map(\.names) == [["distance", "hint", "location", "name"]].flatMap { [$0, $0] })
    #expect(answer["waypoints"].list.map { $0["name"].text } == ["High Street", "Low Street"])
  }

  @Test func geometriesAreTheSameLine() throws {
    let town = try Self.town()
    let desk = try Desk(town)
    func geometry(_ options: String) throws -> JSON {
      try desk.json("/route/v1/driving/\(town.map.url("12"))?overview=full&\(options)")["routes"][0]["geometry"]
    }
    let list = try geometry("geometries=geojson")["coordinates"].list.map { ($0[0].number, $0[1].number) }
    for (precision, name) in [(Polyline.Precision.fiveDigits, "polyline"), (.sixDigits, "polyline6")] {
      let line = try #require(Polyline.decode(geometry("geometries=\(name)").text ?? "", precision))
      #expect(line.count == list.count)
      for (point, pair) in zip(line, list) {
        #expect(abs(point.longitude - (pair.0 ?? 0)) < 1e-5 && abs(point.latitude - (pair.1 ?? 0)) < 1e-5)
      }
    }
    #expect(try geometry("").text == (try geometry("geometries=polyline").text))
    #expect(try geometry("overview=false").value == nil)
  }

  /// Steps of a whole leg: they sum up, their lines join, and they end where the leg does.
  @Test func stepsAreWhole() throws {
    let town = try Self.town()
    let answer = try Desk(town).json("/route/v1/driving/\(town.map.url("1E2"))?steps=true&overview=full")
    let route = answer["routes"][0]
    #expect(route["legs"].list.map { $0["summary"].text } == ["High Street, Low Street", "Low Street"])
    for leg in route["legs"].list {
      let steps = leg["steps"].list
      #expect(steps.first?["maneuver"]["type"].text == "depart" && steps.last?["maneuver"]["type"].text == "arrive")
      #expect(abs(steps.reduce(0) { $0 + ($1["duration"].number ?? 0) } - (leg["duration"].number ?? 0)) < 0.2)
      #expect(abs(steps.reduce(0) { $0 + ($1["distance"].number ?? 0) } - (leg["distance"].number ?? 0)) < 0.2)
      let lines = steps.map { Polyline.decode($0["geometry"].text ?? "", .fiveDigits) ?? [] }
      #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.last == $1.first })
      for step in steps {
        #expect(step["intersections"][0]["location"].description == step["maneuver"]["location"].description)
        #expect(step["mode"].text == "driving" && step["driving_side"].text == "right")
      }
    }
    let turn = route["legs"][0]["steps"][1]
    #expect(turn["maneuver"]["type"].text == "turn" && turn["maneuver"]["modifier"].text == "right")
    #expect(turn["name"].text == "Low Street" && turn["ref"].text == "7")
    #expect(turn["intersections"][0]["bearings"].list.map(\.number) == [90, 180, 270])
  }

  @Test func annotationsTellEachStretch() throws {
    let town = try Self.town()
    let desk = try Desk(town)
    let url = "/route/v1/driving/\(town.map.url("1E2"))?overview=full&geometries=geojson"
    let route = try desk.json(url + "&annotations=true")["routes"][0]
    var points = 1
    for leg in route["legs"].list {
      let annotation = leg["annotation"]
      #expect(annotation.names == ["datasources", "distance", "duration", "metadata", "nodes", "speed", "weight"])
      let count = annotation["duration"].list.count
      #expect(annotation["nodes"].list.count == count + 1)
      #expect(annotation["distance"].list.count == count && annotation["datasources"].list.count == count)
      #expect(annotation["speed"].list.allSatisfy { abs(($0.number ?? 0) - 10) < 0.2 })
      let meters = annotation["distance"].list.reduce(0) { $0 + ($1.number ?? 0) }
      #expect(abs(meters - (leg["distance"].number ?? 0)) < 1)
      points += count
    }
    #expect(route["geometry"]["coordinates"].list.count == points)
    #expect(route["legs"][0]["annotation"]["nodes"].list.map(\.number) == [1, 2, 4, 5])
    let named = try desk.json(url + "&annotations=duration%2Cdistance")["routes"][0]["legs"][0]
    #expect(named["annotation"].names == ["distance", "duration"])
    #expect(try desk.json(url + "&annotations=false")["routes"][0]["legs"][0]["annotation"].value == nil)
  }

  @Test func alternativesFollow() throws {
    let town = try Town(
      """
          B---C
          |   |
      A---D---E---F
          |   |
          G---H
      """)
    let desk = try Desk(town)
    let places = town.map.url("AF")
    let counts = try ["false", "0", "true", "3"].map {
      try desk.json("/route/v1/driving/\(places)?alternatives=\($0)")["routes"].list.count
    }
    var request = RouteRequest(places: "AF".map { Place(town.map.coordinate($0)) }, profile: "plain")
    request.alternatives = 3
    let found = try town.testEngine().engine.route(request).alternatives.count
    #expect(counts == [1, 1, 1 + min(found, 1), 1 + found])
    let through = "/route/v1/driving/\(town.map.url("AEF"))?alternatives=3"
    #expect(try desk.json(through)["routes"].list.count == 1)
  }

  /// Coordinates that are no waypoints: one leg through them.
  @Test func waypointsJoinLegs() throws {
    let town = try Self.town()
    let desk = try Desk(town)
    let url = "/route/v1/driving/\(town.map.url("1DE2"))?steps=true&annotations=duration&waypoints="
    let all = try desk.json(url + "0;1;2;3")["routes"][0]
    let joined = try desk.json(url + "0;2;3")["routes"][0]
    #expect(all["legs"].list.count == 3 && joined["legs"].list.count == 2)
    #expect(joined["duration"].number == all["duration"].number)
    let seconds = (0...1).reduce(0) { $0 + (all["legs"][$1]["duration"].number ?? 0) }
    #expect(abs((joined["legs"][0]["duration"].number ?? 0) - seconds) < 0.2)
    let kinds = joined["legs"][0]["steps"].list.map { $0["maneuver"]["type"].text }
    #expect(kinds.filter { $0 == "depart" }.count == 1 && kinds.filter { $0 == "arrive" }.count == 1)
    let lengths = joined["legs"][0]["steps"].list.reduce(0) { $0 + ($1["distance"].number ?? 0) }
    #expect(abs(lengths - (joined["legs"][0]["distance"].number ?? 0)) < 0.3)
  }

  /// Who is there already gets a whole answer.
  @Test func fromAPlaceToItself() throws {
    let town = try Self.town()
    let answer = try Desk(town).json("/route/v1/driving/\(town.map.url("11"))?steps=true&annotations=true")
    let leg = answer["routes"][0]["legs"][0]
    #expect(leg["distance"].number == 0)
    #expect(leg["steps"].list.map { $0["maneuver"]["type"].text } == ["depart", "arrive"])
    #expect(Polyline.decode(answer["routes"][0]["geometry"].text ?? "", .fiveDigits)?.count == 2)
  }

  @Test func encodedCoordinatesAreTheSamePlaces() throws {
    let town = try Self.town()
    let desk = try Desk(town)
    // What six digits can say.
    let places = try #require(Polyline.decode(Polyline.encode("12".map { town.map.coordinate($0) })))
    let list = places.map { "\($0.longitude),\($0.latitude)" }.joined(separator: ";")
    let listed = try desk.text("/route/v1/driving/\(list).json?overview=false")
    let encoded = try #require(
      Polyline.encode(places).addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    #expect(try desk.text("/route/v1/driving/polyline6(\(encoded))?overview=false") == listed)
    #expect(try desk.page("/route/v1/plain/\(town.map.url("12"))?overview=false").status == 200)
  }

  /// What makes no difference is taken all the same.
  @Test(arguments: [
    "hints=;", "hints=abc;def", "generate_hints=true", "snapping=any", "radiuses=35000;unlimited", "radiuses=;5",
    "bearings=;", "bearings=90,180;", "approaches=;unrestricted", "continue_straight=default", "exclude=",
  ])
  func optionsThatChangeNothing(_ option: String) throws {
    let town = try Self.town()
    let desk = try Desk(town)
    let url = "/route/v1/driving/\(town.map.url("12"))?overview=false"
    #expect(try desk.text(url + "&" + option) == desk.text(url))
  }

  @Test func placesAreLeftOutIfAsked() throws {
    let town = try Self.town()
    let answer = try Desk(town).json("/route/v1/driving/\(town.map.url("12"))?skip_waypoints=true")
    #expect(answer.names == ["code", "routes"])
  }

  @Test func straightOnMeansNoTurningRound() throws {
    let town = try Town(
      """
      A-1-B-2-------C
          |         |
          D---------E
      """)
    let desk = Desk(try town.testEngine().engine, profiles: ["driving": "ambulance"])
    let url = "/route/v1/driving/\(town.map.url("121"))?overview=false&continue_straight="
    let meters = try ["true", "false", "default"].map {
      try desk.json(url + $0)["routes"][0]["distance"].number ?? 0
    }
    #expect(meters[0] > meters[1] && meters[1] == meters[2])
  }

  @Test func theCurbIsOnTheRight() throws {
    let town = try Town(
      """
      A-1-B-----C
          |     |
          D-----E
      """)
    let end = town.map.middle("B", "C").moved(20, headingDegrees: 0)
    let places = town.map.url("1") + ";\(end.longitude),\(end.latitude)"
    let desk = try Desk(town)
    let meters = try ["curb", "opposite", "unrestricted"].map { approach in
      try desk.json("/route/v1/driving/\(places)?approaches=;\(approach)")["routes"][0]["distance"].number ?? 0
    }
    #expect(meters[0] > meters[1] && meters[1] == meters[2])
  }

  /// Live closures hold.
  @Test func closuresHold() throws {
    let town = try Self.town()
    let url = "/route/v1/driving/\(town.map.url("12"))?overview=false"
    let before = try Desk(town).json(url)["routes"][0]["distance"].number ?? 0
    _ = try town.close("BD", id: "low")
    let around = try Desk(town).json(url)["routes"][0]["distance"].number ?? 0
    #expect(around >= before)
    _ = try town.close("CE")
    #expect(try Desk(town).json(url)["code"].text == "NoRoute")
  }
}

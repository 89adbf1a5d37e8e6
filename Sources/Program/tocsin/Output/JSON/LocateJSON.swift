import API
import AnswerJSON
import Geometry
import Languages

extension LocateAnswer {
  var json: JSONObject {
    [
      "version": version, "lat": coordinate.latitude, "lon": coordinate.longitude, "roads": roads.map(\.json),
      "nationalPointNumber": nationalPointNumber.isEmpty ? nil : nationalPointNumber,
      "nearby": nearby.isEmpty ? nil : nearby.map(\.json), "district": district.isEmpty ? nil : district,
      "found": found.isEmpty ? nil : found.map(\.json),
    ]
  }
}

extension LocatedRoad {
  fileprivate var json: JSONObject {
    road.json + [
      "ref": ref.isEmpty ? nil : ref, "towards": towards.isEmpty ? nil : towards, "before": before?.json,
      "after": after?.json, "divided": isDivided, "structure": structure.isEmpty ? nil : structure,
      "marker": mark?.json, "probability": Rounded.thousandths(probability), "words": words,
      "question": question.isEmpty ? nil : question, "offRoad": offRoad?.rawValue,
    ]
  }
}

extension NamedJunction {
  fileprivate var json: JSONObject {
    [
      "name": name, "lat": coordinate.latitude, "lon": coordinate.longitude,
      "lengthMeters": Rounded.hundredths(lengthMeters), "toward": toward.rawValue,
    ]
  }
}

extension KilometreMark {
  fileprivate var json: JSONObject {
    ["road": road, "kilometres": kilometres, "direction": direction, "errorMeters": Rounded.hundredths(errorMeters)]
  }
}

extension LocatedFeature {
  fileprivate var json: JSONObject {
    [
      "layer": layer, "id": id, "name": name, "lat": coordinate.latitude, "lon": coordinate.longitude,
      "distanceMeters": Rounded.hundredths(distanceMeters),
    ]
  }
}

extension FoundPlace {
  fileprivate var json: JSONObject {
    [
      "kind": kind.rawValue, "name": name, "lat": coordinate.latitude, "lon": coordinate.longitude,
      "headingDegrees": headingDegrees.map(Rounded.hundredths), "layer": layer.isEmpty ? nil : layer,
      "id": id.isEmpty ? nil : id, "district": district.isEmpty ? nil : district,
    ]
  }
}

/// A place for a map: itself, the roads that it may lie on, and the junctions along them.
enum LocateGeoJSON {
  static func features(_ answer: LocateAnswer) -> [JSONObject] {
    let place = GeoJSON.feature(
      [answer.coordinate],
      ["kind": "place", "nationalPointNumber": answer.nationalPointNumber, "district": answer.district])
    return [place] + answer.roads.flatMap(features) + answer.nearby.map(feature) + answer.found.map(feature)
  }

  private static func features(_ road: LocatedRoad) -> [JSONObject] {
    let own = GeoJSON.feature(
      [road.road.coordinate],
      [
        "kind": "road", "name": road.road.name, "towards": road.towards, "words": road.words,
        "probability": Rounded.thousandths(road.probability),
        "headingDegrees": Rounded.hundredths(road.road.headingDegrees),
      ])
    let junctions = [("before", road.before), ("after", road.after)].compactMap { kind, junction in
      junction.map { GeoJSON.feature([$0.coordinate], ["kind": kind, "name": $0.name]) }
    }
    return [own] + junctions
  }

  private static func feature(_ feature: LocatedFeature) -> JSONObject {
    GeoJSON.feature(
      [feature.coordinate],
      ["kind": "feature", "layer": feature.layer, "id": feature.id, "name": feature.name])
  }

  private static func feature(_ found: FoundPlace) -> JSONObject {
    GeoJSON.feature([found.coordinate], ["kind": found.kind.rawValue, "name": found.name])
  }
}

/// A place for people.
enum LocateText {
  static func text(_ answer: LocateAnswer, radiusMeters: Double, _ language: Language) -> String {
    let head = ["\(answer.coordinate)", answer.nationalPointNumber, answer.district].filter { !$0.isEmpty }
    var text = found(answer.found, language) + head.map { Printable.text($0) }.joined(separator: "  ")
    text += "  (±\(Figures.whole(radiusMeters)) m)\n" + roads(answer.roads, language) + nearby(answer.nearby)
    if let question = answer.roads.first?.question, !question.isEmpty {
      text += "\(language.text(.titleAsk)): \(Printable.text(question))\n"
    }
    return text
  }

  /// One meaning says itself; of several people choose.
  private static func found(_ found: [FoundPlace], _ language: Language) -> String {
    if found.count < 2 { return found.map { Printable.text($0.name) + "  " }.joined() }
    return TextTable(">", "", "", "", ">").text(of: found.enumerated()) { number, place in
      [
        "\(number + 1)", language.text(place.kind), place.name,
        [place.layer, place.id, place.district].filter { !$0.isEmpty }.joined(separator: " "),
        place.coordinate.description,
      ]
    } + "\n"
  }

  private static func roads(_ roads: [LocatedRoad], _ language: Language) -> String {
    let titles = [Phrase.titleRoad, .titleWhere, .titleDirection, .titleKilometre].map { language.text($0) }
    var table = TextTable(columns: [">", titles[0], titles[1], titles[2], ">" + titles[3], ">%"])
    for (number, road) in roads.enumerated() {
      let name = [road.ref, road.road.name].filter { !$0.isEmpty }.joined(separator: " ")
      table.add(
        "\(number + 1)", name.isEmpty ? language.text(.nameless) : name, road.words,
        road.towards.isEmpty ? "" : language.text(.towards, [.place: road.towards]),
        road.mark.map { "\($0.direction) \(Figures.decimals($0.kilometres, 1))" } ?? "–",
        Figures.whole(road.probability * 100))
    }
    return table.text
  }

  private static func nearby(_ features: [LocatedFeature]) -> String {
    features.map { feature in
      let name = feature.name.isEmpty ? feature.id : "\(feature.id) \(feature.name)"
      return Printable.text("\(feature.layer) \(name), \(Figures.length(meters: feature.distanceMeters))") + "\n"
    }.joined()
  }
}

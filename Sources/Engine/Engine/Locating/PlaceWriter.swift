import API
import Geometry
import Languages
import PlaceNames
import RoadGraph

/// Puts roads at hand into an answer: facts, and words in one language.
struct PlaceWriter {
  let sites: SiteFinder
  let language: Language
  let markers: KilometreMarkers
  let place: Place

  private var network: RoadNetwork { sites.network }

  /// The roads with their probabilities and questions.
  func roads(_ entries: [RoadAtHand]) -> [LocatedRoad] {
    let sum = entries.reduce(0) { $0 + $1.likelihood }
    var roads = entries.map { entry in
      var road = road(entry)
      road.probability = entry.likelihood / sum
      return road
    }
    for index in roads.indices.dropLast() {
      roads[index].question = question(roads[index], roads[index + 1], entries[index].group == entries[index + 1].group)
    }
    return roads
  }

  /// The only road near a place that lies on none.
  func offRoad(_ entry: RoadAtHand) -> LocatedRoad {
    var road = road(entry)
    let point = CompassPoint(degrees: road.road.coordinate.bearingDegrees(to: place.coordinate))
    (road.probability, road.offRoad) = (1, point)
    road.words = language.text(
      .offRoad,
      [
        .length: language.length(meters: road.road.distanceMeters), .compass: language.text(point),
        .road: name(of: road),
      ])
    return road
  }

  private func road(_ entry: RoadAtHand) -> LocatedRoad {
    var road = LocatedRoad(sites.snappedPlace(entry.candidate))
    let (way, start) = (network.ways[entry.way], RoadPlace(arc: entry.arc, position: entry.candidate.position))
    road.ref = network.texts[way.ref]
    road.isDivided = entry.isDivided
    road.structure = network.structure(of: entry.way).map { network.texts[$0] } ?? ""
    let junctions = JunctionNames(network)
    let (behind, ahead) = (junctions.next(from: start, .behind), junctions.next(from: start, .ahead))
    road.before = behind.map { junction($0, on: way, from: road.road.coordinate) }
    road.after = ahead.map { junction($0, on: way, from: road.road.coordinate) }
    road.towards = destination(of: entry) ?? ahead.map { network.texts[$0.name] } ?? ""
    road.mark = markers.mark(at: start)
    road.words = words(of: road, behind, ahead)
    return road
  }

  private func junction(_ walked: WalkedJunction, on way: Way, from place: Coordinate) -> NamedJunction {
    let own = network.texts[way.name == .empty ? way.ref : way.name]
    let name = network.texts[walked.name]
    return NamedJunction(
      walked.isCrossing && !own.isEmpty ? language.text(.crossing, [.one: own, .other: name]) : name,
      walked.coordinate, lengthMeters: walked.lengthMeters,
      toward: CompassPoint(degrees: place.bearingDegrees(to: walked.coordinate)))
  }

  /// What signs say.
  private func destination(of entry: RoadAtHand) -> String? {
    let isBackward = network.arcCourse[entry.arc].isBackward
    let isAgainstWay = network.pieces[entry.candidate.position.piece].isReversed != isBackward
    return network.names.text(of: entry.way, isAgainstWay ? .destinationBackward : .destinationForward)
      .map { network.texts[$0].split(separator: ";").map { $0.trimmed }.joined(separator: ", ") }
  }

  // MARK: Words

  /// Such as `bridge, level 1, 210 m after A, 640 m before B`.
  private func words(of road: LocatedRoad, _ behind: WalkedJunction?, _ ahead: WalkedJunction?) -> String {
    var parts: [String] = []
    let (structure, names) = (road.structure, [Phrase.Slot.name: road.structure])
    let isNamed = !structure.isEmpty && structure != road.road.name
    if road.road.isInTunnel {
      parts.append(isNamed ? language.text(.tunnelNamed, names) : language.text(.tunnel))
    } else if road.road.isOnBridge {
      parts.append(isNamed ? language.text(.bridgeNamed, names) : language.text(.bridge))
    }
    if road.road.layer != 0 { parts.append(language.text(.level, [.level: "\(road.road.layer)"])) }
    for (phrase, junction) in [(Phrase.after, behind), (.before, ahead)] {
      guard let junction else { continue }
      let place = network.texts[junction.name]
      parts.append(
        language.text(phrase, [.length: language.length(meters: junction.lengthMeters), .place: place]))
    }
    return parts.joined(separator: ", ")
  }

  private func name(of road: LocatedRoad) -> String {
    let name = road.road.name.isEmpty ? road.ref : road.road.name
    return name.isEmpty ? language.text(.nameless) : name
  }

  /// What tells a road from the next one.
  private func question(_ one: LocatedRoad, _ other: LocatedRoad, _ isSameRoad: Bool) -> String {
    if isSameRoad { return direction(one, other) }
    let (place, next) = (one.road, other.road)
    if place.isInTunnel != next.isInTunnel { return language.text(.askTunnel) }
    if place.layer != next.layer {
      return language.text(place.isOnBridge && next.isOnBridge ? .askDeck : .askBridge)
    }
    let names = (name(of: one), name(of: other))
    return names.0 == names.1 ? direction(one, other) : language.text(.askRoad, [.one: names.0, .other: names.1])
  }

  private func direction(_ one: LocatedRoad, _ other: LocatedRoad) -> String {
    if !one.towards.isEmpty, !other.towards.isEmpty, one.towards != other.towards {
      return language.text(.askTowards, [.one: one.towards, .other: other.towards])
    }
    let points = [one, other].map { language.text(CompassPoint(degrees: $0.road.headingDegrees)) }
    return language.text(.askHeading, [.one: points[0], .other: points[1]])
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}

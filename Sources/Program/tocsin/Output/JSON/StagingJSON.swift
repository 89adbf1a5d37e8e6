import API
import AnswerJSON

extension StagingAnswer {
  func json(_ request: StagingRequest) -> JSONObject {
    [
      "version": version, "scene": scene.json, "units": unitIDs,
      "places": spots.map { $0.json(reserveSeconds: request.reserveSeconds) }, "refused": refused.map(\.json),
    ]
  }

  /// Places where units can gather, and where they can't.
  var geoJSON: [JSONObject] {
    spots.map { GeoJSON.feature([$0.place.coordinate], $0.json(reserveSeconds: 0) + ["kind": "staging"]) }
      + refused.map { GeoJSON.feature([$0.place.coordinate], $0.json + ["kind": "refused"]) }
  }
}

extension StagingPlace {
  fileprivate var json: JSONObject {
    [
      "id": id, "name": name.isEmpty ? nil : name, "lat": coordinate.latitude, "lon": coordinate.longitude,
      "capacity": capacity,
    ]
  }

  fileprivate var title: String { name.isEmpty ? id : name }
}

extension StagingSpot {
  fileprivate func json(reserveSeconds: Double) -> JSONObject {
    place.json
      + [
        "road": road.name, "assembleSeconds": Rounded.thousandths(assembleSeconds),
        "onwardSeconds": Rounded.thousandths(onwardSeconds),
        "sceneSeconds": Rounded.thousandths(assembleSeconds + reserveSeconds + onwardSeconds),
        "wind": wind?.rawValue,
        "arrivals": arrivals.map { arrival -> JSONObject in
          ["unit": arrival.unitID, "etaSeconds": Rounded.thousandths(arrival.etaSeconds)]
        },
      ]
  }
}

extension RefusedStaging {
  fileprivate var json: JSONObject {
    place.json + ["obstacle": obstacle.rawValue, "about": about.isEmpty ? nil : about]
  }
}

/// Where units gather, for people.
enum StagingText {
  static func text(_ answer: StagingAnswer, _ request: StagingRequest) -> String {
    var text = answer.spots.isEmpty ? "The units can gather in none of the places.\n" : ""
    if !answer.spots.isEmpty {
      text += TextTable("place", "road", ">all there", "last", ">onward", ">at the scene", ">capacity", "wind")
        .text(of: answer.spots) { spot in
          [
            spot.place.title, spot.road.name, Figures.time(seconds: spot.assembleSeconds),
            spot.arrivals.last?.unitID ?? "", Figures.time(seconds: spot.onwardSeconds),
            Figures.time(seconds: spot.assembleSeconds + request.reserveSeconds + spot.onwardSeconds),
            spot.place.capacity.map { "\($0)" } ?? "", spot.wind?.rawValue ?? "",
          ]
        }
    }
    for refused in answer.refused {
      let about = refused.about.isEmpty ? "" : ": \(refused.about)"
      text += Printable.text("Not \(refused.place.title): \(words(refused.obstacle))\(about)") + "\n"
    }
    return text
  }

  private static func words(_ obstacle: StagingObstacle) -> String {
    switch obstacle {
    case .unusable: "out of use"
    case .inHazard: "within the hazard or its margin"
    case .offRoad: "no road is near"
    case .tooSmall: "holds fewer vehicles than come"
    case .unreached: "not reached without crossing the hazard"
    case .noWayOut: "no way out without crossing the hazard"
    case .noWayOn: "no way on to the scene"
    }
  }
}

import API
import AnswerJSON
import WebPages

/// What a map needs to know to show a layer of tiles. Source: TileJSON 3.0.0.
struct TileDescription {
  let layer: TileLayer
  let profile: String
  /// Where the server is for its caller.
  let base: String

  init(_ layer: TileLayer, profile: String, base: String) {
    (self.layer, self.profile, self.base) = (layer, profile, base)
  }

  var page: PageAnswer { .json(object, contentType: "application/json") }

  var object: JSONObject {
    let query = profile.isEmpty ? "" : "?profile=\(profile.percentEncoded)"
    return [
      "tilejson": "3.0.0", "name": "Tocsin \(layer.rawValue)", "description": about, "scheme": "xyz",
      "tiles": ["\(base)/tiles/\(layer.rawValue)/{z}/{x}/{y}.mvt\(query)"],
      "minzoom": Limits.tileZooms.lowerBound, "maxzoom": Limits.tileZooms.upperBound,
      "attribution": "© OpenStreetMap contributors",
      "vector_layers": [
        ["id": layer.rawValue, "description": about, "fields": fields] as JSONObject,
        [
          "id": "left_out", "description": "What is left out of a tile that would be too large.",
          "fields": ["count": "How many features.", "kinds": "Of which kinds, the most important first."] as JSONObject,
        ],
      ],
    ]
  }

  private var about: String {
    switch layer {
    case .roads: "Roads; below zoom 12 the great ones alone, those that are alike as one feature."
    case .closures: "What is closed or slower now."
    case .speeds: "Measured speeds, each direction as it is driven."
    case .coverage: "Within how many minutes the first available unit is there."
    }
  }

  private var fields: JSONObject {
    let roadClass: JSONObject = ["class": "OSM's highway."]
    switch layer {
    case .roads:
      return roadClass + [
        "name": "Name.", "ref": "Road number.", "oneway": "1 along the line, -1 against it.",
        "bridge": "True on one.", "tunnel": "True in one.", "level": "OSM's layer, if it isn't 0.",
        "speed_kmh": "Of the profile along the line; 0 where it can't drive.",
        "backward_speed_kmh": "Against the line, where that is another one.",
      ]
    case .closures:
      return roadClass + [
        "id": "The closure's id.", "source": "Who put it.", "reason": "Why.",
        "effect": "closed, factor, delay or speed.", "factor": "This many times as long.",
        "delay_seconds": "This much longer.", "speed_kmh": "No faster than this.",
        "scope": "everybody, civil, larger_vehicles or profiles.", "profiles": "Which ones, with commas between.",
        "from": "Since when.", "until": "Until when.", "hours": "OSM's opening hours.",
        "oneway": "True if it holds along the line alone.",
      ]
    case .speeds:
      return roadClass + [
        "name": "Name.", "speed_kmh": "Measured.", "free_kmh": "Of the profile without traffic.",
        "level": "free, slow, congested, standing or closed.",
      ]
    case .coverage: return roadClass + ["minutes": "From the alarm, rounded up."]
    }
  }
}

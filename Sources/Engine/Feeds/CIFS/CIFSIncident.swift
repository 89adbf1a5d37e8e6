import Foundation

/// An incident of a CIFS feed, XML or JSON, as the text of its fields.
struct CIFSIncident {
  /// Where it begins in XML.
  var line: Int?
  private(set) var fields: [String: String] = [:]

  /// The text of a field; empty if there is none.
  subscript(_ name: String) -> String { fields[name] ?? "" }

  /// Adds a field, without white space around it. Of fields that come twice the first one counts, but the hours of a
  /// day add up, and `schedule` names all that is in it.
  mutating func add(_ name: String, _ text: String) {
    let text = text.trimmed
    guard let before = fields[name], !before.isEmpty else {
      fields[name] = text
      return
    }
    if CIFSSchedule.fields.contains(name), !text.isEmpty { fields[name] = "\(before),\(text)" }
  }

  /// All incidents of a feed in JSON: `{"incidents":[{"incident":{…}},…]}`, or without the inner name. O(bytes).
  static func list(json data: Data) throws(FeedError) -> [CIFSIncident] {
    let root = try JSONObject(file: data)
    guard let list = root.list("incidents") else {
      throw FeedError(.wrongEnvelope, "not a CIFS feed: it needs incidents", value: root.keys.joined(separator: " "))
    }
    return list.map { element in
      var incident = CIFSIncident()
      if let object = JSONObject(element) { incident.add(object.object("incident") ?? object) }
      return incident
    }
  }

  /// Adds the fields of an object, and of the objects in it: `schedule`, and `location` in old feeds.
  private mutating func add(_ object: JSONObject) {
    for key in object.keys {
      if ["schedule", "location"].contains(key), let inner = object.object(key) {
        for name in inner.keys {
          if key == "schedule" { add(key, name) }
          add(name, inner.list(name).flatMap(Self.joined) ?? inner.written(name))
        }
      } else {
        add(key, object.written(key))
      }
    }
  }

  /// `nil` if not all of them are text.
  private static func joined(_ list: [Any]) -> String? { (list as? [String])?.joined(separator: ",") }
}

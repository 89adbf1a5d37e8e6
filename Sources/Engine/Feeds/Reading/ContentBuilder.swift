import API
import Foundation

/// Why nothing of a record counts.
struct RecordRefusal: Error {
  let code: FeedProblem.Code
  let message: String
  let value: String

  init(_ code: FeedProblem.Code, _ message: String, value: String = "") {
    (self.code, self.message, self.value) = (code, message, value)
  }
}

/// Where a record stands in its feed.
struct RecordPlace {
  var line: Int?
  var record: Int?
  var id = ""
}

/// What is left out of a record that counts otherwise.
struct RecordNotes {
  private(set) var notes: [RecordRefusal] = []

  mutating func add(_ code: FeedProblem.Code, _ message: String, value: String = "") {
    notes.append(RecordRefusal(code, message, value: value))
  }
}

/// Collects what the records of a feed say, and holds it to the rules of all feeds: ids are given once, what is over is
/// left out, every record is counted once.
struct ContentBuilder {
  private(set) var content = FeedContent()
  private let moment: Date
  private var closureIDs: Set<String> = []
  private var links: Set<String> = []
  private var hospitalIDs: Set<String> = []

  init(moment: Date) { self.moment = moment }

  /// Takes a record that gives closures; none if it rightly says nothing. O(closures).
  mutating func closures(
    at place: RecordPlace, _ read: (inout RecordNotes) throws(RecordRefusal) -> [RoadClosure]
  ) {
    content.recordCount += 1
    var notes = RecordNotes()
    do throws(RecordRefusal) {
      let all = try read(&notes)
      let closures = all.filter { $0.until.map { $0 > moment } ?? true }
      if closures.isEmpty, let until = all.compactMap(\.until).max() {
        notes.add(.over, "it is over", value: until.formatted(.iso8601))
      }
      if let again = closures.first(where: { closureIDs.contains($0.id) }) {
        throw RecordRefusal(.duplicate, "the id occurs twice in the feed", value: again.id)
      }
      closureIDs.formUnion(closures.map(\.id))
      content.closures += closures
      if closures.isEmpty { content.idleCount += 1 }
    } catch {
      skip(error, at: place)
    }
    for note in notes.notes { content.add(.ignored, note, at: place) }
  }

  /// Takes records of JSON that give closures.
  mutating func closures(
    of records: [Any], id: (JSONObject) -> String,
    _ read: (JSONObject, inout RecordNotes) throws(RecordRefusal) -> [RoadClosure]
  ) {
    for (index, record) in records.enumerated() {
      let object = JSONObject(record)
      closures(at: RecordPlace(record: index + 1, id: object.map(id) ?? "")) { (notes) throws(RecordRefusal) in
        guard let object else { throw RecordRefusal(.badValue, "not an object of JSON") }
        return try read(object, &notes)
      }
    }
  }

  /// The speed of a link, as a record says.
  enum LinkSpeed {
    case known(kmh: Double)
    case unknown(RecordRefusal)
  }

  /// Takes a record that gives the speed of a link. O(1).
  mutating func linkSpeed(at place: RecordPlace, _ read: () throws(RecordRefusal) -> LinkSpeed) {
    content.recordCount += 1
    do throws(RecordRefusal) {
      let kmh: Double
      switch try read() {
      case .known(let known): kmh = known
      case .unknown(let why):
        content.idleCount += 1
        content.add(.ignored, why, at: place)
        return
      }
      guard links.insert(place.id).inserted else {
        throw RecordRefusal(.duplicate, "the link occurs twice in the feed", value: place.id)
      }
      content.speeds.append(RoadSpeed(.link(id: place.id), kmh: kmh))
    } catch {
      skip(error, at: place)
    }
  }

  /// Takes a record that gives a hospital.
  mutating func hospital(
    at place: RecordPlace, _ read: (inout RecordNotes) throws(RecordRefusal) -> Hospital
  ) {
    content.recordCount += 1
    var notes = RecordNotes()
    do throws(RecordRefusal) {
      let hospital = try read(&notes)
      guard hospitalIDs.insert(hospital.id).inserted else {
        throw RecordRefusal(.duplicate, "the id occurs twice in the feed", value: hospital.id)
      }
      content.hospitals.append(hospital)
    } catch {
      skip(error, at: place)
    }
    for note in notes.notes { content.add(.ignored, note, at: place) }
  }

  private mutating func skip(_ refusal: RecordRefusal, at place: RecordPlace) {
    content.skippedCount += 1
    content.add(.skipped, refusal, at: place)
  }
}

extension FeedProblem {
  init(_ severity: Severity, _ refusal: RecordRefusal, at place: RecordPlace) {
    self.init(
      severity: severity, code: refusal.code, line: place.line, record: place.record,
      id: place.id.beginning(bytes: FeedDefaults.problemValueBytesMax), message: refusal.message,
      value: refusal.value.beginning(bytes: FeedDefaults.problemValueBytesMax))
  }
}

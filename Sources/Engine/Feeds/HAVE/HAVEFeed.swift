import API
import Foundation
import Geometry

/// What hospitals say of themselves by the Emergency Data Exchange Language: EDXL-HAVE 1.0, XML.
///
/// A hospital that asks ambulances to go elsewhere (`EMSTrafficStatus` is `Closed`) is on diversion; one that is closed
/// or evacuates takes nobody. Capabilities are the services and kinds of beds that it names, in small letters:
/// `NeonatalICU` is `neonatal_icu`. A kind of bed of which none is available is on diversion.
/// Source: https://docs.oasis-open.org/emergency/edxl-have/cs01/edxl-have-cs01.xsd.
struct HAVEFeed {
  let context: FeedContext

  func content(of data: Data) throws(FeedError) -> FeedContent {
    let root = try XMLTreeReader.root(of: data)
    guard root.name == "HospitalStatus" else {
      throw FeedError(.wrongEnvelope, "not a HAVE feed: it needs a HospitalStatus", value: root.name)
    }
    var builder = ContentBuilder(moment: context.moment)
    for (index, element) in root.children.filter({ $0.name == "Hospital" }).enumerated() {
      let name = element["Organization"]?.first("OrganisationName")
      let place = RecordPlace(line: element.line, record: index + 1, id: name?.attributes["ID"] ?? "")
      builder.hospital(at: place) { (notes) throws(RecordRefusal) in try hospital(element, &notes) }
    }
    return builder.content
  }

  private func hospital(_ element: XMLElement, _ notes: inout RecordNotes) throws(RecordRefusal) -> Hospital {
    let organization = element["Organization"]
    let named = organization?.first("OrganisationName")
    let name = named?.first("NameElement")?.text ?? ""
    let ownID = named?.attributes["ID"] ?? ""
    let id = try (ownID.isEmpty ? name : ownID).asID("OrganisationName")
    var states = [HospitalState(try status(element, &notes))]
    var capabilities = services(element["ServiceCoverageStatus"])
    for state in try beds(element["HospitalBedCapacityStatus"], &notes) {
      capabilities.append(state.capability)
      states.append(state)
    }
    let reportedAt = try reportedAt(element)
    var seen: Set<String> = []
    return Hospital(
      id: id, name: name.asReason, place: Place(try coordinate(organization)),
      capabilities: capabilities.filter { seen.insert($0).inserted }, states: states, reportedAt: reportedAt,
      source: context.source)
  }

  /// Latitude and longitude.
  private func coordinate(_ organization: XMLElement?) throws(RecordRefusal) -> Coordinate {
    let location = organization?["OrganizationGeoLocation"]
    guard let text = (location?.first("pos") ?? location?.first("coordinates"))?.text, !text.isEmpty else {
      throw RecordRefusal(.missingField, "it has no OrganizationGeoLocation")
    }
    let numbers = text.split { $0.isWhitespace || $0 == "," }.map { Double($0) ?? .nan }
    guard numbers.count == 2, let place = Coordinate(latitude: numbers[0], longitude: numbers[1]) else {
      throw RecordRefusal(.badValue, "the place is not a latitude and a longitude", value: text)
    }
    return place
  }

  private func reportedAt(_ element: XMLElement) throws(RecordRefusal) -> Date {
    let text = element.text("LastUpdateTime")
    guard !text.isEmpty else { throw RecordRefusal(.missingField, "it has no LastUpdateTime") }
    guard let moment = context.clock.moment(text, .first) else {
      throw RecordRefusal(.badValue, "LastUpdateTime is not a time", value: text)
    }
    return moment
  }

  /// Of the hospital as a whole.
  private func status(_ element: XMLElement, _ notes: inout RecordNotes) throws(RecordRefusal) -> HospitalStatus {
    switch element.text("HospitalFacilityStatus", "FacilityStatus") {
    case "Closed", "Evacuating": return .closed
    case "Normal", "Compromised", "": break
    case let other: notes.add(.unknownWord, "the FacilityStatus is unknown", value: other)
    }
    switch element.text("EmergencyDepartmentStatus", "EMSTraffic", "EMSTrafficStatus") {
    case "Normal", "Advisory": return .open
    case "Closed": return .diversion
    case "NotApplicable", "": return .unknown
    case let other:
      notes.add(.unknownWord, "the EMSTrafficStatus is unknown", value: other)
      return .unknown
    }
  }

  /// Services that the hospital has: leaves that are true, whatever they are grouped under.
  private func services(_ element: XMLElement?) -> [String] {
    (element?.children ?? []).flatMap { child -> [String] in
      if !child.children.isEmpty { return services(child) }
      return ["true", "1"].contains(child.text) ? [Self.capability(child.name)] : []
    }
  }

  /// A state for each kind of bed.
  private func beds(_ element: XMLElement?, _ notes: inout RecordNotes) throws(RecordRefusal) -> [HospitalState] {
    var states: [HospitalState] = []
    for beds in element?.children.filter({ $0.name == "BedCapacity" }) ?? [] {
      let (kind, capacity) = (beds.text("BedType"), beds["Capacity"] ?? beds)
      guard !kind.isEmpty else { throw RecordRefusal(.missingField, "a BedCapacity has no BedType") }
      if states.contains(where: { $0.capability == Self.capability(kind) }) {
        notes.add(.duplicate, "the kind of bed occurs twice: the first one counts", value: kind)
        continue
      }
      let count = capacity.text("AvailableCount")
      let freeBeds = Int(count).flatMap { (0...Limits.hospitalBedsMax).contains($0) ? $0 : nil }
      if freeBeds == nil, !count.isEmpty {
        notes.add(.badValue, "the AvailableCount is not a count of beds", value: count)
      }
      let status: HospitalStatus
      switch capacity.text("CapacityStatus") {
      case "VacantAvailable", "Vacant/Available": status = .open
      case "NotAvailable": status = .diversion
      case "": status = .unknown
      case let other:
        notes.add(.unknownWord, "the CapacityStatus is unknown", value: other)
        status = .unknown
      }
      states.append(HospitalState(status, for: Self.capability(kind), freeBeds: freeBeds))
    }
    return states
  }

  /// `NeonatalICU` is `neonatal_icu`.
  static func capability(_ word: String) -> String {
    let letters = Array(word)
    var text = ""
    for (index, letter) in letters.enumerated() {
      guard letter.isLetter || letter.isNumber else {
        if text.last != "_" { text.append("_") }
        continue
      }
      let isAfterSmall = index > 0 && (letters[index - 1].isLowercase || letters[index - 1].isNumber)
      let isBeforeSmall = index + 1 < letters.count && letters[index + 1].isLowercase && index > 0
      if letter.isUppercase, isAfterSmall || isBeforeSmall, !text.isEmpty, text.last != "_" { text.append("_") }
      text.append(letter.lowercased())
    }
    return text
  }
}

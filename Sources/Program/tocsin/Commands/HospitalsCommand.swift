import API
import AnswerJSON
import ArgumentParser
import Foundation
import Geometry
import InputFiles

/// `tocsin hospitals`.
struct HospitalsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hospitals", abstract: "Show which hospital takes a patient; list, put, tell of or remove hospitals.",
    subcommands: [
      FindHospitals.self, PutHospitals.self, SetHospitalState.self, ListHospitals.self, RemoveHospitals.self,
    ], defaultSubcommand: FindHospitals.self)
}

struct FindHospitals: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Show which hospital takes a patient, by drive from the scene.",
    discussion: """
      Who takes the patient is --unit, a vehicle at the scene by --profile, or else the first of the units that \
      --capability, --agency and --status leave. For example:
        tocsin hospitals --at 37.5172,127.0473 --unit A-12 --on-scene 12m --need stroke --prefer thrombectomy --extra 10m
      """)

  @Option(place: "Where the patient is, e.g. 37.5172,127.0473.")
  var at: Coordinate

  @Option(
    parsing: .unconditional,
    help:
      "Direction of travel in degrees clockwise from north, e.g. 90 for east: selects a carriageway of a divided road.")
  var heading: Double?

  @Option(help: ArgumentHelp("The unit that takes the patient: it comes first, or is there.", valueName: "id"))
  var unit: String?
  @Option(help: ArgumentHelp("Without a unit: the profile of a vehicle at the scene.", valueName: "name"))
  var profile: String?
  @OptionGroup var units: UnitOption

  @Option(duration: "From the unit's arrival until it leaves with the patient, e.g. 12m.")
  var onScene = 0.0
  @Option(help: ArgumentHelp("What the hospital must be able to do, e.g. stroke,pci.", valueName: "capabilities"))
  var need: [String] = []
  @Option(
    help: ArgumentHelp("What it should be able to do as well, if that isn't too far.", valueName: "capabilities"))
  var prefer: [String] = []
  @Option(duration: "With --prefer: how much longer the drive may be for that, e.g. 10m.")
  var extra = 0.0
  @Option(duration: "What a hospital said longer ago than this counts as unknown, e.g. 15m. Default: 30m.")
  var stateAge = HospitalsRequest.stateAgeSecondsDefault
  @Flag(help: "List hospitals on diversion, too, as the last ones.")
  var diverted = false
  @Option(help: ArgumentHelp("Hospitals that have refused the patient.", valueName: "ids"))
  var exclude: [String] = []
  @Option(name: [.customShort("k", allowingJoined: true), .long], help: "How many hospitals to list.")
  var count = HospitalsRequest.countDefault

  @OptionGroup var levels: AlongOption
  @OptionGroup var reach: ReachOption
  @OptionGroup var detail: DetailOption
  @OptionGroup var closures: WhatIfOption
  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func validate() throws {
    if unit != nil, profile != nil { throw ValidationError("Give --unit or --profile, not both.") }
    if units.isGiven, unit != nil || profile != nil {
      throw ValidationError("--capability, --agency and --status are for units that are to be found.")
    }
    if prefer.isEmpty, extra > 0 { throw ValidationError("--extra needs --prefer.") }
  }

  func run() async throws {
    closures.tellLeftOut()
    let request = request
    var answer = try await server.withClient { try await $0.hospitals(request) }
    let features = geojson.isGiven ? HospitalsText.features(answer) : []
    if !detail.shape { answer.leaveOutShapes() }
    try geojson.show(features, output, answer.json(told), text: HospitalsText.text(answer, request))
  }

  private var request: HospitalsRequest {
    let carrier = unit.map { HospitalsRequest.Carrier.unit(id: $0) } ?? profile.map { .profile($0) }
    var request = HospitalsRequest(
      scene: Place(at, headingDegrees: heading, levels: levels.value), carrier: carrier ?? .units(units.filter))
    (request.onSceneSeconds, request.capabilities) = (onScene, need.flatMap(Parse.list))
    (request.preferredCapabilities, request.preferenceSecondsMax) = (prefer.flatMap(Parse.list), extra)
    (request.stateAgeSecondsMax, request.showsDiverted) = (stateAge, diverted)
    (request.excludedIDs, request.count) = (exclude.flatMap(Parse.list), count)
    (request.reach, request.whatIf) = (reach.value, closures.value)
    request.detail = geojson.isGiven ? told.union(.shape) : told
    return request
  }

  private var told: RouteDetail { detail.value(along: levels) }
}

struct PutHospitals: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Add or replace hospitals from a CSV file: all or none.",
    discussion: """
      The first line names the columns: id, name, lat, lon (of the ambulance entrance), heading, capabilities (separated \
      by ;), offload_seconds, states (separated by ;: diversion, stroke=diversion, burns=open:2 with free beds), \
      reported_at, source. Only id, lat and lon are required. States that are older than those known change nothing; a \
      line without states leaves those known.
      """)

  @Argument(help: "CSV file of hospitals.")
  var file: String
  @Option(
    help: ArgumentHelp(
      "These are all the hospitals of this source: others that it has put before are removed.", valueName: "source"))
  var complete: String?
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let put = HospitalsPut(try HospitalFile.hospitals(path: file), completeSource: complete)
    let answer = try await server.withClient { try await $0.putHospitals(put) }
    try output.show(answer.json, text: HospitalsText.changes(answer, "put"))
  }
}

struct SetHospitalState: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Tell what a hospital says of itself: all its states, in place of those known.",
    discussion: """
      What is older than what is known changes nothing. For example: tocsin hospitals state seoul-st-marys open \
      stroke=diversion burns=open:2
      """)

  @Argument(help: "The hospital's id, as `tocsin hospitals list` has it.")
  var id: String
  @Argument(
    help: ArgumentHelp(
      "States: \(HospitalStatus.allCases.map(\.rawValue).joined(separator: ", ")); CAPABILITY=STATE, with :BEDS.",
      valueName: "states"),
    transform: { text in
      guard let state = HospitalFile.state(text) else {
        throw ValidationError("'\(text)' is \(HospitalFile.stateForm)")
      }
      return state
    })
  var states: [HospitalState]
  @Option(moment: "Since when, e.g. 2026-05-01T12:00:00Z, or 5m for five minutes ago. Default: now.")
  var at: Date?
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let report = HospitalReport(id: id, states: states, reportedAt: at)
    let answer = try await server.withClient { try await $0.setHospitalStates([report]) }
    try output.show(answer.json, text: HospitalsText.changes(answer, "told of"))
  }
}

struct ListHospitals: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List all hospitals.")

  @OptionGroup var server: ServerOption
  @OptionGroup var geojson: GeoJSONOption
  @OptionGroup var output: OutputOption

  func run() async throws {
    let answer = try await server.withClient { try await $0.listHospitals() }
    try geojson.show(
      answer.hospitals.map { GeoJSON.feature([$0.hospital.place.coordinate], $0.json) }, output, answer.json,
      text: HospitalsText.list(answer.hospitals))
  }
}

struct RemoveHospitals: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove hospitals by id: all or none.")

  @Argument(help: "Ids of hospitals, as `tocsin hospitals list` has them.")
  var ids: [String]
  @OptionGroup var server: ServerOption
  @OptionGroup var output: OutputOption

  func validate() throws { if ids.isEmpty { throw ValidationError("Missing expected argument '<ids> ...'") } }

  func run() async throws {
    let answer = try await server.withClient { try await $0.removeHospitals(ids) }
    try output.show(answer.json, text: HospitalsText.changes(answer, "removed"))
  }
}

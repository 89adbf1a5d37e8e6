import API
import Foundation

/// An update of speeds as the ledger keeps it: a few long columns instead of hundreds of thousands of small values.
struct SpeedColumns: Codable, Sendable {
  /// What the audit trail says of it.
  struct Summary: Codable {
    var source: String
    var speeds: Int
    var turnPenalties: Int
    var expiresAt: Date
    var isComplete: Bool
  }

  private var number: UInt64 = 0
  let expiresAt: Date
  private let source: String
  private let isComplete: Bool
  private var wayIDs = Column<Int64>()
  private var wayDirections = Column<UInt8>()
  private var wayKmh = Column<Double>()
  private var fromNodes = Column<Int64>()
  private var toNodes = Column<Int64>()
  private var nodesKmh = Column<Double>()
  /// Separated by line feeds, which no id has.
  private var linkIDs = ""
  private var linkKmh = Column<Double>()
  private var turnNodes = Column<Int64>()
  private var turnSeconds = Column<Double>()

  init(_ update: SpeedUpdate, expiresAt: Date) {
    (source, isComplete, self.expiresAt) = (update.source, update.isComplete, expiresAt)
    var links: [String] = []
    for speed in update.speeds {
      switch speed.road {
      case .way(let osmID, let direction):
        wayIDs.values.append(osmID)
        wayDirections.values.append(UInt8(WayDirection.allCases.firstIndex(of: direction) ?? 0))
        wayKmh.values.append(speed.kmh)
      case .nodes(let pair):
        fromNodes.values.append(pair.from)
        toNodes.values.append(pair.to)
        nodesKmh.values.append(speed.kmh)
      case .link(let id):
        links.append(id)
        linkKmh.values.append(speed.kmh)
      }
    }
    linkIDs = links.joined(separator: "\n")
    for penalty in update.turnPenalties {
      turnNodes.values += [penalty.fromOSMNode, penalty.viaOSMNode, penalty.toOSMNode]
      turnSeconds.values.append(penalty.seconds)
    }
  }

  /// The bytes that a ledger keeps of the put with this number.
  func numbered(_ number: UInt64) throws(EngineError) -> Data {
    var columns = self
    columns.number = number
    do {
      let encoder = PropertyListEncoder()
      encoder.outputFormat = .binary
      return try encoder.encode(columns)
    } catch {
      throw EngineError(.ledgerFailed, "speeds can't be written: \(error)", value: source)
    }
  }

  /// What ``numbered(_:)`` wrote. Throws what a decoder throws.
  static func read(_ data: Data) throws -> (number: UInt64, columns: SpeedColumns) {
    let columns = try PropertyListDecoder().decode(SpeedColumns.self, from: data)
    guard columns.addUp else {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "columns of different lengths"))
    }
    return (columns.number, columns)
  }

  /// True if each table's columns have the same length.
  private var addUp: Bool {
    wayIDs.values.count == wayKmh.values.count && wayDirections.values.count == wayKmh.values.count
      && fromNodes.values.count == nodesKmh.values.count && toNodes.values.count == nodesKmh.values.count
      && turnNodes.values.count == 3 * turnSeconds.values.count
  }

  var summary: Summary {
    Summary(
      source: source, speeds: wayKmh.values.count + nodesKmh.values.count + linkKmh.values.count,
      turnPenalties: turnSeconds.values.count, expiresAt: expiresAt, isComplete: isComplete)
  }

  /// The update that the columns were made of, its speeds sorted by kind of road.
  var update: SpeedUpdate {
    let ways = zip(zip(wayIDs.values, wayDirections.values), wayKmh.values).map { road, kmh in
      RoadSpeed(
        .way(osmID: road.0, direction: WayDirection.allCases[Int(road.1) % WayDirection.allCases.count]), kmh: kmh)
    }
    let nodes = zip(zip(fromNodes.values, toNodes.values), nodesKmh.values).map {
      RoadSpeed(.nodes(OSMNodePair(from: $0.0, to: $0.1)), kmh: $1)
    }
    // By bytes: an id may end with a carriage return, which is one character with the line feed behind it.
    let ids = linkKmh.values.isEmpty ? [] : linkIDs.utf8.split(separator: 10, omittingEmptySubsequences: false)
    let links = zip(ids, linkKmh.values).map { RoadSpeed(.link(id: String(Substring($0))), kmh: $1) }
    let penalties = turnSeconds.values.enumerated().map { index, seconds in
      TurnPenalty(
        fromOSMNode: turnNodes.values[3 * index], viaOSMNode: turnNodes.values[3 * index + 1],
        toOSMNode: turnNodes.values[3 * index + 2], seconds: seconds)
    }
    return SpeedUpdate(
      source: source, speeds: ways + nodes + links, turnPenalties: penalties, timeToLiveSeconds: 0,
      isComplete: isComplete)
  }
}

/// Numbers, kept as their bytes in the machine's order: a ledger stays on its machine.
private struct Column<Value: BitwiseCopyable & Sendable>: Codable, Sendable {
  var values: [Value] = []

  init() {}

  init(from decoder: any Decoder) throws {
    let data = try decoder.singleValueContainer().decode(Data.self)
    values = data.withUnsafeBytes { bytes in
      (0..<bytes.count / MemoryLayout<Value>.stride).map {
        bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Value>.stride, as: Value.self)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values.withUnsafeBytes { Data($0) })
  }
}

import API
import Foundation
import Traffic

/// OSRM's file of turn penalties: `from,via,to,seconds[,weight]`. OSRM lets a penalty be negative; nothing is quicker
/// than no time here, so such a line is a problem.
enum OSRMTurns {
  static func content(of data: Data) throws(FeedError) -> FeedContent {
    var (values, content) = try OSRMFile(nodeCount: 3, valueMax: FeedDefaults.turnSecondsMax).read(data)
    content.turnPenalties = values.map { key, seconds in
      TurnPenalty(fromOSMNode: key.from, viaOSMNode: key.via, toOSMNode: key.to, seconds: seconds)
    }
    return content
  }
}

import API
import Engine
import InputFiles

/// The units that come to a call first, found without a server.
struct CallRanking: Sendable {
  /// A unit and when it is there.
  struct Arrival: Sendable {
    var unitID: String
    var station: String
    var etaSeconds: Double
    var travelSeconds: Double
    var needsLastResort: Bool
  }

  /// What a call came to.
  enum Outcome: Sendable {
    /// The earliest first; none if nobody comes. Units that are left out of every call are counted by reason.
    case ranked([Arrival], leftOut: [LeftOutReason: Int])
    /// No road is near.
    case offMap
  }

  /// Why a unit is left out whatever the call.
  private static let reasonsOfUnits: Set<LeftOutReason> = [.status, .agency, .capability, .offMap]

  let engine: TocsinEngine
  /// For every call; the incident is the call's.
  let request: FastestUnitsRequest

  /// The outcomes of calls, in their order, on all cores.
  ///
  /// - Throws: ``EngineError`` for a request that can't be answered, whatever the call.
  func outcomes(of calls: ArraySlice<CallFile.Call>) throws -> [Outcome] {
    let calls = Array(calls)
    return try AllCores.map(calls.count) { number in Result { try outcome(of: calls[number]) } }.map { try $0.get() }
  }

  private func outcome(of call: CallFile.Call) throws(EngineError) -> Outcome {
    var request = request
    request.incident = call.place
    do throws(EngineError) {
      let answer = try engine.fastestUnits(request)
      return .ranked(
        answer.units.map(Arrival.init), leftOut: answer.leftOut.filter { Self.reasonsOfUnits.contains($0.key) })
    } catch {
      guard error.code == .offMap else { throw error }
      return .offMap
    }
  }
}

extension CallRanking.Arrival {
  init(_ ranked: RankedUnit) {
    (unitID, station) = (ranked.unit.id, ranked.unit.station)
    (etaSeconds, travelSeconds) = (ranked.etaSeconds, ranked.route.travelSeconds)
    needsLastResort = ranked.route.needsLastResort
  }
}

import API
import Engine
import Messages
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("/run/tocsin.sock", ServerAddress.unix(path: "/run/tocsin.sock")),
    ("./t.sock", .unix(path: "./t.sock")), ("t", .unix(path: "t")),
    ("unix:t.sock", .unix(path: "t.sock")),
    ("localhost:7411", .tcp(host: "localhost", port: 7411)),
    ("tcp:10.0.0.1:0", .tcp(host: "10.0.0.1", port: 0)),
    ("[::1]:65535", .tcp(host: "::1", port: 65_535)),
    ("tcp:\u{301}a:1", .tcp(host: "\u{301}a", port: 1)),
  ])
  func parses(_ text: String, _ address: ServerAddress) throws {
    #expect(try ServerAddress.parse(text) == address)
    #expect(try ServerAddress.parse("\(address)") == address)
  }

  @Test(arguments: [
    "", "unix:", "host:", ":80", "host:65536", "host:-1", "host:+1", "::1:80", "tcp:", "host:8o",
    "/" + String(repeating: "x", count: 107),
  ])
  func refuses(_ text: String) {
    let error = #expect(throws: CallStatus.self) { try ServerAddress.parse(text) }
    #expect(error?.code == "INVALID_ADDRESS")
    #expect(error?.value == text)
  }
}

@Suite struct CodeTests {
  @Test func everyCodeHasItsStatus() {
    let expected: [EngineError.Code: Int] = [
      .invalidArgument: 3, .invalidCoordinate: 3, .invalidHeading: 3, .invalidCount: 3, .invalidRadius: 3,
      .invalidUnit: 3, .invalidClosure: 3, .invalidOverrides: 3, .invalidSpeeds: 3, .invalidFeed: 3,
      .unknownNodes: 5, .unknownLink: 5, .offMap: 5, .noRoute: 5, .nothingMatched: 5,
      .unknownProfile: 5,
      .unknownWay: 5, .unknownUnit: 5, .unknownClosure: 5, .staleRevision: 9, .limitExceeded: 8, .ledgerFailed: 13,
      .ledgerDamaged: 13,
      .outcomeUnknown: 13,
      .mapUnusable: 9, .wrongMap: 9, .invalidProfiles: 9, .invalidLinks: 9, .changedMeanwhile: 10, .reloadRunning: 14,
      .engineReplaced: 14,
      .deadlineExceeded: 4, .cancelled: 1, .timeAhead: 3, .nothingInTime: 3,
      .invalidDepth: 3, .invalidLimit: 3,
      .invalidPlan: 3, .emptyLine: 3, .badHours: 3, .ambiguousChoice: 3, .invalidLayer: 3, .duplicateFeature: 3,
      .fitsNoLine: 3, .duplicateIncident: 3, .noPlan: 5, .noStagingPlaces: 5, .unknownPlan: 5, .unknownLevel: 5,
      .unknownLayer: 5, .inUse: 9, .unknownMarker: 5, .unreadablePlace: 3, .unknownLanguage: 3, .departInPast: 3,
      .departTooFar: 3, .invalidTypicalSpeeds: 9, .invalidHospital: 3, .invalidPost: 3, .invalidBusyShare: 3,
      .invalidTile: 3, .noHospitals: 5, .noPosts: 5, .unknownHospital: 5, .unknownPost: 5,
    ]
    for code in EngineError.Code.allCases {
      let status = CallStatus(EngineError(code, "why", value: "what"))
      #expect(status.grpcCode == expected[code], "\(code)")
      #expect(status.code == code.rawValue && status.message == "why" && status.value == "what")
    }
    #expect(CallStatus(.unknownMethod, "").grpcCode == 12)
    #expect(CallStatus(.shuttingDown, "").grpcCode == 14)
    #expect(CallStatus(.deadlineExceeded, "").grpcCode == 4)
    #expect(CallStatus(.tooManyRequests, "").grpcCode == 8)
  }
}

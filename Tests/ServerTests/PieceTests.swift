import API
import Client
import Messages
import TestSupport
import Testing

/// Large answers as streams that have an end.
@Suite struct PieceTests {
  @Test(arguments: TestServer.Kind.allCases) func piecesAddUpToTheAnswer(_ kind: TestServer.Kind) async throws {
    try await TestServer.run(.init(kind: kind)) { server in
      let client = try await server.client()
      var request = Samples.matrixRequest
      request.profile = FakeEngine.largeProfile
      var pieces: [MatrixAnswer] = []
      for try await piece in client.streamMatrix(request) { pieces.append(piece) }
      #expect(pieces == Samples.largeMatrixAnswer.pieces && pieces.count > 2)
      // Small ones are one piece.
      var small: [MatrixAnswer] = []
      for try await piece in client.streamMatrix(Samples.matrixRequest) { small.append(piece) }
      #expect(small == [Samples.matrixAnswer])
      try await TestServer.wait(for: "its streams are given back") { server.service.load.streams == 0 }
      await client.close()
    }
  }

  @Test func aRefusalEndsTheStream() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      var request = Samples.matrixRequest
      request.profile = "boat"
      let error = await #expect(throws: ClientError.self) {
        for try await _ in client.streamMatrix(request) {}
      }
      #expect(error?.code == "UNKNOWN_PROFILE")
      await client.close()
    }
  }

  /// Each holds its whole answer in memory until it is sent.
  @Test func fewAreFoundAtATime() async throws {
    for (limit, values) in [(0, ["limits.piece_streams_per_caller = 0"]), (1, [])] {
      var setup = TestServer.Setup()
      setup.limits.pieceStreamsPerCallerMax = limit
      try await TestServer.run(setup) { server in
        let client = try await server.client()
        var refusals: [String] = []
        for _ in 0..<3 where refusals.isEmpty {
          do {
            for try await _ in client.streamMatrix(Samples.matrixRequest) {}
            try await TestServer.wait(for: "it is given back") { server.service.load.streams == 0 }
          } catch let error as ClientError {
            refusals.append(error.value)
          }
        }
        #expect(refusals == values)
        await client.close()
      }
    }
  }

  /// Over the socket the whole of a large answer is one call, too.
  @Test func theWholeIsOneCall() async throws {
    try await TestServer.run { server in
      let client = try await server.client()
      var request = Samples.matrixRequest
      request.profile = FakeEngine.largeProfile
      #expect(try await client.matrix(request) == Samples.largeMatrixAnswer)
      await client.close()
    }
  }
}

import API
import Messages
import NIOCore

/// Methods that answer with a stream.
extension TocsinClient {
  /// Opens a stream. One that has an end finishes there; others end with a `ClientError`: the server's error,
  /// `SHUTTING_DOWN`, `CONNECTION_LOST`. Who stops reading it, or is cancelled, ends it at the server.
  public func stream<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ request: Request
  ) -> AsyncThrowingStream<Answer, any Error> {
    let messages = stream(method: method.name, payload: method.writeRequest(request))
    return AsyncThrowingStream { continuation in
      let reader = Task {
        do {
          for try await message in messages { continuation.yield(try method.readAnswer(message).get()) }
          continuation.finish()
        } catch {
          continuation.finish(throwing: (error as? CallStatus).map { ClientError($0) } ?? error)
        }
      }
      continuation.onTermination = { _ in reader.cancel() }
    }
  }

  /// Opens a stream by its method's name, with the bytes of its request and answer messages.
  public func stream(method: String, payload: [UInt8]) -> AsyncThrowingStream<[UInt8], any Error> {
    AsyncThrowingStream { continuation in
      let id = calls.nextID()
      do throws(CallStatus) {
        let request = FrameRequest(id: id, method: method, token: token, payload: payload)
        let frame = try FrameCodec.encode(request: request)
        continuation.onTermination = { [self] reason in if case .cancelled = reason { cancel(id) } }
        if calls.start(id, frame: frame, deadline: .distantFuture, .stream(continuation)) { send(nil) }
      } catch {
        continuation.finish(throwing: ClientError(error))
      }
    }
  }

  /// Every change of the traffic from now on.
  public func watchTraffic() -> AsyncThrowingStream<TrafficEvent, any Error> {
    stream(ServiceMethods.watchTraffic, EmptyRequest())
  }

  /// The travel times between many places, in pieces of some rows each.
  public func streamMatrix(_ request: MatrixRequest) -> AsyncThrowingStream<MatrixAnswer, any Error> {
    stream(ServiceMethods.streamMatrix, request)
  }

  /// How far a vehicle gets, in pieces of some roads each.
  public func streamReach(_ request: ReachRequest) -> AsyncThrowingStream<ReachAnswer, any Error> {
    stream(ServiceMethods.streamReach, request)
  }

  /// What is covered: answered now, and again when it differs, at most once a second.
  public func watchCoverage(_ request: WatchCoverageRequest) -> AsyncThrowingStream<CoverageAnswer, any Error> {
    stream(ServiceMethods.watchCoverage, request)
  }

  /// The ETA of units under way, and what happens to them.
  public func follow(_ request: FollowRequest) -> AsyncThrowingStream<FollowEvent, any Error> {
    stream(ServiceMethods.follow, request)
  }

  /// A question that is answered now, and again whenever its answer changes.
  public func watch(_ question: WatchQuestion) -> AsyncThrowingStream<WatchAnswer, any Error> {
    stream(ServiceMethods.watch, question)
  }
}

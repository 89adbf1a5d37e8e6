import Calls
import Messages
import NIOCore

/// Requests of one connection that come in several frames, until each is whole.
struct RequestPieces {
  private struct Partial {
    var request: FrameRequest
    /// Ends the request if its next piece does not come.
    var timer: Scheduled<Void>?
    /// True if it was refused already: what still comes of it is passed over.
    var isRefused = false
  }

  private var partials: [UInt64: Partial] = [:]
  /// Of all requests that are not whole.
  private var byteCount = 0
  /// All that the connection holds.
  private let unfinished: UnfinishedBytes

  init(_ unfinished: UnfinishedBytes) { self.unfinished = unfinished }

  /// What became of a piece.
  enum Outcome {
    case whole(FrameRequest)
    case incomplete
    case refused(CallStatus)
    /// Of a request that was refused before.
    case passedOver
  }

  func contains(_ id: UInt64) -> Bool { partials[id] != nil }

  /// Takes a frame. Throws `MALFORMED_FRAME` for a piece that does not go with those before it. O(bytes of the piece).
  ///
  /// - Parameter startTimer: starts the timer of a request that waits for its next piece.
  mutating func add(
    _ request: FrameRequest, startTimer: (UInt64) -> Scheduled<Void>?
  ) throws(CallStatus) -> Outcome {
    guard var partial = partials.removeValue(forKey: request.id) else {
      if !request.more { return .whole(request) }
      return keep(Partial(request: request), startTimer)
    }
    partial.timer?.cancel()
    guard request.method == partial.request.method else {
      throw CallStatus(.malformedFrame, "a piece of a request has another method", value: request.method)
    }
    if partial.isRefused {
      if request.more { partials[request.id] = partial }
      return .passedOver
    }
    release(partial.request.payload.count)
    partial.request.payload += request.payload
    guard request.more else {
      partial.request.more = false
      return partial.request.payload.count > FrameLimits.requestBytesMax
        ? .refused(Self.tooLarge) : .whole(partial.request)
    }
    return keep(partial, startTimer)
  }

  private mutating func keep(_ partial: Partial, _ startTimer: (UInt64) -> Scheduled<Void>?) -> Outcome {
    var partial = partial
    let id = partial.request.id
    let count = partial.request.payload.count
    let isTooLong = byteCount + count > FrameLimits.requestBytesMax
    if isTooLong || !unfinished.take(count) {
      (partial.request.payload, partial.isRefused) = ([], true)
      partials[id] = partial
      return .refused(isTooLong ? Self.tooLarge : unfinished.refusal)
    }
    partial.timer = startTimer(id)
    byteCount += count
    partials[id] = partial
    return .incomplete
  }

  private static let tooLarge = CallStatus(
    .messageTooLarge, "the unfinished requests of a connection have at most \(FrameLimits.requestBytesMax) bytes")

  private mutating func release(_ count: Int) {
    byteCount -= count
    unfinished.giveBack(count)
  }

  /// Refuses a request at its first piece: what still comes of it is passed over.
  mutating func passOver(_ first: FrameRequest) {
    var first = first
    first.payload = []
    partials[first.id] = Partial(request: first, isRefused: true)
  }

  /// Gives a request up that is not whole; true if there was one that was not refused yet. Its further pieces are
  /// passed over.
  mutating func refuse(_ id: UInt64) -> Bool {
    guard let partial = partials[id], !partial.isRefused else { return false }
    partial.timer?.cancel()
    release(partial.request.payload.count)
    partials[id]?.request.payload = []
    partials[id]?.isRefused = true
    return true
  }

  mutating func removeAll() {
    for partial in partials.values { partial.timer?.cancel() }
    release(byteCount)
    partials = [:]
  }
}

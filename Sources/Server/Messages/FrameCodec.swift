/// Frames as bytes: a 4-byte big-endian length, then the `Frame` message.
public enum FrameCodec {
  /// The memory that reading a frame takes beyond its payload, which is copied once.
  private static let frameMemoryBytes = 64 << 10

  /// The length that a header states. Throws `FRAME_TOO_LONG`. O(1).
  public static func frameBytes(header: UInt32) throws(CallStatus) -> Int {
    guard header <= FrameLimits.frameBytesMax else {
      throw CallStatus(.frameTooLong, "a frame has at most \(FrameLimits.frameBytesMax) bytes", value: "\(header)")
    }
    return Int(header)
  }

  /// The frame in `bytes`, without its header. Throws `MALFORMED_FRAME`. O(bytes).
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(CallStatus) -> Frame {
    let memoryBytesMax = bytes.count * 2 + frameMemoryBytes
    do {
      return try Frame.unpacked(bytes.bindMemory(to: UInt8.self), memoryBytesMax: memoryBytesMax)
    } catch {
      throw CallStatus(.malformedFrame, error.message, value: error.value)
    }
  }

  /// The header and the message of a frame. Throws `FRAME_TOO_LONG`. O(bytes).
  public static func encode(_ frame: Frame) throws(CallStatus) -> [UInt8] {
    var bytes = frame.packed(headerBytes: FrameLimits.headerBytes)
    let count = bytes.count - FrameLimits.headerBytes
    guard count <= FrameLimits.frameBytesMax else {
      throw CallStatus(.frameTooLong, "a frame has at most \(FrameLimits.frameBytesMax) bytes", value: "\(count)")
    }
    for index in 0..<FrameLimits.headerBytes {
      bytes[index] = UInt8(truncatingIfNeeded: count >> (8 * (FrameLimits.headerBytes - 1 - index)))
    }
    return bytes
  }

  /// The frames of an answer, one after the other: several where it is longer than a frame. O(bytes).
  public static func encode(answer: Result<[UInt8], CallStatus>, id: UInt64) -> [UInt8] {
    switch answer {
    case .failure(let status): encoded(FrameResponse(id: id, refusal: status.shortened))
    case .success(let payload): encoded(payload, id: id, isOpen: false)
    }
  }

  /// The frames of one message of a stream that goes on. O(bytes).
  public static func encode(streamed payload: [UInt8], id: UInt64) -> [UInt8] { encoded(payload, id: id, isOpen: true) }

  /// The frames of a request: several where it is longer than a frame. Throws `MESSAGE_TOO_LARGE`. O(bytes).
  public static func encode(request: FrameRequest) throws(CallStatus) -> [UInt8] {
    let bytesMax = FrameLimits.requestBytesMax
    guard request.payload.count <= bytesMax else {
      throw CallStatus(.messageTooLarge, "a request has at most \(bytesMax) bytes", value: "\(request.payload.count)")
    }
    var bytes: [UInt8] = []
    for (piece, isLast) in pieces(of: request.payload) {
      var part = request
      (part.payload, part.more) = (piece, !isLast)
      bytes += try encode(.request(part))
    }
    return bytes
  }

  private static func encoded(_ payload: [UInt8], id: UInt64, isOpen: Bool) -> [UInt8] {
    pieces(of: payload).flatMap { piece, isLast in
      encoded(FrameResponse(id: id, payload: piece, more: !isLast, isOpen: isOpen))
    }
  }

  /// A payload in pieces that fit into a frame each; one at least.
  private static func pieces(of payload: [UInt8]) -> [(piece: [UInt8], isLast: Bool)] {
    let length = FrameLimits.payloadPieceBytes
    if payload.count <= length { return [(payload, true)] }
    return stride(from: 0, to: payload.count, by: length).map { start in
      let end = min(start + length, payload.count)
      return (Array(payload[start..<end]), end == payload.count)
    }
  }

  private static func encoded(_ response: FrameResponse) -> [UInt8] {
    guard let bytes = try? encode(.response(response)) else {
      preconditionFailure("a piece of an answer is shorter than a frame")
    }
    return bytes
  }
}

extension CallStatus {
  private static let textCharactersMax = 1_000

  /// The status with its texts cut: a refused value may be as long as the request.
  public var shortened: CallStatus {
    guard message.utf8.count > Self.textCharactersMax || value.utf8.count > Self.textCharactersMax else { return self }
    return CallStatus(
      grpcCode: grpcCode, code: code, message: String(message.prefix(Self.textCharactersMax)),
      value: String(value.prefix(Self.textCharactersMax)))
  }
}

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
    case .failure(let status): return encoded(FrameResponse(id: id, refusal: status.shortened))
    case .success(let payload) where payload.count <= FrameLimits.payloadPieceBytes:
      return encoded(FrameResponse(id: id, payload: payload))
    case .success(let payload):
      var bytes: [UInt8] = []
      for start in stride(from: 0, to: payload.count, by: FrameLimits.payloadPieceBytes) {
        let end = min(start + FrameLimits.payloadPieceBytes, payload.count)
        bytes += encoded(FrameResponse(id: id, payload: Array(payload[start..<end]), more: end < payload.count))
      }
      return bytes
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
  var shortened: CallStatus {
    guard message.utf8.count > Self.textCharactersMax || value.utf8.count > Self.textCharactersMax else { return self }
    return CallStatus(
      grpcCode: grpcCode, code: code, message: String(message.prefix(Self.textCharactersMax)),
      value: String(value.prefix(Self.textCharactersMax)))
  }
}

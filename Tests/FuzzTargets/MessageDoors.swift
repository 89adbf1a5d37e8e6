import Engine
import Framing
import Messages
import NIOCore
import TestSupport

extension FuzzDoor {
  /// Frames and messages of the socket.
  static let messages: [FuzzDoor] = [
    FuzzDoor(
      "frame", dictionary: [ServiceMethods.route.name, ServiceMethods.watch.name],
      samples: { try MessageForm.frames.map { Array($0.dropFirst(FrameLimits.headerBytes)) } },
      run: { bytes in
        guard let frame = try? bytes.withUnsafeBytes({ try FrameCodec.decode($0) }) else { return }
        let written = try FrameCodec.encode(frame).dropFirst(FrameLimits.headerBytes)
        let again = try Array(written).withUnsafeBytes { try FrameCodec.decode($0) }
        try promise(again == frame, "a frame that is written and read is the same")
      }),
    FuzzDoor(
      "frame-stream", samples: { [try MessageForm.frames.reduce([3], +)] + (try MessageForm.frames.map { [1] + $0 }) },
      run: { bytes in
        guard let step = bytes.first else { return }
        let stream = Array(bytes.dropFirst())
        let whole = frames(of: stream, pieceBytes: max(stream.count, 1))
        let pieces = frames(of: stream, pieceBytes: Int(step) + 1)
        try promise(whole == pieces, "a stream gives the same frames however it is cut")
      }),
    FuzzDoor(
      "message", samples: { MessageForm.samples.map { [$0.form] + $0.payload } },
      run: { bytes in
        guard let first = bytes.first else { return }
        try MessageForm.all[Int(first) % MessageForm.all.count].check(Array(bytes.dropFirst()))
      }),
    FuzzDoor("requests", bytesMax: 4_096, samples: { EngineCalls.samples }, run: { try EngineCalls.run($0) }),
  ]

  /// The frames of a stream that comes in pieces, up to the first that is refused.
  private static func frames(of bytes: [UInt8], pieceBytes: Int) -> [Frame] {
    var (buffer, decoder, frames) = (ByteBuffer(), FrameDecoder(), [Frame]())
    for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
      buffer.writeBytes(bytes[start..<min(bytes.count, start + pieceBytes)])
      do {
        while let frame = try decoder.decode(buffer: &buffer) { frames.append(frame) }
      } catch {
        return frames
      }
    }
    return frames
  }
}

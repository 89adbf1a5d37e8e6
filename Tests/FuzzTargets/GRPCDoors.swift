import API
import Framing
import Messages
import NIOCore
import NIOHPACK

extension FuzzDoor {
  /// What gRPC puts around messages.
  static let gRPC: [FuzzDoor] = [
    FuzzDoor(
      "grpc-messages",
      samples: {
        [[7] + [1, 2, 3, 0].flatMap { Array(GRPCMessage.encode([$0]).readableBytesView) }, [0, 1, 0, 0, 0, 1, 9]]
      },
      run: { bytes in
        guard let step = bytes.first else { return }
        let stream = Array(bytes.dropFirst())
        let whole = messages(of: stream, pieceBytes: max(stream.count, 1))
        let pieces = messages(of: stream, pieceBytes: Int(step) + 1)
        try promise(pieces == whole, "messages are the same however they are cut")
      }),
    // Lines of a name and a value.
    FuzzDoor(
      "grpc-headers", bytesMax: 2_000,
      dictionary: [
        "grpc-timeout ", "99999999H", "Bearer ", "%", "%FF", "grpc-status ", "9223372036854775808", "\n:path /",
      ],
      samples: texts(
        ":method POST\n:path /tocsin.v1.Routing/Route\ngrpc-timeout 250m\nauthorization Bearer x",
        "grpc-status 5\ngrpc-message a%20b\ntocsin-code UNKNOWN_UNIT"),
      run: { bytes in
        let headers = headers(of: bytes)
        _ = GRPCCallHeaders.isGRPC(headers)
        if let timeout = (try? GRPCCallHeaders(headers))?.timeout {
          try promise(timeout >= .zero, "a timeout is to come")
        }
        guard let refusal = GRPCHeaders.refusal(in: headers), refusal.grpcCode != 0 else { return }
        let again = GRPCHeaders.refusal(in: GRPCHeaders.trailers(refusal))
        try promise(
          again?.code == refusal.code && again?.value == refusal.value, "a refusal is read as it is written")
      }),
  ]

  private static func headers(of bytes: [UInt8]) -> HPACKHeaders {
    var headers = HPACKHeaders()
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      let name = String(parts.first ?? "")
      // Whoever reads HTTP/2 gives no others.
      guard name.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
      headers.add(name: name, value: parts.count > 1 ? String(parts[1]) : "")
    }
    return headers
  }

  /// The messages of a stream that comes in pieces, up to the first that is refused.
  private static func messages(of bytes: [UInt8], pieceBytes: Int) -> [[UInt8]] {
    var (reader, messages) = (GRPCMessageReader(bytesMax: 1 << 16), [[UInt8]]())
    for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
      reader.add(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + pieceBytes)]))
      do throws(CallStatus) {
        while let message = try reader.next() { messages.append(message) }
      } catch {
        return messages
      }
    }
    return messages
  }
}

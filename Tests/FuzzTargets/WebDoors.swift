import Foundation
import Framing
import Messages

extension FuzzDoor {
  /// What the web puts around messages.
  static let web: [FuzzDoor] = [
    FuzzDoor(
      "web-envelopes",
      samples: { [ConnectEnvelope.encode([1, 2, 3]) + ConnectEnvelope.encode([], flags: 1), [2, 0, 0, 0, 0]] },
      run: { bytes in
        guard let messages = try? ConnectEnvelope.decode(bytes) else { return }
        let again = messages.flatMap {
          ConnectEnvelope.encode(Array($0.message), flags: $0.isCompressed ? ConnectEnvelope.compressed : 0)
        }
        try promise(again == bytes, "envelopes are read as they are written")
      }),
    FuzzDoor(
      "web-gzip", samples: { [gzipOfBraces] },
      run: { bytes in
        let whole = try? CompressedBytes.inflate(bytes[...], bytesMax: 1 << 16)
        try promise((whole?.count ?? 0) <= 1 << 16, "what comes out is bounded")
      }),
    FuzzDoor(
      "web-targets", bytesMax: 4_000, dictionary: ["%2F", "%zz", "%EA%B0%80", "&", "?", "=", "+", "%00", "//"],
      samples: texts("/route/v1/driving/127.0,37.5;127.1,37.6?overview=false&steps=true", "/a%20b/?x=%EA%B0%80+y"),
      run: { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let target = try? RequestTarget(text, partsMax: 20, itemsMax: 20) else { return }
        try promise(target.path.count <= 20 && target.query.count <= 20, "parts are bounded")
        try promise(target.path.allSatisfy { !$0.isEmpty }, "parts have something in them")
      }),
  ]

  /// `{}` by gzip.
  private static let gzipOfBraces: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0,
  ]
}

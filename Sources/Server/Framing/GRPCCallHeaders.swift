import Messages
import NIOHPACK

/// What the headers of a call say.
public struct GRPCCallHeaders: Sendable {
  /// Service and method, such as `tocsin.v1.Dispatch/FastestUnits`.
  public let method: String
  /// The token of `authorization: Bearer TOKEN`; empty without one.
  public let token: String
  /// `nil` if the caller waits for ever.
  public let timeout: Duration?

  /// Reads headers. O(headers).
  ///
  /// - Throws: `MALFORMED_FRAME` for a call that is none of gRPC, `COMPRESSION_UNSUPPORTED` with the encoding.
  public init(_ headers: HPACKHeaders) throws(CallStatus) {
    let path = headers.first(name: ":path") ?? ""
    guard headers.first(name: ":method") == "POST", path.hasPrefix("/") else {
      throw CallStatus(.malformedFrame, "a call is a POST to /service/method", value: path)
    }
    method = String(path.dropFirst())
    if let encoding = headers.first(name: "grpc-encoding"), encoding != "identity" {
      throw CallStatus(.compressionUnsupported, "messages must not be compressed", value: encoding)
    }
    token = BearerToken.read(headers.first(name: "authorization"))
    timeout = try headers.first(name: "grpc-timeout").map(GRPCTimeout.read)
  }

  /// True if the headers are of gRPC at all; others get a status of HTTP.
  public static func isGRPC(_ headers: HPACKHeaders) -> Bool {
    headers.first(name: "content-type")?.hasPrefix(GRPCHeaders.contentType) == true
  }
}

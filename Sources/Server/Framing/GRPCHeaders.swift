import Messages
import NIOHPACK

/// The headers and trailers of a call of gRPC.
public enum GRPCHeaders {
  public static let contentType = "application/grpc"
  /// The stable code and the offending value of a refusal, beside `grpc-status` and `grpc-message`.
  static let codeName = "tocsin-code"
  static let valueName = "tocsin-value"

  /// What stands before the messages of an answer.
  public static let response: HPACKHeaders = [":status": "200", "content-type": contentType]
  /// What stands behind them if all went well.
  public static let ok: HPACKHeaders = ["grpc-status": "0"]

  /// The headers of a call.
  ///
  /// - Parameters:
  ///   - method: service and method, such as `tocsin.v1.Dispatch/FastestUnits`.
  ///   - token: what the caller shows; empty for nothing.
  ///   - timeoutMilliseconds: 0 is none.
  public static func request(
    method: String, authority: String, isEncrypted: Bool, token: String, timeoutMilliseconds: UInt32
  ) -> HPACKHeaders {
    var headers: HPACKHeaders = [
      ":method": "POST", ":scheme": isEncrypted ? "https" : "http", ":path": "/\(method)", ":authority": authority,
      "te": "trailers", "content-type": contentType,
    ]
    if timeoutMilliseconds > 0 {
      headers.add(name: "grpc-timeout", value: GRPCTimeout.text(milliseconds: timeoutMilliseconds))
    }
    if !token.isEmpty { headers.add(name: "authorization", value: BearerToken.value(token)) }
    return headers
  }

  /// The trailers of a refusal: number, text for people, stable code, offending value.
  public static func trailers(_ status: CallStatus) -> HPACKHeaders {
    var trailers: HPACKHeaders = [
      "grpc-status": "\(status.grpcCode)", "grpc-message": GRPCStatusText.encode(status.description),
      codeName: GRPCStatusText.encode(status.code),
    ]
    if !status.value.isEmpty { trailers.add(name: valueName, value: GRPCStatusText.encode(status.value)) }
    return trailers
  }

  /// What a server's trailers say: `nil` is OK. A server that is not ours has no stable code.
  public static func refusal(in trailers: HPACKHeaders) -> CallStatus? {
    guard let number = trailers.first(name: "grpc-status").flatMap({ Int($0) }) else {
      return CallStatus(.malformedFrame, "the answer has no grpc-status")
    }
    guard number != 0 else { return nil }
    let text = { (name: String) in trailers.first(name: name).map(GRPCStatusText.decode) ?? "" }
    return CallStatus(grpcCode: number, code: text(codeName), message: text("grpc-message"), value: text(valueName))
  }
}

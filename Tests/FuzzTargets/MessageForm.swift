import API
import Engine
import Messages
import TestSupport

/// A request or an answer of one method, as bytes.
struct MessageForm: Sendable {
  let name: String
  /// Reads, writes and reads again.
  let check: @Sendable ([UInt8]) throws -> Void

  private init<Value>(
    _ name: String, _ read: @escaping @Sendable ([UInt8]) -> Result<Value, CallStatus>,
    _ write: @escaping @Sendable (Value) -> [UInt8]
  ) {
    self.name = name
    check = { bytes in
      switch read(bytes) {
      case .failure(let status):
        try promise(Self.knownCodes.contains(status.code), "\(name): an unknown code \(status)")
      case .success(let value):
        let written = write(value)
        guard case .success(let again) = read(written) else {
          throw BrokenPromise("\(name): what was written can't be read")
        }
        // The order of a message's map is free.
        try promise(write(again).sorted() == written.sorted(), "\(name): what is read again is the same")
      }
    }
  }

  private static func forms(of row: some AnyServiceMethod) -> [MessageForm] {
    let method = row.typed
    return [
      MessageForm("request of \(method.name)", method.readRequest, method.writeRequest),
      MessageForm("answer of \(method.name)", method.readAnswer, method.writeAnswer),
    ]
  }

  static let knownCodes = Set(EngineError.Code.allCases.map(\.rawValue) + CallCode.allCases.map(\.rawValue))

  static let all: [MessageForm] = ServiceMethods.all.flatMap { forms(of: $0) }

  /// One message of every form at least, with the number of its form.
  static let samples: [(form: UInt8, payload: [UInt8])] = MethodSample.all.flatMap { sample in
    all.indices.compactMap { form in
      switch all[form].name {
      case "request of \(sample.method.name)": (UInt8(form), sample.request)
      case "answer of \(sample.method.name)": (UInt8(form), sample.answer)
      default: nil
      }
    }
  }

  /// A frame of each kind, with its header.
  static var frames: [[UInt8]] {
    get throws {
      let route = ServiceMethods.route.writeRequest(Samples.routeRequest)
      let request = FrameRequest(id: 7, method: ServiceMethods.route.name, token: "t", payload: route, more: true)
      let refusal = CallStatus(.unknownMethod, "there is no such method", value: "x")
      return [
        try FrameCodec.encode(.request(request)), try FrameCodec.encode(.cancel(id: 7)),
        try FrameCodec.encode(.response(FrameResponse(id: 7, refusal: refusal))),
        try FrameCodec.encode(.response(FrameResponse(id: .max, payload: [1, 2, 3], more: true, isOpen: true))),
      ]
    }
  }
}

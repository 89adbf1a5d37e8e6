import CMessages

/// A question of gRPC's standard reflection: what can be called here?
public struct ReflectionRequest: WireValue, Hashable, Sendable {
  /// What is asked for.
  public enum Question: Hashable, Sendable {
    case fileName(String)
    case symbol(String)
    case services
    /// About extensions of messages, of which there are none.
    case extensions
    case nothing
  }

  public var host: String
  public var question: Question

  public init(host: String = "", question: Question) { (self.host, self.question) = (host, question) }

  static let initialize = grpc__reflection__v1__server_reflection_request__init
  static func read(_ message: Grpc__Reflection__V1__ServerReflectionRequest) throws(CallStatus) -> ReflectionRequest {
    let host = try message.host.text("host")
    let question: Question =
      switch message.message_request_case {
      case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_BY_FILENAME:
        .fileName(try message.file_by_filename.text("file_by_filename"))
      case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_SYMBOL:
        .symbol(try message.file_containing_symbol.text("file_containing_symbol"))
      case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_LIST_SERVICES: .services
      case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST__NOT_SET: .nothing
      default: .extensions
      }
    return ReflectionRequest(host: host, question: question)
  }

  func write(to message: inout Grpc__Reflection__V1__ServerReflectionRequest, in arena: MessageArena) {
    message.host = arena.text(host)
    switch question {
    case .fileName(let name):
      message.message_request_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_BY_FILENAME
      message.file_by_filename = arena.text(name)
    case .symbol(let symbol):
      message.message_request_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_SYMBOL
      message.file_containing_symbol = arena.text(symbol)
    case .services:
      message.message_request_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_LIST_SERVICES
      message.list_services = arena.text("")
    case .extensions, .nothing: return
    }
  }
}

/// An answer of gRPC's standard reflection.
public struct ReflectionAnswer: WireValue, Hashable, Sendable {
  /// What is told.
  public enum Outcome: Hashable, Sendable {
    /// `FileDescriptorProto` messages.
    case files([[UInt8]])
    case services([String])
    case refused(CallStatus)
  }

  public var request: ReflectionRequest
  public var outcome: Outcome

  public init(request: ReflectionRequest, outcome: Outcome) { (self.request, self.outcome) = (request, outcome) }

  static let initialize = grpc__reflection__v1__server_reflection_response__init
  static func read(_ message: Grpc__Reflection__V1__ServerReflectionResponse) throws(CallStatus) -> ReflectionAnswer {
    ReflectionAnswer(
      request: try .required(message.original_request, "original_request"), outcome: try Outcome.read(message))
  }

  func write(to message: inout Grpc__Reflection__V1__ServerReflectionResponse, in arena: MessageArena) {
    message.valid_host = arena.text(request.host)
    message.original_request = arena.message(request)
    switch outcome {
    case .files(let files):
      message.message_response_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_FILE_DESCRIPTOR_RESPONSE
      message.file_descriptor_response = arena.message(grpc__reflection__v1__file_descriptor_response__init) {
        ($0.n_file_descriptor_proto, $0.file_descriptor_proto) = arena.column(
          files.map { $0.withUnsafeBufferPointer { arena.bytes($0) } })
      }
    case .services(let names):
      message.message_response_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_LIST_SERVICES_RESPONSE
      message.list_services_response = arena.message(grpc__reflection__v1__list_service_response__init) {
        ($0.n_service, $0.service) = arena.messages(names.map { ServiceName(name: $0) })
      }
    case .refused(let status):
      message.message_response_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_ERROR_RESPONSE
      message.error_response = arena.message(grpc__reflection__v1__error_response__init) {
        $0.error_code = Int32(clamping: status.grpcCode)
        $0.error_message = arena.text(status.message)
      }
    }
  }
}

extension ServiceMethods {
  /// `grpc.reflection.v1.ServerReflection/ServerReflectionInfo`.
  public static let reflection = ServiceMethod<ReflectionRequest, ReflectionAnswer>(
    fullName: "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", .byTransport)
  /// The same under the name that it had before it was a standard; most tools still call it so.
  public static let reflectionAlpha = ServiceMethod<ReflectionRequest, ReflectionAnswer>(
    fullName: "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", .byTransport)
}

extension ReflectionAnswer.Outcome {
  fileprivate static func read(
    _ message: Grpc__Reflection__V1__ServerReflectionResponse
  ) throws(CallStatus) -> ReflectionAnswer.Outcome {
    switch message.message_response_case {
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_FILE_DESCRIPTOR_RESPONSE:
      let files = try present(message.file_descriptor_response, "files")
      return .files(
        UnsafeBufferPointer(start: files.file_descriptor_proto, count: files.n_file_descriptor_proto).map(\.bytes))
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_LIST_SERVICES_RESPONSE:
      let services = try present(message.list_services_response, "services")
      return .services(try [ServiceName].read(services.service, services.n_service).map(\.name))
    default:
      let refusal = try present(message.error_response, "error_response")
      let text = try refusal.error_message.text("error_message")
      return .refused(CallStatus(grpcCode: Int(refusal.error_code), code: "", message: text))
    }
  }
}

private struct ServiceName: WireValue {
  let name: String

  static let initialize = grpc__reflection__v1__service_response__init
  static func read(_ message: Grpc__Reflection__V1__ServiceResponse) throws(CallStatus) -> ServiceName {
    ServiceName(name: try message.name.text("name"))
  }

  func write(to message: inout Grpc__Reflection__V1__ServiceResponse, in arena: MessageArena) {
    message.name = arena.text(name)
  }
}

import CMessages
import Foundation

/// A question of gRPC's standard reflection: what can be called here?
public struct ReflectionRequest: Hashable, Sendable {
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

  public init(host: String = "", question: Question) {
    self.host = host
    self.question = question
  }
}

/// An answer of gRPC's standard reflection.
public struct ReflectionAnswer: Hashable, Sendable {
  /// What is told.
  public enum Outcome: Hashable, Sendable {
    /// `FileDescriptorProto` messages.
    case files([[UInt8]])
    case services([String])
    case refused(CallStatus)
  }

  public var request: ReflectionRequest
  public var outcome: Outcome

  public init(request: ReflectionRequest, outcome: Outcome) {
    self.request = request
    self.outcome = outcome
  }
}

extension ServiceMethods {
  /// `grpc.reflection.v1.ServerReflection/ServerReflectionInfo`.
  public static let reflection = ServiceMethod<ReflectionRequest, ReflectionAnswer>(
    fullName: "grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
  /// The same under the name that it had before it was a standard; most tools still call it so.
  public static let reflectionAlpha = ServiceMethod<ReflectionRequest, ReflectionAnswer>(
    fullName: "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
}

extension ReflectionRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionRequest>? {
    grpc__reflection__v1__server_reflection_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionRequest>) {
    grpc__reflection__v1__server_reflection_request__init(message)
  }

  static func read(_ message: Grpc__Reflection__V1__ServerReflectionRequest) throws(CallStatus) -> ReflectionRequest {
    let host = try WireReader.text(message.host, "host")
    switch message.message_request_case {
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_BY_FILENAME:
      return ReflectionRequest(
        host: host, question: .fileName(try WireReader.text(message.file_by_filename, "file_by_filename")))
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_SYMBOL:
      let symbol = try WireReader.text(message.file_containing_symbol, "file_containing_symbol")
      return ReflectionRequest(host: host, question: .symbol(symbol))
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_LIST_SERVICES:
      return ReflectionRequest(host: host, question: .services)
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST__NOT_SET:
      return ReflectionRequest(host: host, question: .nothing)
    default: return ReflectionRequest(host: host, question: .extensions)
    }
  }

  func write(
    to message: UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionRequest>, in arena: MessageArena
  ) {
    message.pointee.host = arena.text(host)
    switch question {
    case .fileName(let name):
      message.pointee.message_request_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_BY_FILENAME
      message.pointee.file_by_filename = arena.text(name)
    case .symbol(let symbol):
      message.pointee.message_request_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_SYMBOL
      message.pointee.file_containing_symbol = arena.text(symbol)
    case .services:
      message.pointee.message_request_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_LIST_SERVICES
      message.pointee.list_services = arena.text("")
    case .extensions, .nothing: return
    }
  }
}

/// Bytes that stand in a field as they are.
private struct FileBytes: WireValue {
  let files: [[UInt8]]

  static func initialize(_ message: UnsafeMutablePointer<Grpc__Reflection__V1__FileDescriptorResponse>) {
    grpc__reflection__v1__file_descriptor_response__init(message)
  }

  static func read(_ message: Grpc__Reflection__V1__FileDescriptorResponse) throws(CallStatus) -> FileBytes {
    FileBytes(
      files: UnsafeBufferPointer(start: message.file_descriptor_proto, count: message.n_file_descriptor_proto)
        .map(WireReader.bytes))
  }

  func write(to message: UnsafeMutablePointer<Grpc__Reflection__V1__FileDescriptorResponse>, in arena: MessageArena) {
    let list = arena.array(files.count, of: ProtobufCBinaryData.self)
    for (index, file) in files.enumerated() { list[index] = file.withUnsafeBufferPointer { arena.bytes($0) } }
    message.pointee.n_file_descriptor_proto = files.count
    message.pointee.file_descriptor_proto = list
  }
}

private struct ServiceName: WireValue {
  let name: String

  static func initialize(_ message: UnsafeMutablePointer<Grpc__Reflection__V1__ServiceResponse>) {
    grpc__reflection__v1__service_response__init(message)
  }

  static func read(_ message: Grpc__Reflection__V1__ServiceResponse) throws(CallStatus) -> ServiceName {
    ServiceName(name: try WireReader.text(message.name, "name"))
  }

  func write(to message: UnsafeMutablePointer<Grpc__Reflection__V1__ServiceResponse>, in arena: MessageArena) {
    message.pointee.name = arena.text(name)
  }
}

private struct ServiceNames: WireValue {
  let names: [String]

  static func initialize(_ message: UnsafeMutablePointer<Grpc__Reflection__V1__ListServiceResponse>) {
    grpc__reflection__v1__list_service_response__init(message)
  }

  static func read(_ message: Grpc__Reflection__V1__ListServiceResponse) throws(CallStatus) -> ServiceNames {
    ServiceNames(names: try WireReader.messages(message.service, message.n_service, of: ServiceName.self).map(\.name))
  }

  func write(to message: UnsafeMutablePointer<Grpc__Reflection__V1__ListServiceResponse>, in arena: MessageArena) {
    message.pointee.n_service = names.count
    message.pointee.service = arena.messages(names.map { ServiceName(name: $0) })
  }
}

private struct ReflectionRefusal: WireValue {
  let status: CallStatus

  static func initialize(_ message: UnsafeMutablePointer<Grpc__Reflection__V1__ErrorResponse>) {
    grpc__reflection__v1__error_response__init(message)
  }

  static func read(_ message: Grpc__Reflection__V1__ErrorResponse) throws(CallStatus) -> ReflectionRefusal {
    let text = try WireReader.text(message.error_message, "error_message")
    return ReflectionRefusal(status: CallStatus(grpcCode: Int(message.error_code), code: "", message: text))
  }

  func write(to message: UnsafeMutablePointer<Grpc__Reflection__V1__ErrorResponse>, in arena: MessageArena) {
    message.pointee.error_code = Int32(clamping: status.grpcCode)
    message.pointee.error_message = arena.text(status.message)
  }
}

extension ReflectionAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionResponse>? {
    grpc__reflection__v1__server_reflection_response__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionResponse>) {
    grpc__reflection__v1__server_reflection_response__init(message)
  }

  static func read(_ message: Grpc__Reflection__V1__ServerReflectionResponse) throws(CallStatus) -> ReflectionAnswer {
    let request = try WireReader.required(message.original_request, "original_request", of: ReflectionRequest.self)
    switch message.message_response_case {
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_FILE_DESCRIPTOR_RESPONSE:
      let files = try WireReader.required(message.file_descriptor_response, "files", of: FileBytes.self)
      return ReflectionAnswer(request: request, outcome: .files(files.files))
    case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_LIST_SERVICES_RESPONSE:
      let names = try WireReader.required(message.list_services_response, "services", of: ServiceNames.self)
      return ReflectionAnswer(request: request, outcome: .services(names.names))
    default:
      let refusal = try WireReader.required(message.error_response, "error_response", of: ReflectionRefusal.self)
      return ReflectionAnswer(request: request, outcome: .refused(refusal.status))
    }
  }

  func write(
    to message: UnsafeMutablePointer<Grpc__Reflection__V1__ServerReflectionResponse>, in arena: MessageArena
  ) {
    message.pointee.valid_host = arena.text(request.host)
    message.pointee.original_request = arena.message(request)
    switch outcome {
    case .files(let files):
      message.pointee.message_response_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_FILE_DESCRIPTOR_RESPONSE
      message.pointee.file_descriptor_response = arena.message(FileBytes(files: files))
    case .services(let names):
      message.pointee.message_response_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_LIST_SERVICES_RESPONSE
      message.pointee.list_services_response = arena.message(ServiceNames(names: names))
    case .refused(let status):
      message.pointee.message_response_case =
        GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_ERROR_RESPONSE
      message.pointee.error_response = arena.message(ReflectionRefusal(status: status))
    }
  }
}

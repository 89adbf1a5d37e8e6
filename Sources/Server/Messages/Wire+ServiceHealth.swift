import CMessages

/// The question of gRPC's standard health check: is this service well, or the whole server if the name is empty?
public struct ServiceHealthRequest: WireValue, Hashable, Sendable {
  public var service: String

  public init(service: String) { self.service = service }

  static let initialize = grpc__health__v1__health_check_request__init
  static func read(_ message: Grpc__Health__V1__HealthCheckRequest) throws(CallStatus) -> ServiceHealthRequest {
    ServiceHealthRequest(service: try message.service.text("service"))
  }

  func write(to message: inout Grpc__Health__V1__HealthCheckRequest, in arena: MessageArena) {
    message.service = arena.text(service)
  }
}

extension ServiceMethods {
  /// `grpc.health.v1.Health/Check`.
  public static let healthCheck = ServiceMethod<ServiceHealthRequest, ServiceHealth>(
    fullName: "grpc.health.v1.Health/Check", .byTransport)
  /// `grpc.health.v1.Health/Watch`.
  public static let healthWatch = ServiceMethod<ServiceHealthRequest, ServiceHealth>(
    fullName: "grpc.health.v1.Health/Watch", .byTransport)
}

/// The answer of gRPC's standard health check.
public enum ServiceHealth: WireValue, Hashable, Sendable {
  case serving
  case notServing
  /// Only said to those who watch: the service may come.
  case unknownService

  static let initialize = grpc__health__v1__health_check_response__init
  static func read(_ message: Grpc__Health__V1__HealthCheckResponse) throws(CallStatus) -> ServiceHealth {
    switch message.status {
    case GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVING: .serving
    case GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVICE_UNKNOWN: .unknownService
    default: .notServing
    }
  }

  func write(to message: inout Grpc__Health__V1__HealthCheckResponse, in arena: MessageArena) {
    message.status =
      switch self {
      case .serving: GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVING
      case .notServing: GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__NOT_SERVING
      case .unknownService: GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVICE_UNKNOWN
      }
  }
}

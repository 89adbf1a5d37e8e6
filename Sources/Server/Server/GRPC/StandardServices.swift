import Messages

/// The services that every server of gRPC has beside its own: health and reflection. They need no
/// thread, and health no token; others who converse are known where callers must be.
enum StandardServices {
  /// Their requests are names.
  static let messageBytesMax = 64 << 10

  private static let conversations: Set = [
    ServiceMethods.healthWatch.name, ServiceMethods.reflection.name, ServiceMethods.reflectionAlpha.name,
  ]

  /// True for a method of them.
  static func has(_ method: String) -> Bool { method == ServiceMethods.healthCheck.name || converses(method) }

  /// True for a method that answers each message with messages.
  static func converses(_ method: String) -> Bool { conversations.contains(method) }

  /// True for a method that goes on after the client has said all.
  static func staysOpen(_ method: String) -> Bool { method == ServiceMethods.healthWatch.name }

  /// The answer of a method that has one; `nil` for other methods.
  static func answer(_ method: String, _ payload: [UInt8], isDraining: Bool) -> Result<[UInt8], CallStatus>? {
    guard method == ServiceMethods.healthCheck.name else { return nil }
    return ServiceMethods.healthCheck.readRequest(payload).flatMap { request in
      let health = health(of: request.service, isDraining: isDraining)
      if health == .unknownService {
        return .failure(CallStatus(.unknownService, "there is no such service", value: request.service))
      }
      return .success(ServiceMethods.healthCheck.writeAnswer(health))
    }
  }

  /// The answers to a message of a conversation.
  static func converse(_ method: String, _ message: [UInt8], isDraining: Bool) throws(CallStatus) -> [[UInt8]] {
    if method == ServiceMethods.healthWatch.name {
      let request = try ServiceMethods.healthWatch.readRequest(message).get()
      return [ServiceMethods.healthWatch.writeAnswer(health(of: request.service, isDraining: isDraining))]
    }
    let request = try ServiceMethods.reflection.readRequest(message).get()
    let answer = ReflectionAnswer(request: request, outcome: outcome(of: request.question))
    return [ServiceMethods.reflection.writeAnswer(answer)]
  }

  /// What is said when the server goes away during a conversation.
  static func farewell(_ method: String) -> [UInt8]? {
    method == ServiceMethods.healthWatch.name ? ServiceMethods.healthWatch.writeAnswer(.notServing) : nil
  }

  // MARK: Health

  private static func health(of service: String, isDraining: Bool) -> ServiceHealth {
    guard service.isEmpty || services.contains(service) else { return .unknownService }
    return isDraining ? .notServing : .serving
  }

  // MARK: Reflection

  private static let services = Set(
    ServiceMethods.all.map(\.service) + [ServiceMethods.healthCheck.service, ServiceMethods.reflection.service]
  ).sorted()

  private static func outcome(of question: ReflectionRequest.Question) -> ReflectionAnswer.Outcome {
    switch question {
    case .services: return .services(services)
    case .fileName(let name): return file(name, value: name)
    case .symbol(let symbol):
      let package = MessageFiles.fileOfPackage.first { symbol.hasPrefix($0.key + ".") }
      return file(package?.value, value: symbol)
    case .extensions: return .refused(CallStatus(.unknownService, "there are no extensions"))
    case .nothing: return .refused(CallStatus(.malformedMessage, "nothing was asked"))
    }
  }

  private static func file(_ name: String?, value: String) -> ReflectionAnswer.Outcome {
    guard let name, let descriptor = MessageFiles.descriptors[name] else {
      return .refused(CallStatus(.unknownService, "there is no such file or symbol", value: value))
    }
    return .files([descriptor])
  }
}

import Messages

/// How pages are answered: at once, or by one call of a method, with its caller's rights and limits.
public enum PageReply: Sendable {
  case answer(PageAnswer)
  case call(PageCall)
}

/// A call of a method that answers a page.
public struct PageCall: Sendable {
  /// Such as `tocsin.v1.Routing/Route`.
  public var method: String
  /// Its request, packed.
  public var payload: [UInt8]
  /// What the page shows of the answer or of the refusal. Called on any thread, outside of event loops.
  public var page: @Sendable (Result<[UInt8], CallStatus>) -> PageAnswer

  /// A call of a method with the page that is made of its answer.
  public init<Request, Answer>(
    _ method: ServiceMethod<Request, Answer>, _ request: Request,
    page: @escaping @Sendable (Result<Answer, CallStatus>) -> PageAnswer
  ) {
    self.method = method.name
    payload = method.writeRequest(request)
    self.page = { answer in page(answer.flatMap(method.readAnswer)) }
  }
}

/// Pages below one folder of the web door, such as `/route/v1/...`.
public protocol PageFolder: Sendable {
  /// The parts of the path that lead here: `["route", "v1"]`.
  var path: [String] { get }
  /// How a `GET` is answered. Fast: it is called for each request before its caller is known.
  func reply(to request: PageRequest) -> PageReply
  /// What is said of its pages to programs that ask what there is.
  var descriptions: [PageDescription] { get }
}

extension PageFolder {
  /// Nothing is said of them.
  public var descriptions: [PageDescription] { [] }
}

/// What somebody asks for by a URL.
public struct PageRequest: Sendable {
  /// The parts of the path behind the folder that answers, decoded: `["driving", "127.0,37.5;127.1,37.6"]`.
  public var path: [String]
  /// Names and values of the query, decoded, in their order.
  public var query: [(name: String, value: String)]
  /// The entity tag of what the caller has already, without its quotes; `nil` if none.
  public var knownTag: String?
  /// Where the server is for the caller, such as `http://127.0.0.1:7180`: links of an answer begin with it.
  public var base: String

  public init(path: [String], query: [(name: String, value: String)] = [], knownTag: String? = nil, base: String = "") {
    (self.path, self.query, self.knownTag, self.base) = (path, query, knownTag, base)
  }

  /// The value of a name that is given once or, if it is given more than once, the last one.
  public subscript(name: String) -> String? { query.last { $0.name == name }?.value }
}

/// What is sent back.
public struct PageAnswer: Sendable {
  /// The status of HTTP, such as 200.
  public var status: Int
  /// Such as `application/json`.
  public var contentType: String
  public var body: [UInt8]
  /// The entity tag of the answer, without quotes. The server then answers 304 to who has it.
  public var tag: String?
  /// Further headers.
  public var headers: [(name: String, value: String)]

  public init(
    status: Int = 200, contentType: String, body: [UInt8], tag: String? = nil,
    headers: [(name: String, value: String)] = []
  ) {
    (self.status, self.contentType, self.body, self.tag, self.headers) = (status, contentType, body, tag, headers)
  }
}

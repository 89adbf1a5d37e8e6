import MessageJSON
import Messages
import WebPages

/// The paths of methods, as the Connect protocol has them.
struct MethodPaths {
  private let service: ServiceSchema
  private let method: MethodSchema
  private let row: any AnyServiceMethod
  private let request: JSONValue
  private let answer: JSONValue

  /// - Parameter row: the method in the table of methods.
  init(
    _ method: MethodSchema, of service: ServiceSchema, _ row: any AnyServiceMethod,
    _ shapes: inout MessageShapes
  ) {
    (self.service, self.method, self.row) = (service, method, row)
    (request, answer) = (shapes.reference(to: method.request), shapes.reference(to: method.answer))
  }

  /// The name of a service without its package: the head under which its methods stand.
  static func group(_ service: ServiceSchema) -> String {
    service.name.split(separator: ".").last.map(String.init) ?? service.name
  }

  var path: String { "/\(service.name)/\(method.name)" }

  /// What can be done at the path.
  var item: JSONValue {
    var operations: [(name: String, value: JSONValue)] = []
    if row.changesNothing { operations.append(("get", method.answersStream ? getForStream : get)) }
    operations.append(("post", method.answersStream ? postForStream : post))
    return .object(operations)
  }

  private func operation(_ suffix: String, text: String) -> JSONValue {
    let group = Self.group(service)
    // So that programs that wait for the end of an answer can leave those out that have none.
    let tags = [JSONValue.text(group)] + (method.answersStream ? [.text(Self.streams)] : [])
    let operation: JSONValue = [
      "operationId": .text("\(group)_\(method.name)\(suffix)"), "tags": .list(tags), "summary": .text(method.name),
    ]
    return operation.described([method.comment, text].filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  /// The tag of methods that answer with a stream.
  static let streams = "streams"

  private static let headers: JSONValue = [
    ["$ref": "#/components/parameters/ConnectProtocolVersion"], ["$ref": "#/components/parameters/ConnectTimeout"],
  ]

  // MARK: Calls

  private var post: JSONValue {
    var content: [(name: String, value: JSONValue)] = [
      ("application/json", ["schema": request]), ("application/proto", Self.packed(method.request.name)),
    ]
    if method.takesStream { content += Self.envelopes(method.request.name) }
    return operation("", text: method.takesStream ? "The messages of a stream are merged, and their lists add up." : "")
      .with("parameters", Self.headers)
      .with("requestBody", ["required": true, "content": .object(content)])
      .with("responses", .object([("200", success)] + ConnectErrors.references + ConnectErrors.beforeCalls))
  }

  private var success: JSONValue {
    var content: [(name: String, value: JSONValue)] = [
      ("application/json", ["schema": answer]), ("application/proto", Self.packed(method.answer.name)),
    ]
    if method.takesStream { content += Self.envelopes(method.answer.name) }
    return ["description": "The answer.", "content": .object(content)]
  }

  /// Only what changes nothing may be asked so.
  private var get: JSONValue {
    operation("_get", text: "The request stands in the address.")
      .with("parameters", .list(query(isNeeded: true)))
      .with("responses", .object([("200", success)] + ConnectErrors.references + ConnectErrors.beforeCalls))
  }

  private func query(isNeeded: Bool) -> [JSONValue] {
    [
      [
        "name": "encoding", "in": "query", "required": .truth(isNeeded),
        "schema": ["type": "string", "enum": ["json", "proto"]],
        "description": "How the message is written; `proto` needs `base64=1`.",
      ],
      [
        "name": "message", "in": "query", "required": .truth(isNeeded),
        "content": ["application/json": ["schema": request]], "description": "The request.",
      ],
      [
        "name": "base64", "in": "query", "schema": ["type": "string", "enum": ["1"]],
        "description": "The message is in base64, in the alphabet for addresses.",
      ],
      ["name": "connect", "in": "query", "schema": ["type": "string", "enum": ["v1"]]],
      ["$ref": "#/components/parameters/ConnectTimeout"],
    ]
  }

  // MARK: Streams

  private var postForStream: JSONValue {
    let content: [(name: String, value: JSONValue)] = [("application/json", ["schema": request])]
    let messages = Self.events + Self.envelopes(method.answer.name)
    return operation("", text: Self.streamText)
      .with("parameters", Self.headers)
      .with("requestBody", ["required": true, "content": .object(content + Self.envelopes(method.request.name))])
      .with("responses", answers(messages))
  }

  private var getForStream: JSONValue {
    operation("_get", text: "Answers with events, if `Accept` has `text/event-stream`.")
      .with("parameters", .list(query(isNeeded: false)))
      .with("responses", answers(Self.events))
  }

  private func answers(_ content: [(name: String, value: JSONValue)]) -> JSONValue {
    let answer: JSONValue = ["description": "The answers, and how they ended.", "content": .object(content)]
    return .object([("200", answer)] + ConnectErrors.references + ConnectErrors.beforeCalls)
  }

  private static let events: [(name: String, value: JSONValue)] = [
    (
      "text/event-stream",
      ["schema": ["type": "string", "description": "An answer in JSON as the data of each event."]]
    )
  ]

  private static let streamText = """
    Answers with a stream. A request in `application/json` with `Accept: text/event-stream` is answered with server-sent
    events, whose data is one answer each; the last event is `end`, or `error` with the error. `application/connect+json`
    and `application/connect+proto` have envelopes both ways: a byte of flags, four bytes of length with the highest
    first, the message. The last envelope has the flag 2 and says in JSON how the stream ended.
    """

  private static func packed(_ message: String) -> JSONValue {
    [
      "schema": [
        "type": "string", "format": "binary", "contentMediaType": "application/proto",
        "description": .text("The message `\(message)` as protobuf packs it."),
      ]
    ]
  }

  private static func envelopes(_ message: String) -> [(name: String, value: JSONValue)] {
    ["json", "proto"].map { encoding in
      (
        "application/connect+\(encoding)",
        [
          "schema": [
            "type": "string", "format": "binary", "description": .text("Envelopes with messages `\(message)`."),
          ]
        ]
      )
    }
  }
}

import WebPages

/// How calls are refused: the errors of the Connect protocol.
enum ConnectErrors {
  static let schemas: [(name: String, value: JSONValue)] = [
    (
      "connect.Error",
      [
        "type": "object", "required": ["code"],
        "properties": [
          "code": ["type": "string", "enum": .list(ConnectCode.allCases.map { .text($0.rawValue) })],
          "message": ["type": "string", "description": "For people."],
          "details": ["type": "array", "items": ["$ref": "#/components/schemas/connect.ErrorDetail"]],
        ],
        "description": "Why a call was refused.",
      ]
    ),
    (
      "connect.ErrorDetail",
      [
        "type": "object", "required": ["type", "value"],
        "properties": [
          "type": ["type": "string", "description": "The full name of a message: `google.rpc.ErrorInfo`."],
          "value": ["type": "string", "contentEncoding": "base64", "description": "The message, without padding."],
          "debug": [
            "type": "object",
            "properties": [
              "reason": ["type": "string", "description": "The stable code, such as `OFF_MAP`. Branch on it."],
              "domain": ["type": "string"],
              "metadata": [
                "type": "object",
                "properties": ["value": ["type": "string", "description": "The value that was refused."]],
                "additionalProperties": ["type": "string"],
              ],
            ],
            "description": "The message in JSON.",
          ],
        ],
      ]
    ),
  ]

  /// The answers of a refused call by their status, as components.
  static var responses: [(name: String, value: JSONValue)] {
    var codes: [Int: [ConnectCode]] = [:]
    for code in ConnectCode.allCases { codes[code.httpStatus, default: []].append(code) }
    return codes.sorted { $0.key < $1.key }.map { status, codes in
      (
        "Refused\(status)",
        refusal(codes.map { "`\($0.rawValue)`" }.joined(separator: ", "))
      )
    }
  }

  /// References to ``responses``, by status.
  static let references: [(name: String, value: JSONValue)] = {
    Set(ConnectCode.allCases.map(\.httpStatus)).sorted().map { status in
      ("\(status)", ["$ref": .text("#/components/responses/Refused\(status)")])
    }
  }()

  /// What is answered before a call is one.
  static let beforeCalls: [(name: String, value: JSONValue)] = [
    ("415", refusal("The content type is none of those above.")),
    ("421", refusal("The server has no such name (`Host`).")),
  ]

  private static func refusal(_ text: String) -> JSONValue {
    [
      "description": .text(text),
      "content": ["application/json": ["schema": ["$ref": "#/components/schemas/connect.Error"]]],
    ]
  }
}

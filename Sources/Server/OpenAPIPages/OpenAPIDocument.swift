import MessageJSON
import Messages
import WebPages

/// What can be asked over HTTP, as OpenAPI 3.1 has it: the methods of the table, by the descriptors of their messages,
/// and pages. What is said of them are the comments of `tocsin.proto`.
struct OpenAPIDocument {
  let version: String
  let pages: [PageDescription]

  /// The document as UTF-8. O(methods and messages).
  var json: [UInt8] {
    var output = JSONOutput()
    document.write(to: &output)
    return output.text
  }

  private static let schemas: MessageSchemas = {
    guard let schemas = try? MessageSchemas(file: MessageFiles.commented) else {
      preconditionFailure(".ci/regenerate writes descriptors")
    }
    return schemas
  }()

  /// The paths of all methods, and the shapes of their messages.
  private static let methods: (paths: [(name: String, value: JSONValue)], shapes: JSONValue) = {
    let rows = Dictionary(ServiceMethods.all.map { ($0.name, $0) }) { first, _ in first }
    var shapes = MessageShapes(schemas)
    var paths: [(name: String, value: JSONValue)] = []
    for service in schemas.services {
      for method in service.methods {
        guard let row = rows["\(service.name)/\(method.name)"] else { continue }
        let methodPaths = MethodPaths(method, of: service, row, &shapes)
        paths.append((methodPaths.path, methodPaths.item))
      }
    }
    return (paths, shapes.all)
  }()

  private var document: JSONValue {
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Tocsin", "version": .text(version),
        "description": .text(Self.schemas.comment + "\n\n" + Self.conventions),
      ],
      // Where the document came from.
      "servers": [["url": "/"]],
      "security": [["bearer": []], [:]],
      "tags": .list(tags),
      "paths": .object(Self.methods.paths + pages.map { ($0.path, $0.item) }),
      "components": [
        "schemas": Self.methods.shapes.with(ConnectErrors.schemas),
        "responses": .object(ConnectErrors.responses), "parameters": Self.parameters,
        "securitySchemes": [
          "bearer": [
            "type": "http", "scheme": "bearer",
            "description": "A token of the server. One that asks for none ignores it.",
          ]
        ],
      ],
    ]
  }

  /// The services, then the groups of pages.
  private var tags: [JSONValue] {
    let services = Self.schemas.services.map { service -> JSONValue in
      let tag: JSONValue = ["name": .text(MethodPaths.group(service))]
      return tag.described(service.comment)
    }
    var groups: [String] = []
    for page in pages where !groups.contains(page.group) { groups.append(page.group) }
    let streams: JSONValue = ["name": .text(MethodPaths.streams), "description": "Methods that answer with a stream."]
    return services + groups.map { ["name": .text($0)] } + [streams]
  }

  private static let conventions = """
    Methods are called by the Connect protocol. JSON is protobuf's own mapping: what has its default is left out, fields
    may also be named as in the messages (`lower_snake_case`), numbers may be written as texts, enums as numbers, `null`
    is not given; unknown fields are refused. NaN and infinity would be texts (`"NaN"`).
    """

  private static let parameters: JSONValue = [
    "ConnectProtocolVersion": [
      "name": "Connect-Protocol-Version", "in": "header", "schema": ["type": "string", "enum": ["1"]],
      "description": "May be left out.",
    ],
    "ConnectTimeout": [
      "name": "Connect-Timeout-Ms", "in": "header",
      "schema": ["type": "integer", "minimum": 1, "maximum": 9_999_999_999],
      "description": "A call that is not begun in as many milliseconds is refused with `deadline_exceeded`.",
    ],
  ]
}

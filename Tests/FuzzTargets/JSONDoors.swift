import MessageJSON
import Messages
import TestSupport

extension FuzzDoor {
  /// Messages in JSON, as the web has them.
  static let json: [FuzzDoor] = [
    FuzzDoor(
      "message-json",
      dictionary: [
        "null", "true", "\"NaN\"", "\"Infinity\"", "\\u0000", "\\ud83d\\ude00", "1e999", "-0.0", "1E-5", "{}", "[]",
        "\":\"",
        "18446744073709551615", "9223372036854775808", "\"AA==\"", "\"-_8\"",
      ],
      samples: { try MessageForm.samples.map { [$0.form] + (try text($0.payload, Int($0.form))) } },
      run: { bytes in
        guard let first = bytes.first else { return }
        let form = Int(first) % forms.count
        guard let message = try? MessageJSONReader.bytes(of: bytes.dropFirst(), forms[form], in: schemas) else {
          return
        }
        // The first time in the order of the text, then in that of the schema.
        let written = try text(message, form)
        let again = try MessageJSONReader.bytes(of: written, forms[form], in: schemas)
        try promise(text(again, form) == written, "JSON that is written and read is the same")
        try MessageForm.all[form].check(message)
      }),
    FuzzDoor(
      "message-to-json", samples: { MessageForm.samples.map { [$0.form] + $0.payload } },
      run: { bytes in
        guard let first = bytes.first else { return }
        let form = Int(first) % forms.count
        guard let written = try? text(Array(bytes.dropFirst()), form) else { return }
        let message = try MessageJSONReader.bytes(of: written, forms[form], in: schemas)
        try promise(text(message, form) == written, "a message that is written as JSON and read is the same")
      }),
  ]

  private static let schemas: MessageSchemas = {
    guard let file = MessageFiles.descriptors["tocsin.proto"], let schemas = try? MessageSchemas(file: file) else {
      preconditionFailure(".ci/regenerate writes descriptors")
    }
    return schemas
  }()

  /// The schemas of ``MessageForm/all``, in its order.
  private static let forms: [MessageSchema] = ServiceMethods.all.compactMap { schemas.method($0.name) }
    .flatMap { [$0.request, $0.answer] }

  private static func text(_ bytes: [UInt8], _ form: Int) throws -> [UInt8] {
    try MessageJSONWriter.json(of: bytes, forms[form], in: schemas)
  }
}

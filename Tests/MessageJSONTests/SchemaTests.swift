import MessageJSON
import Messages
import Testing

/// What descriptors say of messages, services and their comments.
@Suite struct SchemaTests {
  @Test(.enabled(if: Kinds.missing == nil, "\(Kinds.missing ?? "")")) func tellsOfServicesAndComments() throws {
    let schemas = try Kinds.schemas.get()
    #expect(schemas.comment == "One field at least of everything that a field can be.")
    #expect(schemas.messages.map(\.name) == ["kinds.Everything", "kinds.Everything.Inner"])
    let service = try #require(schemas.services.first)
    #expect((service.name, service.comment) == ("kinds.Painter", "Asks for colours."))
    #expect(service.methods.map(\.name) == ["Paint", "Watch", "Mix"])
    #expect(service.methods.map(\.comment) == ["One of them.", "", ""])
    #expect(service.methods.map(\.answersStream) == [false, true, false])
    #expect(service.methods.map(\.takesStream) == [false, false, true])
    #expect(service.methods[0].answer.name == "kinds.Everything.Inner")
    let schema = try #require(schemas["kinds.Everything"])
    #expect(schema.oneofs == ["choice", "other"])
    let field = try #require(schema.fields.first { $0.name == "number_choice" })
    #expect((field.jsonName, field.comment, field.oneof) == ("numberChoice", "Which of several.", 0))
    guard case .choice(let color)? = schema.fields.first(where: { $0.name == "color" })?.kind else {
      Issue.record("color is no enum")
      return
    }
    #expect((color.name, color.comment) == ("kinds.Color", "A colour."))
    #expect(color.values.map(\.name) == ["COLOR_NONE", "RED", "BLUE"])
    #expect(color.values.map(\.comment) == ["", "Like blood.", ""])
  }

  /// Each method of the table has its messages, and says of streams what the table says.
  @Test func knowsAllMethods() throws {
    let schemas = try MessageSchemas(file: #require(MessageFiles.descriptors["tocsin.proto"]))
    let told = schemas.services.flatMap { service in service.methods.map { "\(service.name)/\($0.name)" } }
    #expect(Set(told) == Set(ServiceMethods.all.map(\.name)))
    for method in ServiceMethods.all {
      let schema = try #require(schemas.method(method.name))
      #expect(schema.answersStream == (method.answers == .stream), "\(method.name)")
      #expect(schema.takesStream == (method.requests == .stream), "\(method.name)")
    }
  }

  @Test func refusesWhatIsNoDescriptor() {
    #expect(throws: MessageJSONError.self) { try MessageSchemas(file: [0x0A, 200]) }
    // A field whose type nobody declares: message 4 { name 1 = "a", field 2 { name 1 = "b", type 5 = 11 } }.
    #expect(throws: MessageJSONError.self) {
      try MessageSchemas(file: [0x22, 10, 0x0A, 1, 0x61, 0x12, 5, 0x0A, 1, 0x62, 0x28, 11])
    }
  }
}

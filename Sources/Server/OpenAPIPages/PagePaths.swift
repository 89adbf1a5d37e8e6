import WebPages

extension PageDescription {
  /// What `GET` does at the path.
  var item: JSONValue {
    let operation: JSONValue = [
      // A page is called by its path: `get_nearest_v1_profile_coordinate`.
      "operationId": .text("get" + path.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()),
      "tags": [.text(group)], "summary": .text(title),
    ]
    return [
      "get": operation.described(text)
        .with("parameters", .list(parameters.map(\.item)))
        .with("responses", .object(answers.map { ("\($0.status)", $0.item) }))
    ]
  }
}

extension PageDescription.Parameter {
  fileprivate var item: JSONValue {
    var schema: JSONValue = ["type": .text(kind.rawValue)]
    if !choices.isEmpty { schema = schema.with("enum", .list(choices.map { .text($0) })) }
    let item: JSONValue = [
      "name": .text(name), "in": .text(place.rawValue), "required": .truth(isNeeded), "schema": schema,
    ]
    return item.described(text)
  }
}

extension PageDescription.Answer {
  fileprivate var item: JSONValue {
    let item: JSONValue = ["description": .text(text)]
    guard let contentType else { return item }
    return item.with("content", .object([(contentType, .object([]))]))
  }
}

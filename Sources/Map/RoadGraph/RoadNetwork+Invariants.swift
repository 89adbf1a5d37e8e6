import MapFile

extension RoadNetwork {
  /// What would make a lookup leave its table, or `nil` if every id and offset is in bounds. O(n).
  ///
  /// Checked when a file is opened, so that no content of a file can bring a query down.
  func structuralFault() -> String? {
    lengthFault() ?? boundsFault() ?? orderFault()
  }

  private func lengthFault() -> String? {
    if vertexFeature.count != vertexCount { return "vertex tables differ" }
    if arcCourse.count != arcCount { return "arc tables differ in length" }
    return turnAttributes.count == turnCount ? nil : "turn tables differ in length"
  }

  private func boundsFault() -> String? {
    let (vertices, arcs) = (vertexCount, arcCount)
    func isMissing<Index, Element>(_ table: Table<Index, Element>, _ isInBounds: (Element) -> Bool) -> Bool {
      !table.buffer.allSatisfy(isInBounds)
    }
    if isMissing(vertexFeature, { $0 == .none || $0.position < features.count }) { return "a feature is missing" }
    if isMissing(arcHead, { $0.position < vertices }) { return "an arc's head is missing" }
    if isMissing(turnHead, { $0.position < arcs }) { return "a turn's arc is missing" }
    if isMissing(segmentArcs, { $0.forward != nil || $0.backward != nil }) { return "a segment's arc is missing" }
    if isMissing(pieces, { isInBounds($0) }) { return "a piece's way or feature is missing" }
    if isMissing(ways, { $0.attributes.position < attributes.count }) { return "a way's attributes are missing" }
    if isMissing(names.vertexNames, { $0.vertex.position < vertices }) { return "a vertex with a name is missing" }
    if isMissing(names.wayNames, { $0.way.position < ways.count }) { return "an OSM way with a name is missing" }
    if isMissing(conditionalRules, { isInBounds($0) }) { return "what a conditional rule names is missing" }
    return nil
  }

  private func orderFault() -> String? {
    let waysAscend = zip(ways.buffer, ways.buffer.dropFirst()).allSatisfy { $0.osmID < $1.osmID }
    if !waysAscend { return "ways are out of order" }
    return segmentsHaveShapes() ? nil : "a segment has no shape or no stretch"
  }

  private func isInBounds(_ piece: Piece) -> Bool {
    switch piece.kind {
    case .stretch(let way): way.position < ways.count
    case .point(let feature): feature.position < features.count
    }
  }

  private func isInBounds(_ rule: ConditionalRule) -> Bool {
    guard rule.condition.position < texts.offsets.count else { return false }
    return switch rule.effect {
    case .ban(let turn, _), .free(let turn): turn.position < turnCount
    case .attributes(let way, let attributes):
      way.position < ways.count && attributes.position < self.attributes.count
    case .feature(let feature, let other): feature.position < features.count && other.position < features.count
    }
  }

  /// Each segment has two points or more, and its pieces start at ascending points, the first one a stretch at 0.
  private func segmentsHaveShapes() -> Bool {
    segmentArcs.indices.allSatisfy { segment in
      let pointCount = firstPoint[segment].count
      let own = pieces.rows(firstPiece[segment])
      guard pointCount >= 2, let first = own.first, case .stretch = first.kind, first.firstPoint == 0,
        let last = own.last, case .stretch = last.kind
      else { return false }
      return zip(own, own.dropFirst()).allSatisfy { $0.firstPoint <= $1.firstPoint }
        && Int(last.firstPoint) < pointCount
    }
  }

  /// Checks everything that building promises; a violation is a bug. For tests. O(n).
  public func checkInvariants() {
    precondition(structuralFault() == nil, structuralFault() ?? "")
    for vertex in vertexCoordinate.indices {
      for arc in firstOut[vertex] { precondition(arcTail[ArcID(arc)] == vertex, "arcs are not sorted by tail") }
    }
    for segment in segmentArcs.indices { checkInvariants(of: segment) }
    for arc in arcHead.indices {
      checkTurns(from: arc)
      checkShadow(arc)
    }
  }

  /// A shadow runs as its original does and stands behind it, with nothing but other shadows in between.
  private func checkShadow(_ arc: ArcID) {
    let original = original(of: arc)
    precondition(arcCourse[original] == arcCourse[arc], "an arc without an original")
    precondition(arcs(along: arcCourse[arc]).contains(arc), "a shadow stands apart from its original")
    precondition(arcTail[arc] == arcTail[original] && arcHead[arc] == arcHead[original], "a shadow has other ends")
    precondition(turns(from: arc).count == turns(from: original).count, "a shadow has other turns")
    for (turn, originalTurn) in zip(turns(from: arc), turns(from: original)) {
      let (next, originalNext) = (turnHead[turn], turnHead[originalTurn])
      precondition(arcCourse[next] == arcCourse[originalNext], "a shadow's turns lead elsewhere")
    }
  }

  private func checkInvariants(of segment: SegmentID) {
    let arcs = segmentArcs[segment]
    if let forward = arcs.forward {
      precondition(arcCourse[forward] == ArcCourse(segment: segment, isBackward: false), "arc on another segment")
    }
    if let backward = arcs.backward {
      precondition(arcCourse[backward] == ArcCourse(segment: segment, isBackward: true), "arc on another segment")
    }
    if let forward = arcs.forward, let backward = arcs.backward {
      precondition(arcTail[forward] == arcHead[backward], "a segment's arcs have different ends")
      precondition(arcHead[forward] == arcTail[backward], "a segment's arcs have different ends")
    }
    guard let (tail, head) = ends(of: segment) else { preconditionFailure("a segment without arcs") }
    precondition(tail != head, "a segment is a loop")
    let shape = shape(of: segment)
    precondition(shape.first == vertexCoordinate[tail], "a shape starts elsewhere")
    precondition(shape.last == vertexCoordinate[head], "a shape ends elsewhere")
  }

  private func checkTurns(from arc: ArcID) {
    var last: ArcID?
    for turn in turns(from: arc) {
      let next = turnHead[turn]
      precondition(arcTail[next] == arcHead[arc], "a turn jumps")
      precondition(next != arc, "a turn stays on its arc")
      precondition(last.map { $0 < next } ?? true, "turns are not sorted")
      let isUTurn = arcCourse[arc].segment == arcCourse[next].segment
      precondition(turnAttributes[turn].flags.contains(.uTurn) == isUTurn, "a U-turn is not marked")
      last = next
    }
  }
}

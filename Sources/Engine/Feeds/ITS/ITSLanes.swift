/// How much of the road an event of Korea's national traffic centre takes.
///
/// `lanesBlockType` tells if it is filled in: 0 nothing, 1 the shoulder, 2 some lanes, 3 all lanes. It seldom is, and
/// then the words of `lanesBlocked` and `message` tell: what is over first, then a full closure, then lanes by number,
/// then the shoulder, and last that something is closed at all.
enum ITSLanes {
  case over, open, shoulder, some, all, unknown

  init(_ item: JSONObject, _ notes: inout RecordNotes) {
    let words = "\(item.text("lanesBlocked")) \(item.text("message"))"
    if Self.isOver(words) {
      self = .over
      return
    }
    switch item.text("lanesBlockType") {
    case "0": self = .open
    case "1": self = .shoulder
    case "2": self = .some
    case "3": self = .all
    case "": self = Self.inWords(words)
    case let other:
      notes.add(.unknownWord, "the lanesBlockType is unknown", value: other)
      self = Self.inWords(words)
    }
  }

  /// Blanks are set as the writer likes: `1차로`, `1 차로`; but `승용차 단독` is no `차단`.
  private static func inWords(_ words: String) -> ITSLanes {
    if words.contains(/(?:통제|차단|폐쇄)\s*예정/) { return .unknown }
    // 전차로 is every lane as a word of its own; 회전차로 is a lane for turning.
    if words.contains(/(?:전면|양방향)\s*(?:통제|차단|폐쇄)|통행\s*금지|(?:^|[^가-힣])전\s*차[로선]/) { return .all }
    if words.contains(/(?:[0-9]\s*개?|회전|측|일부)\s*차[로선]|차[로선]\s*(?:통제|차단|축소)/) { return .some }
    if words.contains(/(?:부분|일부)\s*(?:통제|차단)|교대\s*통행/) { return .some }
    if words.contains(/갓길|노견/) { return .shoulder }
    // Not the posts, barriers and cameras that are called by the same words, nor 승용차단독사고 and 자동차단속.
    return words.contains(/통제(?!소)|차단(?!봉|막|기|시설|독|속)|폐쇄(?!회로)/) ? .all : .unknown
  }

  /// `종료` is over, `종료 예정`, `종료시까지` and their like are not yet.
  private static func isOver(_ words: String) -> Bool {
    words.contains(/(?:종료|해제|처리\s*완료)(?!\s*(?:예정|시|까지|전|후))|정상\s*소통/)
  }
}

import AnswerJSON
import Geometry
import InputFiles
import Testing

@testable import tocsin

/// What people type and read.
@Suite struct TextTests {
  @Test(arguments: [
    ("30s", 30.0), ("90m", 5_400), ("2h", 7_200), ("1h30m", 5_400), ("1.5h", 5_400), ("2d", 172_800), ("0s", 0),
    ("1d2h3m4s", 93_784),
  ])
  func readsDurations(_ text: String, seconds: Double) { #expect(DurationText.seconds(text) == seconds) }

  @Test(arguments: ["", "5", "h", "1x", "30m1h", "1h1h", "-1h", "1 h", "1e3s", "٣h", "400d", ".h", "nan"])
  func refusesWhatIsNoDuration(_ text: String) { #expect(DurationText.seconds(text) == nil) }

  /// Nothing traps, and nothing is written that JSON hasn't.
  @Test func showsWhatNoClockShows() throws {
    for seconds in [Double.infinity, -.infinity, .nan, 1e308] { #expect(Figures.time(seconds: seconds) == "never") }
    #expect(Figures.time(seconds: 245.4) == "4:05" && Figures.length(meters: -.infinity).isEmpty == false)
    let object: JSONObject = ["a": Double.infinity, "b": 1.5, "c": Double.nan]
    #expect(String(decoding: try JSONLine.bytes(of: object), as: UTF8.self) == "{\"a\":null,\"b\":1.5,\"c\":null}\n")
  }

  @Test func readsCoordinates() throws {
    #expect(try Parse.coordinate("-33.8,151.2") == Coordinate(latitude: -33.8, longitude: 151.2))
    #expect(try Parse.coordinate("37.5, -126.9") == Coordinate(latitude: 37.5, longitude: -126.9))
  }

  @Test(arguments: ["", "37.5", "37.5,", "91,0", "0,181", "nan,0", "0,inf", "1,2,3", "a,b"])
  func refusesWhatIsNoCoordinate(_ text: String) {
    #expect(throws: (any Error).self) { try Parse.coordinate(text) }
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("서울", 4), ("東京", 4), ("ひら", 4), ("Phố Huế", 7), ("Pho\u{302}\u{301} Hue\u{302}\u{301}", 7),
    ("ｆｕｌｌ", 8), ("ﾊﾝ", 2), ("🚑", 2), ("🇰🇷", 2), ("❤️", 2), ("a\u{200B}b", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("Północ", 6), ("العربية", 7), ("𠀀", 2),
  ])
  func knowsDisplayWidth(_ text: String, columns: Int) { #expect(DisplayWidth.of(text) == columns) }

  @Test func alignsColumns() {
    var table = TextTable("name", ">n", "x")
    table.add("서울역", "5", "a")
    table.add("b", "12", "")
    #expect(table.text == "name     n  x\n서울역   5  a\nb       12\n")
  }

  @Test func wideTablesAreWrappedByColumn() {
    var table = TextTable("name", ">n", "roads and what is said of them", widthMax: 33)
    table.add("서울역 앞", "5", "one two three")
    table.add("b", "12", "incomprehensibilities")
    #expect(
      table.text == """
        name     n  roads and what is
                    said of them
        서울역   5  one two three
        앞
        b       12  incomprehensibilities

        """)
    var figures = TextTable(">a", ">b", widthMax: 5)
    figures.add("123456", "7")
    #expect(figures.text == "     a\n    b\n123456\n    7\n", "figures are never cut")
  }

  /// Words are never cut either: what doesn't fit beside the others comes below them.
  @Test func columnsThatDoNotFitComeBelow() {
    var table = TextTable("unit", "station", ">ETA", "capabilities", ">length", widthMax: 30)
    table.add("A-1", "Feuerwehrzentrale Süd", "2:55", "als neonatal", "2.9 km")
    table.add("P-02", "Mitte", "4:01", "", "17.0 km")
    #expect(
      table.text == """
        unit  station              ETA
            capabilities   length
        A-1   Feuerwehrzentrale   2:55
              Süd
            als neonatal   2.9 km
        P-02  Mitte               4:01
                          17.0 km

        """)
    var last = TextTable("a", "b", widthMax: 8)
    last.add("123456", "")
    last.add("7", "x y")
    #expect(last.text == "a\n    b\n123456\n7\n    x y\n", "no line for what is empty")
  }

  @Test func namesCannotMoveTheCursor() {
    #expect(Printable.text("a\u{1B}[2Jb\nc") == "a\u{FFFD}[2Jb\u{FFFD}c")
    #expect(Printable.text("강변북로") == "강변북로")
  }

  @Test(arguments: [
    (40.0, "40 s"), (59.6, "1 min"), (900, "15 min"), (7_200, "2 h"), (7_500, "2 h 5 min"), (172_800, "2 d"),
    (180_000, "2 d 2 h"),
  ])
  func writesSpans(_ seconds: Double, _ text: String) { #expect(LocalClock.span(seconds) == text) }

  @Test func writesFigures() {
    #expect(Figures.time(seconds: 245.4) == "4:05")
    #expect(Figures.time(seconds: 59.6) == "1:00")
    #expect(Figures.time(seconds: 3_723) == "1:02:03")
    #expect(Figures.length(meters: 820.4) == "820 m")
    #expect(Figures.length(meters: 999.6) == "1.0 km")
    #expect(Figures.bytes(516) == "516 B")
    #expect(Figures.bytes(4_200_000) == "4.2 MB")
    #expect(Figures.bytes(999_900) == "1.0 MB")
    #expect(Figures.count(1_234_567) == "1,234,567")
    #expect(Figures.count(-999) == "-999")
    #expect(Figures.count(1, of: "unit") == "1 unit")
    #expect(Figures.count(1_200, of: "unit") == "1,200 units")
  }
}

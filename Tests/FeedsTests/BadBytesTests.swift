import Feeds
import Foundation
import Testing

/// Files that are cut short, of other formats or of nothing. FuzzTests has damage of all kinds.
@Suite struct BadBytesTests {
  private func check(_ data: Data, _ format: FeedFormat, _ comment: @autoclosure () -> String) {
    do throws(FeedError) {
      let content = try FeedReader(format: format, source: "s").read(data, at: Date(timeIntervalSince1970: 0))
      #expect(content.addsUp, "\(comment())")
    } catch {
      #expect(error.message.isEmpty == false, "\(comment())")
    }
  }

  @Test(arguments: Samples.all.map(\.name))
  func samplesCutShort(_ name: String) throws {
    let format = try #require(Samples.all.first { $0.name == name }).format
    let data = try Samples.data(name)
    for length in stride(from: 0, to: data.count, by: 7) {
      check(data.prefix(length), format, "\(name), \(length) bytes")
    }
  }

  @Test(arguments: FeedFormat.allCases)
  func samplesOfOtherFormats(_ format: FeedFormat) throws {
    for (name, own) in Samples.all where own != format {
      // A file of turns reads as one of speeds whose last field is a comment.
      if own == .osrmTurns, format == .osrmSpeeds { continue }
      let error = failure(of: try Samples.data(name), format)
      if own == .osrmSpeeds, format == .osrmTurns { continue }
      if [.itsEvents, .itsSpeeds].contains(own), [.itsEvents, .itsSpeeds].contains(format) { continue }
      #expect(error != nil, "\(name) as \(format)")
    }
  }

  @Test(arguments: FeedFormat.allCases)
  func nothingAtAll(_ format: FeedFormat) {
    for text in ["", " \r\n\t", "\n\n\n"] { #expect(failure(ofText: text, format)?.code == .empty) }
    for text in ["\u{FEFF}", "<", "{", "[", "\"", "{\"a\":", "\u{0}\u{0}", "null", "<?xml"] {
      #expect(failure(ofText: text, format) != nil, "\(text)")
    }
  }

  @Test(arguments: [FeedFormat.wzdx, .cifs, .itsEvents, .itsSpeeds])
  func deepNesting(_ format: FeedFormat) {
    #expect(failure(ofText: String(repeating: "[", count: 100_000), format) != nil)
    #expect(failure(ofText: String(repeating: "{\"a\":", count: 100_000), format) != nil)
    #expect(failure(ofText: String(repeating: "<a>", count: 100_000), format) != nil)
  }

  @Test(arguments: Samples.all.map(\.name))
  func sameBytesGiveTheSameContent(_ name: String) throws {
    let format = try #require(Samples.all.first { $0.name == name }).format
    let first = try content(of: name, format)
    #expect(try content(of: name, format) == first && first.addsUp)
  }

  @Test func everyFormatHasASample() {
    #expect(Set(Samples.all.map(\.format)) == Set(FeedFormat.allCases))
  }

  @Test func errorsAreWrittenForPeople() throws {
    let error = failure(ofText: "{\"header\":{\"resultCode\":22,\"resultMsg\":\"LIMITED\"}}", .itsEvents)
    #expect(error?.description == "FEED_REFUSED: ITS answers with an error (22 LIMITED)")
    let problems = try content(of: "cifs.xml", .cifs).problems.map(\.description)
    #expect(problems[0] == "FEED_NO_EFFECT: line 30, record 3, 103: only ROAD_CLOSED closes (HAZARD)")
  }
}

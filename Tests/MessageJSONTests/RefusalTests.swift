import MessageJSON
import Testing

/// Texts that are no message, with where they are wrong and what is refused.
@Suite(.enabled(if: Kinds.missing == nil, "\(Kinds.missing ?? "")")) struct RefusalTests {
  @Test(arguments: [
    // Names.
    (#"{"nothing":1}"#, "nothing: kinds.Everything has no such field"),
    (#"{"inners":[{},{"deeper":{"x":null}}]}"#, "inners[1].deeper.x: kinds.Everything has no such field"),
    (#"{"Flag":true}"#, "Flag: kinds.Everything has no such field"),
    (#"{"text":"a","text":"b"}"#, "text: given twice"),
    (#"{"maybe_number":1,"maybeNumber":1}"#, "maybeNumber: given twice"),
    (#"{"inner":{"text":null,"text":null}}"#, "inner.text: given twice"),
    (#"{"byText":{"a":1,"a":2}}"#, "byText.a: given twice"),
    (#"{"byText":{"a":1,"\u0061":2}}"#, "byText.a: given twice"),
    (#"{"numberChoice":1,"textChoice":"a"}"#, "textChoice: only one of these fields may be given"),
    // Values of another kind.
    ("[]", "not an object ([…])"), ("null", "not an object (null)"), ("\"{}\"", "not an object (\"{}\")"),
    (#"{"inner":[]}"#, "inner: not an object ([…])"), (#"{"byText":[1]}"#, "byText: not an object ([…])"),
    (#"{"numbers":{}}"#, "numbers: not a list ({…})"), (#"{"numbers":1}"#, "numbers: not a list (1)"),
    (#"{"numbers":[1,null]}"#, "numbers[1]: null in a list"), (#"{"byText":{"a":null}}"#, "byText[a]: null in a map"),
    (#"{"inners":[null]}"#, "inners[0]: null in a list"),
    (#"{"flag":1}"#, "flag: not true or false (1)"), (#"{"flag":"true"}"#, "flag: not true or false (\"true\")"),
    (#"{"text":5}"#, "text: not a text (5)"), (#"{"text":{"a":1}}"#, "text: not a text ({…})"),
    (#"{"signed32":true}"#, "signed32: not a whole number (true)"),
    (#"{"signed32":[]}"#, "signed32: not a whole number ([…])"),
    (#"{"byNumber":{"a":"b"}}"#, "byNumber[a]: not a whole number (\"a\")"),
    (#"{"byFlag":{"1":{}}}"#, "byFlag[1]: not true or false (\"1\")"),
    // Numbers.
    (#"{"signed32":2147483648}"#, "signed32: not a whole number from -2147483648 to 2147483647 (2147483648)"),
    (#"{"signed32":0.5}"#, "signed32: not a whole number from -2147483648 to 2147483647 (0.5)"),
    (#"{"unsigned32":-1}"#, "unsigned32: not a whole number from 0 to 4294967295 (-1)"),
    (
      #"{"unsigned64":18446744073709551616}"#,
      "unsigned64: not a whole number from 0 to 18446744073709551615 (18446744073709551616)"
    ),
    (
      #"{"signed64":9223372036854775807.5}"#,
      "signed64: not a whole number from -9223372036854775808 to 9223372036854775807 (9223372036854775807.5)"
    ),
    (#"{"signed64":1e19}"#, "signed64: not a whole number from -9223372036854775808 to 9223372036854775807 (1e19)"),
    (
      #"{"signed32":1e-99999999999999999999}"#,
      "signed32: not a whole number from -2147483648 to 2147483647 (1e-99999999999999999999)"
    ),
    (#"{"signed32":""}"#, "signed32: not a whole number (\"\")"),
    (#"{"signed32":" 1"}"#, "signed32: not a whole number (\" 1\")"),
    (#"{"signed32":"0x1"}"#, "signed32: not a whole number (\"0x1\")"),
    (#"{"double":1e309}"#, "double: not a number (1e309)"),
    (#"{"double":"1e309"}"#, "double: not a number (\"1e309\")"),
    (#"{"double":"nan"}"#, "double: not a number (\"nan\")"), (#"{"double":NaN}"#, "double: not a number (NaN)"),
    (#"{"double":-Infinity}"#, "double: not a number (-Infinity)"),
    (#"{"float":3.5e38}"#, "float: not a number of 32 bits (3.5e38)"),
    // Enums and bytes.
    (#"{"color":"red"}"#, "color: not one of the enum's names (\"red\")"),
    (
      #"{"color":1.5}"#,
      "color: not a whole number from -2147483648 to 2147483647 (1.5)"
    ),
    (#"{"bytes":"a"}"#, "bytes: not bytes in base64 (\"a\")"),
    (#"{"bytes":"AA=A"}"#, "bytes: not bytes in base64 (\"AA=A\")"),
    (#"{"bytes":"AA="}"#, "bytes: not bytes in base64 (\"AA=\")"),
    (#"{"bytes":"A A="}"#, "bytes: not bytes in base64 (\"A A=\")"),
    (#"{"bytes":[1]}"#, "bytes: not bytes in base64 ([…])"),
  ])
  func saysWhereAndWhat(_ json: String, _ refusal: String) throws {
    #expect(try Kinds.refusal(json)?.description == refusal)
  }

  /// What RFC 8259 does not allow, whatever others make of it.
  @Test(arguments: [
    "", " ", "{", "{}}", "{} {}", "{},", "{,}", #"{"flag":true,}"#, #"{"flag" true}"#, #"{flag:true}"#,
    #"{'flag':true}"#,
    #"{"flag":tru}"#, #"{"flag":truefalse}"#, #"{"flag":true"text":"a"}"#, #"{"flag":true/**/}"#,
    #"{"numbers":[1,]}"#, #"{"numbers":[,1]}"#, #"{"numbers":[1 2]}"#, #"{"numbers":[1"#,
    #"{"signed32":01}"#, #"{"signed32":+1}"#, #"{"signed32":.5}"#, #"{"signed32":1.}"#, #"{"signed32":1e}"#,
    #"{"signed32":-}"#,
    #"{"signed32":0x10}"#, #"{"signed32":1_000}"#, #"{"signed32":--1}"#, #"{"signed32":1e+}"#, #"{"signed32":"01"}"#,
    #"{"text":"a}"#, #"{"text":"\x41"}"#, #"{"text":"\u12"}"#, #"{"text":"\u12g4"}"#, "{\"text\":\"a\nb\"}",
    "{\"text\":\"\u{1}\"}",
    #"{"text":"\ud800"}"#, #"{"text":"\udc00"}"#, #"{"text":"\ud800\u0041"}"#, #"{"text":"\ud800\ud800"}"#,
    #"{"text":"\ud800x"}"#,
    #"{"text":"\"#, #"{"text":"\ud83d\"#, "{\"text\":\"\u{0}\"}", "{}\u{0}", "\u{FEFF}{}", "nul", "{\u{A0}}",
  ])
  func refusesWhatIsNoJSON(_ json: String) throws {
    #expect(try Kinds.refusal(json) != nil)
  }

  @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) throws {
    #expect(try Kinds.refusal(Array(#"{"text":""#.utf8) + bytes + Array(#""}"#.utf8))?.message == "not UTF-8")
  }

  /// Any text that is cut short is refused, and nothing is read behind its end.
  @Test func refusesWhatIsCutShort() throws {
    let json = Array(
      #"{"text":"\ud83d\ude00a","numbers":[1,-2.0e1],"inner":{"deeper":{}},"flag":true,"bytes":"AA==","byText":{"a":1}}"#
        .utf8)
    #expect(try Kinds.refusal(json) == nil)
    for count in json.indices { #expect(try Kinds.refusal(Array(json.prefix(count))) != nil) }
  }

  @Test func boundsMessagesInsideEachOther() throws {
    func nested(_ count: Int) -> String {
      String(repeating: #"{"inner":{"deeper":"#, count: count / 2) + "{}" + String(repeating: "}}", count: count / 2)
    }
    #expect(try Kinds.rewritten(nested(98)) == nested(98))
    let tooDeep = try Kinds.refusal(nested(100))
    #expect(tooDeep?.message == "more than 100 messages inside each other")
    // Without much memory, however deep.
    #expect(try Kinds.refusal(String(repeating: "[", count: 1_000_000)) != nil)
  }

  /// A long value is shown in part.
  @Test func shortensWhatItShows() throws {
    let refusal = try Kinds.refusal("{\"flag\":\"" + String(repeating: "강", count: 10_000) + "\"}")
    #expect(refusal?.value == "\"" + String(repeating: "강", count: 59) + "…")
  }
}

import MessageJSON
import Testing

/// What each kind of field looks like in JSON, and what else is taken for it.
@Suite(.enabled(if: Kinds.missing == nil, "\(Kinds.missing ?? "")")) struct MappingTests {
  /// What is written just so again.
  @Test(arguments: [
    "{}",
    #"{"flag":true}"#,
    #"{"signed32":-2147483648}"#,
    #"{"signed64":"-9223372036854775808"}"#,
    #"{"unsigned32":4294967295}"#,
    #"{"unsigned64":"18446744073709551615"}"#,
    #"{"zigzag32":-2147483648,"zigzag64":"-9223372036854775808"}"#,
    #"{"fixed32":4294967295,"fixed64":"18446744073709551615"}"#,
    #"{"signedFixed32":-1,"signedFixed64":"-1"}"#,
    #"{"float":0.1}"#, #"{"float":"-Infinity"}"#, #"{"float":3.4028235e+38}"#, #"{"float":1e-45}"#,
    #"{"double":0.1}"#, #"{"double":"NaN"}"#, #"{"double":"Infinity"}"#, #"{"double":-0.0}"#, #"{"double":5e-324}"#,
    #"{"double":1.7976931348623157e+308}"#, #"{"double":126.9780123}"#, #"{"double":9007199254740993}"#,
    #"{"text":"a\"\\/é강😀"}"#,
    #"{"text":"\u0000\u001f\u007f"}"#,
    #"{"bytes":"AP//"}"#, #"{"bytes":"+/8="}"#, #"{"bytes":"AA=="}"#,
    #"{"color":"RED"}"#, #"{"color":"BLUE"}"#, #"{"color":7}"#,
    #"{"inner":{}}"#, #"{"inner":{"deeper":{"inner":{"text":"a"}}}}"#,
    #"{"maybeNumber":0,"maybeText":"","maybeColor":"COLOR_NONE"}"#,
    #"{"numberChoice":"0"}"#, #"{"textChoice":""}"#, #"{"innerChoice":{}}"#, #"{"sizeChoice":"SMALL"}"#,
    #"{"textChoice":"a","flagOther":false}"#,
    #"{"flags":[true,false],"numbers":[0,-1],"zigzags":["0","-1"],"fixed":[1],"doubles":[0,"NaN"],"floats":[1]}"#,
    #"{"texts":["","a"],"blocks":["","AA=="],"colors":["RED",9],"inners":[{},{"text":"a"}],"apart":["1","2"]}"#,
    #"{"byText":{"":0,"a \"":-1},"byNumber":{"-5":"a"},"byFlag":{"true":{},"false":{"text":"a"}}}"#,
    #"{"byZigzag":{"-7":"RED"},"byFixed":{"18446744073709551615":1.5}}"#,
    #"{"a \"b\"":"strange"}"#,
  ])
  func isWrittenAsItIsRead(_ json: String) throws {
    #expect(
      try Kinds.rewritten(json) == json.replacing("9007199254740993", with: "9007199254740992"))
  }

  /// What means the same as something that is written otherwise.
  @Test(arguments: [
    (" {\r\n\t\"flag\" : true } ", #"{"flag":true}"#),
    (#"{"signed_fixed32":1,"maybe_number":2}"#, #"{"signedFixed32":1,"maybeNumber":2}"#),
    (#"{"strange_name_1":"x"}"#, #"{"a \"b\"":"x"}"#),
    (#"{"\u0066lag":true}"#, #"{"flag":true}"#),
    // Defaults are not written, and null is not given.
    (
      #"{"flag":false,"signed32":0,"text":"","bytes":"","color":"COLOR_NONE","numbers":[],"byText":{},"double":0}"#,
      "{}"
    ),
    (#"{"flag":null,"inner":null,"numbers":null,"byText":null,"maybeNumber":null,"numberChoice":null}"#, "{}"),
    (#"{"numberChoice":null,"textChoice":"a"}"#, #"{"textChoice":"a"}"#),
    // Numbers may be texts, and texts with points or exponents whole.
    (
      #"{"signed32":"5","unsigned64":7,"double":"1.5e0","float":"2"}"#,
      #"{"signed32":5,"unsigned64":"7","float":2,"double":1.5}"#
    ),
    (
      #"{"signed32":1.0,"signed64":1e3,"unsigned32":"1e2","unsigned64":1.80e1}"#,
      #"{"signed32":1,"signed64":"1000","unsigned32":100,"unsigned64":"18"}"#
    ),
    (#"{"signed32":-0,"signed64":0e99999999999999999999,"zigzag32":100e-2}"#, #"{"zigzag32":1}"#),
    (
      #"{"unsigned64":18446744073709551615.000000,"signed64":-9223372036854775808e0}"#,
      #"{"signed64":"-9223372036854775808","unsigned64":"18446744073709551615"}"#
    ),
    (#"{"signed32":"\u0031"}"#, #"{"signed32":1}"#),
    (#"{"double":-0}"#, #"{"double":-0.0}"#), (#"{"double":1e-400}"#, "{}"),
    (#"{"double":0.1000000000000000055511151231257827021181583404541015625}"#, #"{"double":0.1}"#),
    // Enums may be numbers.
    (#"{"color":1,"maybeColor":-5}"#, #"{"color":"RED","maybeColor":"BLUE"}"#),
    // Either alphabet, padded or not, and bits too many are dropped.
    (#"{"bytes":"-_8"}"#, #"{"bytes":"+/8="}"#), (#"{"bytes":"-_"}"#, #"{"bytes":"+w=="}"#),
    (#"{"bytes":"-_8="}"#, #"{"bytes":"+/8="}"#),
    (#"{"text":"\ud83d\ude00\b\f\n\r\t\/"}"#, #"{"text":"😀\u0008\u000c\u000a\u000d\u0009/"}"#),
    // In the schema's order.
    (#"{"text":"a","flag":true}"#, #"{"flag":true,"text":"a"}"#),
  ])
  func meansTheSame(_ json: String, _ written: String) throws {
    #expect(try Kinds.rewritten(json) == written)
  }

  /// What others write as well, and in another order: fields that come twice, packed or apart, oneofs that change.
  @Test func readsWhateverIsAMessage() throws {
    // The last of a number counts, the parts of a message are merged, and what nobody knows is passed over.
    #expect(try Kinds.write([0x10, 1, 0x10, 2, 0xF8, 0x07, 5]) == #"{"signed32":2}"#)
    #expect(
      try Kinds.write([0x8A, 0x01, 3, 0x0A, 1, 0x61, 0x8A, 0x01, 2, 0x12, 0]) == #"{"inner":{"text":"a","deeper":{}}}"#)
    #expect(try Kinds.write([0xD0, 0x02, 1, 0xD2, 0x02, 2, 2, 3]) == #"{"numbers":[1,2,3]}"#)
    #expect(try Kinds.write([0xD2, 0x02, 0, 0x08, 1]) == #"{"flag":true}"#)
    #expect(try Kinds.write([0x82, 0x02, 1, 0x61, 0xF8, 0x01, 7]) == #"{"numberChoice":"7"}"#)
    // Of a oneof nothing is merged across another one of it.
    let changing: [UInt8] = [0x8A, 0x02, 3, 0x0A, 1, 0x61, 0xF8, 0x01, 7, 0x8A, 0x02, 2, 0x12, 0]
    #expect(try Kinds.write(changing) == #"{"innerChoice":{"deeper":{}}}"#)
    // Of a field that is encoded otherwise nothing is known.
    #expect(try Kinds.write([0x15, 1, 0, 0, 0, 0x08, 1]) == #"{"flag":true}"#)
    // An entry without key and value, and a key that comes twice.
    #expect(try Kinds.write([0xEA, 0x03, 0]) == #"{"byText":{"":0}}"#)
    let twice: [UInt8] = [0xEA, 0x03, 5, 0x0A, 1, 0x61, 0x10, 1, 0xEA, 0x03, 5, 0x0A, 1, 0x61, 0x10, 2]
    #expect(try Kinds.write(twice) == #"{"byText":{"a":2}}"#)
  }

  @Test(
    arguments: [
      [0x08], [0x0C, 1], [0x00, 1], [0x72, 5, 0x61], [0x72, 1, 0xFF], [0x68], [0xD2, 0x02, 1, 0x80],
      [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0x8A, 0x01, 1, 0x0A],
    ] as [[UInt8]])
  func refusesBytesThatAreNoMessage(_ bytes: [UInt8]) {
    #expect(throws: MessageJSONError.self) { try Kinds.write(bytes) }
  }
}

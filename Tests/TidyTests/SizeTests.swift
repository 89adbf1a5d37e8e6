import Testing

/// A file is one idea, a function is one step.
@Suite struct SizeTests {
  static let fileLinesMax = 400
  static let functionLinesMax = 60
  static let commentColumnsMax = 120

  @Test func filesAreShort() {
    #expect(SourceTree.files.count > 10)
    for file in SourceTree.files where file.lines.count - 1 > Self.fileLinesMax {
      Issue.record("\(file.path) has \(file.lines.count - 1) lines; split it by idea")
    }
  }

  @Test func functionsAreShort() {
    for file in SourceTree.files where !file.path.hasSuffix(".py") {
      let functions = file.isSwift ? SwiftFunctions.of(file.text) : CFunctions.of(file.text)
      for function in functions where function.lineCount > Self.functionLinesMax {
        Issue.record("\(file.path):\(function.firstLine): a function of \(function.lineCount) lines")
      }
    }
  }

  /// The formatter wraps code, but no comments.
  @Test func commentsAreNarrow() {
    for file in SourceTree.files {
      let mark = file.path.hasSuffix(".py") ? "#" : "//"
      for (index, line) in file.lines.enumerated() where line.count > Self.commentColumnsMax {
        if line.drop(while: { $0 == " " }).hasPrefix(mark) {
          Issue.record("\(file.path):\(index + 1): a comment of \(line.count) columns")
        }
      }
    }
  }

  @Test func findsFunctionsOfSwift() {
    let text = """
      protocol Walk { func a(); init(x: Int) }
      struct S {
        // func commented() {
        let text = "func quoted() { \\(f { $0 }) {"
        func long(
          _ body: () -> Int = { 1 }
        ) -> Int {
          if true { return 2 }
        }
        init() { self.init(3) }
        var computed: Int { 4 }
      }
      """
    let functions = SwiftFunctions.of(text)
    #expect(functions.contains(Function(firstLine: 5, lineCount: 5)))
    #expect(functions.contains(Function(firstLine: 10, lineCount: 1)))
    #expect(functions.count == 2)
  }

  @Test func findsFunctionsOfC() {
    let text = """
      extern "C" {
      struct S { int x; };
      // int commented() {
      int f(int a,
            int b) {
        if (a) { b('{'); }
      }
      }
      """
    #expect(CFunctions.of(text) == [Function(firstLine: 4, lineCount: 4)])
  }
}

import API

/// Reads the fields of a row; what can't be read is kept as a fault.
struct FieldReader<Column: CSVColumn> {
  let line: Int
  private(set) var faults: [FileFault] = []

  init(line: Int) { self.line = line }

  /// A number within a range; `nil` and a fault for anything else.
  mutating func number(_ column: Column, _ text: String, in range: ClosedRange<Double>) -> Double? {
    if let value = Double(field: text), range.contains(value) { return value }
    fault(column, text, "not a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    return nil
  }

  /// A number that is held to a rule.
  mutating func number(
    _ column: Column, _ text: String, check: (Double) throws(EngineError) -> Void
  ) -> Double? {
    guard let value = Double(field: text) else {
      fault(column, text, "not a number")
      return nil
    }
    do { try check(value) } catch { fault(column, text, error.message) }
    return value
  }

  mutating func fault(_ column: Column, _ value: String, _ message: String) {
    faults.append(FileFault(line: line, column: column.rawValue, message: message, value: value))
  }
}

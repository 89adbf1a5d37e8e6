import API
import Foundation

/// A CSV file of posts.
///
/// The first line names the columns, in any order: `id`, `lat` and `lon` must be there, the others may be missing or
/// empty. Agencies are joined by `;`, and so is what the post keeps: `2` of whichever units, `1 engine`.
public enum PostFile {
  /// The columns that a file may have.
  public enum Column: String, CaseIterable, Sendable, CSVColumn {
    case id, name, lat, lon, heading, capacity, agencies, keep

    static let ignoresOthers = false
    var isRequired: Bool { [.id, .lat, .lon].contains(self) }
  }

  /// The posts of a file.
  ///
  /// - Throws: `FILE_UNREADABLE`, or `INVALID_POST_FILE` with all faults.
  public static func posts(path: String) throws(InputFileError) -> [Post] {
    let (posts, faults) = try InputFileError.reading(path, .invalidPostFile, read)
    guard faults.isEmpty else { throw InputFileError(code: .invalidPostFile, faults: faults, value: path) }
    return posts
  }

  /// Reads a file's bytes: its posts are good if there are no faults. O(bytes).
  ///
  /// - Throws: what makes the rest unreadable: no CSV, a wrong first line.
  public static func read(_ bytes: [UInt8]) throws(FileFault) -> (posts: [Post], faults: [FileFault]) {
    var (posts, faults): ([Post], [FileFault]) = ([], [])
    for row in try CSVTable<Column>(bytes).rows {
      switch row.fields {
      case .failure(let fault): faults.append(fault)
      case .success(let fields):
        var reader = FieldReader<Column>(line: row.line)
        if let post = post(fields.filter { !$0.value.isEmpty }, &reader) { posts.append(post) }
        faults += reader.faults
      }
    }
    return (posts, faults)
  }

  /// `nil` if a field has a fault.
  private static func post(_ given: [Column: String], _ reader: inout FieldReader<Column>) -> Post? {
    if given[.id] == nil { reader.fault(.id, "", "the field is empty") }
    let place = reader.place(given, .lat, .lon, heading: .heading)
    let capacity = given[.capacity].flatMap { reader.whole(.capacity, $0, in: 1...Limits.postCapacityMax) }
    var keep: [PostKeep] = []
    for text in words(given[.keep]) {
      let parts = text.split(separator: " ", maxSplits: 1)
      if let count = parts.first.flatMap({ Int($0) }), (1...Limits.postCapacityMax).contains(count) {
        keep.append(PostKeep(parts.count == 2 ? String(parts[1]) : "", count: count))
      } else {
        reader.fault(.keep, text, "not a count with a capability, such as 1 engine, or a count alone")
      }
    }
    guard reader.faults.isEmpty, let id = given[.id], let place else { return nil }
    return Post(
      id: id, name: given[.name] ?? "", place: place, capacity: capacity ?? 1, agencies: words(given[.agencies]),
      keep: keep)
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}

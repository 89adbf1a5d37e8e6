#if Web
import WebPages

/// The first page: where everything else is, for people.
enum IndexPage {
  static func page(of folders: [any PageFolder]) -> PageAnswer {
    let groups = Dictionary(grouping: folders.flatMap(\.descriptions), by: \.group).sorted { $0.key < $1.key }
    let lists = groups.map { group, pages in
      "<h2>\(group)</h2><ul>" + pages.map { "<li><code>\($0.path)</code>: \($0.title)</li>" }.joined() + "</ul>"
    }
    let html = """
      <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tocsin</title></head><body><h1>Tocsin</h1>
      <p>Routing for emergency responders. All that can be asked here: <a href="/openapi.json">/openapi.json</a>. Whether
      the server is well: <a href="/health">/health</a>.</p>\(lists.joined())</body></html>

      """
    return PageAnswer(contentType: "text/html; charset=utf-8", body: Array(html.utf8))
  }
}
#endif

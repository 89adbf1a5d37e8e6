import AnswerJSON
import Load

/// What a load has shown, for people.
enum LoadText {
  static func text(_ report: LoadReport) -> String {
    var text = requests(report)
    for kind in report.kinds where !kind.failures.isEmpty { text += "\n" + failures(kind) }
    text += "\n" + generator(report.generator)
    if let idle = report.idle {
      text +=
        "\(Figures.count(idle.opened, of: "idle connection")), \(Figures.count(idle.closedByServer)) closed by the server\n"
    }
    if let problem = report.problem { text += "AFTER THE LOAD: \(Printable.text(problem))\n" }
    if !report.server.isEmpty { text += "\n" + server(report.server) }
    return text
  }

  private static func requests(_ report: LoadReport) -> String {
    let rates = TextTable("requests", ">wanted/s", ">answered/s", ">items/s", ">sent", ">failed")
      .text(of: report.kinds) { kind in
        [
          kind.kind, kind.wantedPerSecond.map(rate) ?? "as it can", rate(kind.answeredPerSecond),
          rate(kind.itemsPerSecond), Figures.count(kind.sent), Figures.count(kind.failures.values.reduce(0, +)),
        ]
      }
    let times = TextTable("times in ms", ">p50", ">p90", ">p99", ">p99.9", ">max").text(of: report.kinds) { kind in
      let times = kind.latency
      return [kind.kind]
        + [
          times.p50Milliseconds, times.p90Milliseconds, times.p99Milliseconds, times.p999Milliseconds,
          times.maxMilliseconds,
        ].map(milliseconds)
    }
    return rates + "\n" + times
      + "measured \(Figures.time(seconds: report.measuredSeconds)) over \(Figures.count(report.connections, of: "connection"))\n"
  }

  private static func failures(_ kind: KindFigures) -> String {
    TextTable("\(kind.kind) failed", ">requests")
      .text(of: kind.failures.sorted { $0.key < $1.key }) { [$0.key, Figures.count($0.value)] }
  }

  private static func generator(_ figures: GeneratorFigures) -> String {
    let text =
      "generator: left late by p50 \(milliseconds(figures.lag.p50Milliseconds)), "
      + "p99 \(milliseconds(figures.lag.p99Milliseconds)), max \(milliseconds(figures.lag.maxMilliseconds)) ms; "
      + "\(Figures.decimals(figures.cpuShare * 100, 0)) % of a processor, \(Figures.bytes(figures.residentBytes))\n"
    return figures.isLate
      ? text + "THE GENERATOR DID NOT KEEP ITS SCHEDULE: the times are its own as much as the server's\n" : text
  }

  private static func server(_ samples: [ProcessSample]) -> String {
    TextTable("server", ">memory", ">descriptors", ">threads", ">CPU s").text(of: samples) { sample in
      [
        sample.moment, Figures.bytes(sample.residentBytes), Figures.count(sample.descriptors),
        Figures.count(sample.threads), Figures.decimals(sample.cpuSeconds, 1),
      ]
    }
  }

  private static func rate(_ perSecond: Double) -> String { Figures.count(Int(perSecond.rounded())) }
  private static func milliseconds(_ value: Double) -> String { Figures.decimals(value, value < 10 ? 2 : 0) }
}

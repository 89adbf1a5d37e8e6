// swift-tools-version: 6.2
import PackageDescription

// A program of somebody else's: it takes Tocsin's client and nothing of the engine. CI builds it and runs it.
let package = Package(
  name: "ask",
  dependencies: [.package(name: "tocsin", path: "../..", traits: [])],
  targets: [.executableTarget(name: "ask", dependencies: [.product(name: "TocsinClient", package: "tocsin")])]
)

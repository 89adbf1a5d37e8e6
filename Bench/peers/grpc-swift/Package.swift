// swift-tools-version: 6.2
import PackageDescription

// The transport that Tocsin does not use, to be measured beside the one that it does: Bench/peers/transports.
let package = Package(
  name: "grpc-swift-server",
  dependencies: [
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
  ],
  targets: [
    .executableTarget(
      name: "GRPCSwiftServer",
      dependencies: [
        .product(name: "GRPCCore", package: "grpc-swift-2"),
        .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
      ])
  ]
)

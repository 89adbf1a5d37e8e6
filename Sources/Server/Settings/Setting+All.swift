extension Setting {
  /// Every setting there is, in the order of a file.
  public static let all: [Setting] = files + limits

  private static let files: [Setting] = [
    .optional("map", .path, \.map, sample: "city.tocsin", "The map file, written by `tocsin import`."),

    .optional(
      "listen.socket", .path, \.listen.socket, sample: "/run/tocsin/tocsin.sock", "Listen on this socket file."),
    .optional("listen.tcp", .address, \.listen.tcp, sample: "127.0.0.1:7119", "Listen for frames here."),
    .optional("listen.grpc", .address, \.listen.grpc, sample: "127.0.0.1:7120", "Listen for gRPC here."),
    .optional(
      "listen.web", .address, \.listen.web, sample: "127.0.0.1:7180", "Listen for browsers and other HTTP clients here."
    ),
    .optional(
      "listen.metrics", .address, \.listen.metrics, sample: "127.0.0.1:9464",
      "Show metrics and health here, to anybody who asks."),
    .flag("listen.insecure", \.listen.isInsecure, "Serve other machines over TCP even without TLS."),

    .texts(
      "web.hosts", \.web.hosts, sample: ["tocsin.city.example"],
      "Names by which browsers may call the server, beside numeric addresses and localhost."),
    .texts(
      "web.origins", \.web.origins, sample: ["https://map.city.example"],
      "Other origins whose pages may ask the server."),

    .optional(
      "tls.certificate", .path, \.tls.certificate, sample: "server.pem",
      "The server's certificate and those between it and its root, in PEM."),
    .optional("tls.key", .path, \.tls.key, sample: "server.key", "The private key of the certificate, in PEM."),
    .optional(
      "tls.client_ca", .path, \.tls.clientAuthorities, sample: "clients.pem",
      "Clients must have a certificate that one of these authorities signed or, where there are tokens, a token."),
    .roles(
      "tls.roles", \.tls.roles, sample: "\"CN=cad,O=119\" = [\"dispatch\"]",
      "What callers may do, by the subject of their certificate: read, dispatch, traffic, admin."),

    .optional("access.tokens", .path, \.access.tokens, sample: "tokens.toml", "The file of callers' tokens."),
    .roles(
      "access.users", \.access.users, sample: "cad = [\"dispatch\"]",
      "What callers may do, by their user name, on the socket file: read, dispatch, traffic, admin."),

    .optional(
      "traffic.profiles", .path, \.traffic.profiles, sample: "profiles",
      "The folder of vehicle profiles (*.toml), which replace built-in ones of the same name."),
    .texts(
      "traffic.only_profiles", \.traffic.profileNames, sample: ["ambulance", "fire_engine"],
      "Serve only these profiles; each takes memory of its own."),
    .optional(
      "traffic.overrides", .path, \.traffic.overrides, sample: "overrides.toml",
      "The department's overrides, read at the start and at each reload."),
    .optional(
      "traffic.links", .path, \.traffic.links, sample: "links.csv",
      "Know the links of an external network by this table, written by `tocsin link-table build`."),
    .optional(
      "traffic.typical_speeds", .path, \.traffic.typicalSpeeds, sample: "typical-speeds.csv",
      "How fast traffic usually is by hour of the week, for questions about other times: read at each reload, too."),

    .optional(
      "locate.markers", .text, \.locate.markers, sample: "markers",
      "The layer of kilometre markers: points with the tags ref, direction and km."),
    .optional(
      "locate.districts", .text, \.locate.districts, sample: "districts",
      "The layer of the areas by which places are named."),
    .texts(
      "locate.nearby", \.locate.nearby, sample: ["poles", "plates"],
      "The layers of what callers can see or read; Locate lists what is near."),
    .optional(
      "ledger.file", .path, \.ledger, sample: "/var/lib/tocsin/ledger.sqlite",
      "Keep closures and units in this file, so that nothing acknowledged is lost. Without it they end with the server."
    ),

    .choice("log.level", \.log.level, "The lowest level that is logged."),
    .choice("log.format", \.log.format, "Text for people, or one JSON object per line."),
  ]
}

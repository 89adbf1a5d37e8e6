#!/usr/bin/python3
"""What clients of gRPC do, one scenario a run: grpc_clients.py STUBS PORT SCENARIO.

STUBS is a folder with what protoc made of the messages. A scenario that fails ends with a traceback and status 1.
"""
import sys
import threading
import time

stubs, port, scenario = sys.argv[1:]
sys.path.insert(0, stubs)

import grpc  # noqa: E402
import health_pb2, health_pb2_grpc  # noqa: E402,E401
import reflection_pb2, reflection_pb2_grpc  # noqa: E402,E401
import tocsin_pb2 as pb  # noqa: E402
import tocsin_pb2_grpc as tocsin  # noqa: E402

LARGE = [("grpc.max_receive_message_length", 512 << 20), ("grpc.max_send_message_length", 512 << 20)]
channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=LARGE)
dispatch = tocsin.DispatchStub(channel)
routing = tocsin.RoutingStub(channel)
traffic = tocsin.TrafficStub(channel)
admin = tocsin.AdminStub(channel)
SECONDS = 60


def place(latitude=1.0, longitude=2.0):
    return pb.Place(coordinate=pb.Coordinate(latitude=latitude, longitude=longitude))


def route(profile="ambulance"):
    return pb.RouteRequest(places=[place(), place(1.5)], profile=profile)


def refused(call, code):
    """The error of a call that must be refused with this code of gRPC."""
    try:
        call()
    except grpc.RpcError as error:
        assert error.code() == code, (error.code(), error.details())
        return error
    raise AssertionError(f"not refused with {code}")


def trailers(error):
    return {key: value for key, value in error.trailing_metadata()}


def asks():
    answer = dispatch.FastestUnits(pb.FastestUnitsRequest(incident=place(), count=3), timeout=SECONDS)
    assert len(answer.units) > 0, answer
    assert routing.Route(route(), timeout=SECONDS).version == 11
    assert admin.Health(pb.HealthRequest(), timeout=SECONDS).version == 15


def errors():
    error = refused(lambda: routing.Route(route("boat"), timeout=SECONDS), grpc.StatusCode.NOT_FOUND)
    assert error.details() == "UNKNOWN_PROFILE: there is no such profile (boat)", error.details()
    assert trailers(error)["tocsin-code"] == "UNKNOWN_PROFILE"
    assert trailers(error)["tocsin-value"] == "boat"
    unknown = channel.unary_unary("/tocsin.v1.Routing/Teleport")
    refused(lambda: unknown(b"", timeout=SECONDS), grpc.StatusCode.UNIMPLEMENTED)
    garbage = channel.unary_unary("/tocsin.v1.Routing/Route")
    error = refused(lambda: garbage(b"\xff\xff\xff", timeout=SECONDS), grpc.StatusCode.INVALID_ARGUMENT)
    assert trailers(error)["tocsin-code"] == "MALFORMED_MESSAGE"
    # Text beyond ASCII comes back as it was sent.
    lift = pb.LiftClosuresRequest(ids=["한강대교"])
    assert traffic.LiftClosures(lift, timeout=SECONDS).version == 14


def deadline():
    start = time.monotonic()
    refused(lambda: routing.Route(route("slow"), timeout=0.3), grpc.StatusCode.DEADLINE_EXCEEDED)
    assert time.monotonic() - start < 10


def cancels():
    """Two calls hold the server's two threads; those behind them are cancelled before they begin."""
    calls = [routing.Route.future(route("slow"), timeout=SECONDS) for _ in range(2)]
    print("held", flush=True)
    sys.stdin.readline()
    waiting = [routing.Route.future(route("slow"), timeout=SECONDS) for _ in range(50)]
    time.sleep(0.3)
    for call in waiting:
        call.cancel()
    for call in waiting:
        assert call.cancelled()
    print("cancelled", flush=True)
    sys.stdin.readline()
    for call in calls:
        assert call.result().version == 11


def large():
    units = [
        pb.ResponseUnit(id=f"unit-{i}", agency="119", station="a station", profile="ambulance",
                        status=pb.UNIT_STATUS_AVAILABLE, coordinate=pb.Coordinate(latitude=1, longitude=2),
                        reported_at_unix_milliseconds=1_700_000_000_000)
        for i in range(100_000)
    ]
    request = pb.PutUnitsRequest(units=units)
    assert request.ByteSize() > 4 << 20
    assert dispatch.PutUnits(request, timeout=SECONDS).count == 100_000
    answer = dispatch.ListUnits(pb.ListUnitsRequest(), timeout=SECONDS)
    assert answer.ByteSize() > 1 << 20, answer.ByteSize()


def half_closed():
    """A request in several messages, the last one late; its answer comes when the client has said all."""
    def pieces():
        for index in range(3):
            time.sleep(0.1)
            first = pb.PutSpeedsRequest(source="feed", time_to_live_seconds=60)
            yield first if index == 0 else pb.PutSpeedsRequest(link_ids=[f"link-{index}"], link_kmh=[30])
    assert traffic.PutSpeeds(pieces(), timeout=SECONDS).version == 16
    # Two messages where the method takes one.
    two = channel.stream_unary("/tocsin.v1.Admin/Status")
    refused(lambda: two(iter([b"", b""]), timeout=SECONDS), grpc.StatusCode.INVALID_ARGUMENT)
    none = channel.stream_unary("/tocsin.v1.Admin/Status")
    refused(lambda: none(iter([]), timeout=SECONDS), grpc.StatusCode.INVALID_ARGUMENT)


def watches():
    call = traffic.Watch(pb.WatchTrafficRequest(), timeout=SECONDS)
    print("watching", flush=True)
    for version in (21, 22):
        assert next(call).version == version
        print(version, flush=True)
    call.cancel()
    refused(lambda: next(call), grpc.StatusCode.CANCELLED)
    refused(lambda: next(routing.Watch(pb.WatchRequest(route=route("boat")), timeout=SECONDS)), grpc.StatusCode.NOT_FOUND)
    # A stream that has an end.
    matrix = pb.MatrixRequest(origins=[place()], destinations=[place()], profile="large")
    whole = pb.MatrixAnswer()
    pieces = list(routing.StreamMatrix(matrix, timeout=SECONDS))
    for piece in pieces:
        whole.MergeFromString(piece.SerializeToString())
    assert len(pieces) > 2 and whole.version == 22 and len(whole.travel_seconds) == 200_000, len(pieces)
    assert whole == routing.Matrix(matrix, timeout=SECONDS)
    short = traffic.Watch(pb.WatchTrafficRequest(), timeout=0.5)
    refused(lambda: next(short), grpc.StatusCode.DEADLINE_EXCEEDED)


def thousand():
    calls = [routing.Route.future(route(), timeout=SECONDS) for _ in range(1000)]
    assert all(call.result().version == 11 for call in calls)
    failures = []

    def ask():
        try:
            for _ in range(25):
                asks()
        except Exception as error:  # pylint: disable=broad-except
            failures.append(error)
    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def compression():
    packed = grpc.insecure_channel(f"127.0.0.1:{port}", compression=grpc.Compression.Gzip)
    error = refused(
        lambda: tocsin.RoutingStub(packed).Route(route(), timeout=SECONDS), grpc.StatusCode.UNIMPLEMENTED)
    assert trailers(error)["tocsin-code"] == "COMPRESSION_UNSUPPORTED", error
    asks()


def health():
    stub = health_pb2_grpc.HealthStub(channel)
    serving = health_pb2.HealthCheckResponse.SERVING
    for service in ("", "tocsin.v1.Dispatch"):
        assert stub.Check(health_pb2.HealthCheckRequest(service=service), timeout=SECONDS).status == serving
    refused(lambda: stub.Check(health_pb2.HealthCheckRequest(service="x"), timeout=SECONDS), grpc.StatusCode.NOT_FOUND)
    watch = stub.Watch(health_pb2.HealthCheckRequest(), timeout=SECONDS)
    assert next(watch).status == serving
    print("drain", flush=True)
    assert next(watch).status == health_pb2.HealthCheckResponse.NOT_SERVING
    assert list(watch) == []


def reflection():
    from google.protobuf import descriptor_pb2
    ask = lambda **what: next(iter(  # noqa: E731
        reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(
            iter([reflection_pb2.ServerReflectionRequest(**what)]), timeout=SECONDS)))
    names = {service.name for service in ask(list_services="").list_services_response.service}
    own = {"tocsin.v1." + name for name in ("Dispatch", "Routing", "Traffic", "Plans", "Layers", "Admin")}
    assert own <= names, names
    assert {"grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"} <= names, names
    answer = ask(file_containing_symbol="tocsin.v1.Dispatch")
    file = descriptor_pb2.FileDescriptorProto.FromString(answer.file_descriptor_response.file_descriptor_proto[0])
    assert file.package == "tocsin.v1" and len(file.service) == len(own), file.name
    assert ask(file_by_filename="nothing.proto").error_response.error_code == 5
    alpha = channel.stream_stream("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
    raw = reflection_pb2.ServerReflectionRequest(list_services="").SerializeToString()
    assert b"tocsin.v1.Dispatch" in next(iter(alpha(iter([raw]), timeout=SECONDS)))


def tokens():
    """Tokens by role; the test's server knows `token-read` and `token-cad`."""
    ask = lambda token: routing.Route(  # noqa: E731
        route(), timeout=SECONDS, metadata=[("authorization", f"Bearer {token}")] if token else [])
    for wrong in ("", "wrong"):
        error = refused(lambda: ask(wrong), grpc.StatusCode.UNAUTHENTICATED)
        assert "wrong" not in error.details()
    assert ask("token-read").version == 11
    read = [("authorization", "Bearer token-read")]
    put = pb.PutUnitsRequest()
    error = refused(lambda: dispatch.PutUnits(put, timeout=SECONDS, metadata=read), grpc.StatusCode.PERMISSION_DENIED)
    assert trailers(error)["tocsin-value"] == "tocsin.v1.Dispatch/PutUnits"
    assert dispatch.PutUnits(put, timeout=SECONDS, metadata=[("authorization", "bearer token-cad")]).version == 7
    assert admin.Health(pb.HealthRequest(), timeout=SECONDS).version == 15
    rate = lambda: routing.Route(route(), timeout=SECONDS, metadata=[("authorization", "Bearer token-slow")])  # noqa: E731
    assert rate().version == 11
    error = refused(rate, grpc.StatusCode.RESOURCE_EXHAUSTED)
    assert trailers(error)["tocsin-code"] == "RATE_LIMITED"


globals()[scenario]()
print("done", flush=True)

"""What clients of the Connect protocol do, with the library connectrpc: connect_clients.py STUBS BASE SCENARIO [ARGUMENT...].

STUBS is a folder with what protoc made of the messages, BASE the server's address. A scenario that fails ends with a
traceback and status 1.

asks FILE: FILE has lines "method, request in hex, answer in hex"; each request is answered so, however it is sent.
refusals TOKEN: what is refused, and how, where a token is needed.
streams WAY: streams of answers and of requests, and their ends; WAY is the OSM way of a road.
"""

import sys
import time

stubs, base, scenario, *arguments = sys.argv[1:]
sys.path.insert(0, stubs)

import tocsin_pb2 as pb  # noqa: E402
from connectrpc.client import ConnectClientSync  # noqa: E402
from connectrpc.code import Code  # noqa: E402
from connectrpc.compat import google_protobuf_binary_codec, google_protobuf_json_codec  # noqa: E402
from connectrpc.errors import ConnectError  # noqa: E402
from connectrpc.method import IdempotencyLevel, MethodInfo, StreamType  # noqa: E402

CODECS = [google_protobuf_binary_codec(), google_protobuf_json_codec(ignore_unknown_fields=False)]


def method(name):
    service_name, name = name.split("/")
    service = pb.DESCRIPTOR.services_by_name[service_name.removeprefix("tocsin.v1.")]
    found = service.methods_by_name[name]
    return MethodInfo(
        name=name, service_name=service.full_name, input=getattr(pb, found.input_type.name),
        output=getattr(pb, found.output_type.name), idempotency_level=IdempotencyLevel.NO_SIDE_EFFECTS,
        stream_type=StreamType.UNARY)


def clients():
    """One for each encoding of messages, with requests that are compressed, as the library does, and that are not."""
    for codec in CODECS:
        yield ConnectClientSync(base, codec=codec)
        yield ConnectClientSync(base, codec=codec, send_compression=None, accept_compression=[])


def refused(call, code):
    try:
        call()
    except ConnectError as error:
        assert error.code == code, (error.code, error.message)
        return error
    raise AssertionError(f"not refused with {code}")


def asks(path):
    count = 0
    for line in open(path, encoding="utf-8"):
        name, request, answer = line.rstrip("\n").split("\t")
        info = method(name)
        request, answer = info.input.FromString(bytes.fromhex(request)), info.output.FromString(bytes.fromhex(answer))
        for client in clients():
            for use_get in [False, True]:
                told = client.execute_unary(request=request, method=info, use_get=use_get, timeout_ms=60_000)
                assert told == answer, (name, told, answer)
                count += 1
    print(count)


def refusals(token):
    headers = {"authorization": "Bearer " + token}
    route, status = method("tocsin.v1.Routing/Route"), method("tocsin.v1.Admin/Status")
    for client in clients():
        for wrong in [None, {"authorization": "Bearer nobody"}, {"authorization": "Basic eDp5"}]:
            refused(lambda: client.execute_unary(request=pb.StatusRequest(), method=status, headers=wrong), Code.UNAUTHENTICATED)
        client.execute_unary(request=pb.StatusRequest(), method=status, headers=headers)
        error = refused(
            lambda: client.execute_unary(request=pb.RouteRequest(profile="no-such"), method=route, headers=headers),
            Code.INVALID_ARGUMENT)
        assert error.message, error
        nowhere = MethodInfo(
            name="Nothing", service_name="tocsin.v1.Routing", input=pb.StatusRequest, output=pb.StatusAnswer,
            idempotency_level=IdempotencyLevel.UNKNOWN, stream_type=StreamType.UNARY)
        refused(lambda: client.execute_unary(request=pb.StatusRequest(), method=nowhere, headers=headers), Code.UNIMPLEMENTED)
        watch = method("tocsin.v1.Traffic/Watch")
        refused(
            lambda: list(client.execute_server_stream(request=pb.WatchTrafficRequest(), method=watch)), Code.UNAUTHENTICATED)
        # The role of the token does not change roads.
        lift = method("tocsin.v1.Traffic/LiftClosures")
        refused(
            lambda: client.execute_unary(request=pb.LiftClosuresRequest(ids=["a"]), method=lift, headers=headers),
            Code.PERMISSION_DENIED)


def streams(way):
    watch, list_closures = method("tocsin.v1.Traffic/Watch"), method("tocsin.v1.Traffic/ListClosures")
    put, lift = method("tocsin.v1.Traffic/PutClosures"), method("tocsin.v1.Traffic/LiftClosures")
    report = method("tocsin.v1.Dispatch/ReportPositions")
    for number, client in enumerate(clients()):
        # What changes while somebody watches is told at once.
        events = client.execute_server_stream(request=pb.WatchTrafficRequest(), method=watch)
        first = next(events)
        closure = pb.RoadClosure(id=f"web-{number}", way=pb.WaySelector(osm_id=int(way)))
        told = client.execute_unary(request=pb.PutClosuresRequest(closures=[closure]), method=put)
        assert next(events).version == told.version > first.version, (first, told)
        told = client.execute_unary(request=pb.LiftClosuresRequest(ids=[closure.id]), method=lift)
        assert next(events).version == told.version
        events.close()
        assert client.execute_unary(request=pb.ListClosuresRequest(), method=list_closures).version == told.version
        # A stream that is over in time ends with an error of its own.
        started = time.monotonic()
        refused(
            lambda: [None for _ in client.execute_server_stream(
                request=pb.WatchTrafficRequest(), method=watch, timeout_ms=1_000)], Code.DEADLINE_EXCEEDED)
        assert time.monotonic() - started < 30
        # Requests that come as a stream are merged; none at all are an empty one.
        reports = [pb.ReportPositionsRequest(positions=[pb.PositionReport(id=f"nobody-{index}")]) for index in range(3)]
        told = client.execute_client_stream(request=iter(reports), method=report)
        assert told.refused_count + len(told.unknown.ids) == 3, told
        assert client.execute_client_stream(request=iter([]), method=report).count == 0


if scenario == "asks":
    asks(*arguments)
elif scenario == "refusals":
    refusals(*arguments)
elif scenario == "streams":
    streams(*arguments)
else:
    sys.exit("there is no scenario " + scenario)
print("done")

"""Random messages of every kind of a module that protoc made, with what protobuf's own JSON makes of them; and a check
of what another program makes.

message_json.py STUBS MODULE make FOLDER COUNT: writes lines "kind, bytes in hex, JSON" to FOLDER/made.
message_json.py STUBS MODULE check FOLDER: reads lines "kind, bytes in hex, JSON" from FOLDER/written; each JSON is that
message.
"""

import importlib
import inspect
import random
import struct
import sys

sys.path.insert(0, sys.argv[1])

from google.protobuf import json_format  # noqa: E402
from google.protobuf.descriptor import FieldDescriptor as Field  # noqa: E402

module = importlib.import_module(sys.argv[2])
package = module.DESCRIPTOR.package + "."

WHOLE = {
    Field.TYPE_INT32: (-2**31, 2**31 - 1), Field.TYPE_SINT32: (-2**31, 2**31 - 1), Field.TYPE_SFIXED32: (-2**31, 2**31 - 1),
    Field.TYPE_UINT32: (0, 2**32 - 1), Field.TYPE_FIXED32: (0, 2**32 - 1),
    Field.TYPE_INT64: (-2**63, 2**63 - 1), Field.TYPE_SINT64: (-2**63, 2**63 - 1), Field.TYPE_SFIXED64: (-2**63, 2**63 - 1),
    Field.TYPE_UINT64: (0, 2**64 - 1), Field.TYPE_FIXED64: (0, 2**64 - 1),
}
TEXTS = ["", "a", "é", "강남 구급 1", "\"\\/\b\f\n\r\t\u0001\u007f", "😀", "\u2028", "a" * 300]
DOUBLES = [0.0, -0.0, 1.0, 0.1, 1e300, 5e-324, 1e16, 1e22, 1e23, 123456789.125, float("nan"), float("inf"), float("-inf"), -37.5]
# Not the largest one, which Python writes in a way that it does not read.
FLOATS = [0.0, -0.0, 1e-45, 3.4028232635611926e38, 16777216.0, float("nan"), float("inf"), float("-inf")]
DEPTH_MAX = 3


def value(field, chance):
    if field.type in WHOLE:
        low, high = WHOLE[field.type]
        return chance.choice([low, high, 0, 1, chance.randint(low, high), chance.randint(0, 100)])
    if field.type == Field.TYPE_BOOL:
        return chance.random() < 0.5
    if field.type == Field.TYPE_DOUBLE:
        anything = struct.unpack("d", chance.randbytes(8))[0]
        return chance.choice(DOUBLES + [chance.uniform(-1000, 1000), round(chance.uniform(-180, 180), 7), anything])
    if field.type == Field.TYPE_FLOAT:
        return chance.choice(FLOATS + [struct.unpack("f", struct.pack("f", chance.uniform(-1000, 1000)))[0]])
    if field.type == Field.TYPE_STRING:
        return chance.choice(TEXTS)
    if field.type == Field.TYPE_BYTES:
        return chance.randbytes(chance.randrange(20))
    if field.type == Field.TYPE_ENUM:
        # Also one that nobody knows.
        return chance.choice([known.number for known in field.enum_type.values] + [9999])
    raise ValueError(field.type)


def fill_map(entries, entry, chance, depth):
    key, value_field = entry.fields_by_name["key"], entry.fields_by_name["value"]
    for _ in range(chance.choice([0, 1, 3])):
        if value_field.type == Field.TYPE_MESSAGE:
            fill(entries[value(key, chance)], chance, depth + 1)
        else:
            entries[value(key, chance)] = value(value_field, chance)


def fill(message, chance, depth=0):
    for field in message.DESCRIPTOR.fields:
        if chance.random() < 0.4:
            continue
        if field.containing_oneof and message.WhichOneof(field.containing_oneof.name):
            continue
        many = field.label == Field.LABEL_REPEATED
        if field.message_type and field.message_type.GetOptions().map_entry:
            if depth < DEPTH_MAX:
                fill_map(getattr(message, field.name), field.message_type, chance, depth)
            continue
        for _ in range(chance.choice([0, 1, 2, 5]) if many else 1):
            if field.type == Field.TYPE_MESSAGE:
                if depth < DEPTH_MAX:
                    target = getattr(message, field.name)
                    inner = target.add() if many else target
                    inner.SetInParent()
                    fill(inner, chance, depth + 1)
            elif many:
                getattr(message, field.name).append(value(field, chance))
            else:
                setattr(message, field.name, value(field, chance))


# Its name from protobuf 5 on.
ALL_FIELDS = "always_print_fields_with_no_presence"
if ALL_FIELDS not in inspect.signature(json_format.MessageToJson).parameters:
    ALL_FIELDS = "including_default_value_fields"


def make(folder, count):
    chance = random.Random(119)
    with open(folder + "/made", "w", encoding="utf-8") as out:
        for kind in sorted(module.DESCRIPTOR.message_types_by_name):
            for _ in range(count):
                message = getattr(module, kind)()
                fill(message, chance)
                # All are the same message.
                text = json_format.MessageToJson(
                    message, indent=None, preserving_proto_field_name=chance.random() < 0.2,
                    use_integers_for_enums=chance.random() < 0.2, ensure_ascii=chance.random() < 0.5,
                    **{ALL_FIELDS: chance.random() < 0.2})
                out.write("\t".join([package + kind, message.SerializeToString().hex(), text]) + "\n")


def check(folder):
    for line in open(folder + "/written", encoding="utf-8"):
        kind, bytes_hex, text = line.rstrip("\n").split("\t")
        made = getattr(module, kind.removeprefix(package))
        known = made.FromString(bytes.fromhex(bytes_hex))
        read = json_format.Parse(text, made())
        # By their bytes: what is not a number equals nothing.
        if read.SerializeToString(deterministic=True) != known.SerializeToString(deterministic=True):
            sys.exit(f"{kind}: {text}\nis {read}\nand was {known}")


if sys.argv[3] == "make":
    make(sys.argv[4], int(sys.argv[5]))
else:
    check(sys.argv[4])
print("done")

"""Judges what /openapi.json says: whether it is OpenAPI, and whether messages are what it says of them.

check_openapi.py FOLDER: reads FOLDER/openapi.json, and FOLDER/messages with lines "schema, JSON".
"""

import json
import sys

from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

folder = sys.argv[1]
with open(folder + "/openapi.json", encoding="utf-8") as file:
    document = json.load(file)
validate(document)

registry = Registry().with_resource("urn:document", Resource.from_contents(document, default_specification=DRAFT202012))
count = 0
for line in open(folder + "/messages", encoding="utf-8"):
    name, text = line.rstrip("\n").split("\t")
    schema = {"$ref": "urn:document#/components/schemas/" + name}
    for error in OAS31Validator(schema, registry=registry).iter_errors(json.loads(text)):
        sys.exit(f"{name}: {error.json_path}: {error.message}")
    count += 1
print(count)

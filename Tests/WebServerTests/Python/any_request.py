"""Asks a server whatever its /openapi.json allows and does not allow, with schemathesis: any_request.py BASE TOKEN SECONDS

No answer may be an error of the server, none may be other than the document says. Streams are left out: they have no
end. Ends with schemathesis' status, and prints what it prints.
"""

import os
import sys
import tempfile

base, token, seconds = sys.argv[1:]
arguments = [
    "run", base + "/openapi.json", "--max-time", seconds, "--no-color", "--seed", "119",
    "--checks",
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance",
    "--exclude-tag", "streams", "--generation-database", "none", "--suppress-health-check", "all",
    "--request-timeout", "60", "--no-shrink", "--continue-on-failure", "--max-failures", "20", "--warnings", "off",
]
if token:
    arguments += ["--header", "Authorization: Bearer " + token]
# It keeps files in the current folder, and reads its configuration there.
os.chdir(tempfile.mkdtemp())
with open("schemathesis.toml", "w", encoding="utf-8") as file:
    # A call that says how long it waits may be told that this is over.
    file.write('[checks]\nnot_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", 504]\n')

import schemathesis  # noqa: E402
from schemathesis.cli import schemathesis as run  # noqa: E402


@schemathesis.hook
def filter_case(context, case):
    """Without envelopes: it takes what they are in for JSON."""
    return not (case.media_type or "").startswith("application/connect+")


run(arguments)

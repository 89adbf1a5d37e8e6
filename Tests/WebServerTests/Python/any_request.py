"""Asks a server whatever its /openapi.json allows and does not allow, with schemathesis: any_request.py BASE TOKEN SECONDS

No answer may be an error of the server, none may be other than the document says. Streams are left out: they have no
end. Ends with schemathesis' status, and prints what it prints.
"""

import os
import sys
import tempfile

base, token, seconds = sys.argv[1:]
arguments = [
    "run", base + "/openapi.json", "--max-time", seconds, "--workers", "2", "--no-color", "--seed", "119",
    "--checks",
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance",
    "--exclude-tag", "streams", "--generation-database", "none", "--suppress-health-check", "all",
    "--request-timeout", "60", "--no-shrink", "--continue-on-failure", "--max-failures", "20", "--warnings", "off",
]
if token:
    arguments += ["--header", "Authorization: Bearer " + token]
# It keeps files in the current folder.
os.chdir(tempfile.mkdtemp())

from schemathesis.cli import schemathesis  # noqa: E402

schemathesis(arguments)

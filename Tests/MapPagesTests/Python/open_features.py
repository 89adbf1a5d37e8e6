"""Opens the collections of a server with GDAL's OAPIF driver: prints each with the number of its features.

    open_features.py BASE

BASE is where the server is, such as http://127.0.0.1:7180. ogrinfo (Debian: gdal-bin) must be installed; a token is read
from the environment variable TOKEN.
"""

import os
import re
import subprocess
import sys

base = sys.argv[1]
options = ["--config", "GDAL_HTTP_TIMEOUT", "20"]
if os.environ.get("TOKEN"):
    options += ["--config", "GDAL_HTTP_HEADERS", "Authorization: Bearer " + os.environ["TOKEN"]]


def ogrinfo(*arguments):
    run = subprocess.run(
        ["ogrinfo", "-ro", *options, f"OAPIF:{base}/ogc", *arguments], capture_output=True, text=True, timeout=120
    )
    if run.returncode != 0 or "ERROR" in run.stderr:
        sys.exit(f"ogrinfo {arguments}: {run.stderr}{run.stdout}")
    return run.stdout


names = re.findall(r"^\d+: (\S+)", ogrinfo(), re.MULTILINE)
for name in names:
    found = ogrinfo("-al", "-so", name)
    count = re.search(r"^Feature Count: (\d+)", found, re.MULTILINE)
    kind = re.search(r"^Geometry: (.+)", found, re.MULTILINE)
    all_of_them = ogrinfo("-q", name).count("OGRFeature(")
    if count is None or int(count[1]) != all_of_them:
        sys.exit(f"{name}: {count and count[1]} features are told, {all_of_them} are there")
    print(name, all_of_them, kind and kind[1])
print("done")

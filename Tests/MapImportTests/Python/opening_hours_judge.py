"""Says when opening hours hold, as the library opening-hours-py reads them.

Each line of standard input is JSON with `text`, `zone`, `latitude`, `longitude` and `moments` (seconds since 1970). The
answer is a line with one sign for each moment: 1 if it holds, 0 if not, ? if the sun does something within some
minutes. An empty line: the text can't be read.
"""
import json
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

SUN = ("sun", "dawn", "dusk")
NEAR = timedelta(minutes=5)


def sign(hours, moment, looks_at_sun):
    holds = hours.is_open(moment)
    if looks_at_sun and any(hours.is_open(moment + shift) != holds for shift in (-NEAR, NEAR)):
        return "?"
    return "1" if holds else "0"


for line in sys.stdin:
    question = json.loads(line)
    text, zone = question["text"], ZoneInfo(question["zone"])
    try:
        hours = OpeningHours(text, timezone=zone, coords=(question["latitude"], question["longitude"]))
    except Exception:
        print(flush=True)
        continue
    looks_at_sun = any(word in text.lower() for word in SUN)
    moments = (datetime.fromtimestamp(moment, zone) for moment in question["moments"])
    print("".join(sign(hours, moment, looks_at_sun) for moment in moments), flush=True)

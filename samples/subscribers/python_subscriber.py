"""Follows a video or stream over the WebSocket of a palistream server, and goes on by number after every cut.

    python3 samples/subscribers/python_subscriber.py [videos/ID | streams/ID] [--after NUMBER]

Needs `websockets` 10 or newer (`pip install websockets`, or Debian's python3-websockets). PALISTREAM_URL says where
the server is, PALISTREAM_API_KEY is the key where it asks for one.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import urllib.error
import urllib.request

import websockets

SERVER = os.environ.get("PALISTREAM_URL", "http://127.0.0.1:8080").rstrip("/")
KEY = os.environ.get("PALISTREAM_API_KEY", "")
HEADERS = {"Authorization": f"Bearer {KEY}"} if KEY else {}
# `websockets` has renamed the argument in version 14.
HEADERS_ARGUMENT = "extra_headers" if int(websockets.__version__.split(".")[0]) < 14 else "additional_headers"

SHORTEST_WAIT, LONGEST_WAIT = 0.5, 15.0  # seconds
UNAUTHORIZED = 4001  # the server's close code for a key that is missing or counts no more


class Refusal(Exception):
    """What trying again does not mend."""


def is_final(status):
    """Whether the same request is refused again."""
    return 400 <= status < 500 and status != 429


def newest_topic():
    """The topic of the stream or video that was added last."""
    added = []
    for kind in ("streams", "videos"):
        request = urllib.request.Request(f"{SERVER}/v1/{kind}?limit=1", headers=HEADERS)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                added += json.load(response)[kind]
        except urllib.error.HTTPError as error:
            if is_final(error.code):
                raise Refusal(json.load(error)["error"]["message"]) from error
            raise
    if not added:
        raise Refusal(f"there is no stream or video yet: add one at {SERVER}")
    return max(added, key=lambda one: one["created_at"])["topic"]


def describe(event):
    kind = event["kind"]
    when = f"{event['start_seconds']:.2f}-{event['end_seconds']:.2f} s " if "end_seconds" in event else ""
    if kind == "state":
        return f"state: {event['state']}" + (f" ({event['reason']})" if event.get("reason") else "")
    if kind == "answer" and event.get("question"):
        return f"{when}answer to \"{event['question']}\": {event['text']}"
    if "found" in event:
        return f"{when}{kind}: " + (", ".join(one["label"] for one in event["found"]) or "nothing")
    rest = {name: value for name, value in event.items() if name != "kind"}
    return f"{when}{kind}: " + (event["text"] if "text" in event else json.dumps(rest))


class Subscriber:
    def __init__(self, topic, after):
        self.topic = topic
        self.last = after  # the last number that came: where the next connection goes on
        self.wait = SHORTEST_WAIT

    async def run(self):
        """Returns when the topic has been deleted."""
        while True:
            try:
                self.topic = self.topic or await asyncio.to_thread(newest_topic)
                if await self.follow():
                    return
            except websockets.ConnectionClosed as error:
                code, reason = (error.rcvd.code, error.rcvd.reason) if error.rcvd else (1006, "")
                if code == UNAUTHORIZED:
                    raise Refusal(reason) from error
                problem = f"the connection has ended ({code}{', ' if reason else ''}{reason})"
            except (OSError, asyncio.TimeoutError, EOFError, websockets.WebSocketException) as error:
                # A refused upgrade tells its status in one of two places, by the version of `websockets`.
                response = getattr(error, "response", None)
                if is_final(getattr(response, "status_code", None) or getattr(error, "status_code", 0)):
                    raise Refusal(str(error)) from error
                problem = str(error) or type(error).__name__
            # Not all at once when a server comes back to many.
            seconds = self.wait * random.uniform(0.5, 1)
            print(f"{problem}; again in {seconds:.1f} s", file=sys.stderr)
            await asyncio.sleep(seconds)
            self.wait = min(self.wait * 2, LONGEST_WAIT)

    async def follow(self):
        """One connection, from its beginning to its end. Whether the topic has been deleted."""
        url = SERVER.replace("http", "ws", 1) + "/v1/live"
        # `websockets` sends pings of its own, so that a dead connection does not stay unseen.
        async with websockets.connect(url, max_size=None, **{HEADERS_ARGUMENT: HEADERS}) as socket:
            await socket.send(json.dumps({"type": "subscribe", "topic": self.topic, "after": self.last}))
            while True:  # `async for` would end silently when the server ends
                message = json.loads(await socket.recv())
                if message["type"] == "error":
                    if message["code"].startswith("store_"):
                        raise ConnectionError(message["message"])
                    raise Refusal(message["message"])
                if message["type"] == "subscribed":
                    self.wait = SHORTEST_WAIT
                    if message["last"] < self.last:
                        print(f"the server knows less than {self.last}: it has other data now", file=sys.stderr)
                    self.last = min(self.last, message["last"])
                    print(f"following {self.topic} after {self.last}", file=sys.stderr)
                elif message["type"] == "event" and self.take(message.get("seq"), message["event"]):
                    return True

    def take(self, seq, event):
        """Prints an event and remembers its number. Whether it is the topic's last."""
        if seq is not None:
            self.last = seq
        elif event["kind"] == "gap":
            self.last = event["to"]
        # Words as they are written, and how far a job is, are told again by the whole result.
        if not event["kind"].endswith(".partial") and event["kind"] != "progress":
            print(f"{'-' if seq is None else seq}\t{describe(event)}", flush=True)
        return event["kind"] == "state" and event["state"] == "deleted"


def main():
    parser = argparse.ArgumentParser(description="Follow a video or stream of a palistream server.")
    parser.add_argument("topic", nargs="?", help="videos/ID or streams/ID; left out, the newest")
    parser.add_argument("--after", type=int, default=0, help="the last number you have; 0 gives all that is kept")
    arguments = parser.parse_args()
    subscriber = Subscriber(arguments.topic, arguments.after)
    try:
        asyncio.run(subscriber.run())
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        last = subscriber.last
        print(f"ended after {last}: go on with \"{subscriber.topic} --after {last}\"", file=sys.stderr)


main()

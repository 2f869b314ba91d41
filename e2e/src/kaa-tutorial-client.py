"""A data sample over 1/KP with paho: random client id, no user name, as devices of the Kaa tutorial connect.

Usage: kaa-tutorial-client.py PORT APPLICATION_VERSION ENDPOINT_TOKEN
"""
import random
import string
import sys

import paho.mqtt.client as mqtt

port, version, token = int(sys.argv[1]), sys.argv[2], sys.argv[3]
topic = f"kp1/{version}/dcx/{token}/json/42"
client_id = "".join(random.choice(string.ascii_uppercase) for _ in range(6))
outcome = []


def on_message(client, _data, message):
    outcome.append("accepted" if message.topic == f"{topic}/status" else f"{message.topic} {message.payload!r}")
    client.disconnect()


if hasattr(mqtt, "CallbackAPIVersion"):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id)
else:
    client = mqtt.Client(client_id=client_id)
client.on_message = on_message
client.on_connect = lambda c, *_: c.publish(topic, '{"temperature": 23}')
client.connect("127.0.0.1", port, keepalive=10)
client.loop_start()
for _ in range(100):
    if outcome:
        break
    client._thread.join(0.1)
client.loop_stop()
print(f"status: {outcome[0] if outcome else 'no answer'}")
sys.exit(0 if outcome == ["accepted"] else 1)

"""Uses ThingsBoard's own REST client against the server: signs in, makes a device with everything around it, reads it back.

Prints one JSON object with what it met, which the test compares.
Usage: thingsboard-rest-client.py <base url> <email> <password>
"""

import json
import sys
import uuid

from tb_rest_client import RestClient
from tb_rest_client.models import (
    Alarm,
    Asset,
    Customer,
    Device,
    EntityCountQuery,
    EntityDataPageLink,
    EntityDataQuery,
    EntityKey,
    EntityRelation,
    SingleEntityFilter,
)


def main(base_url, email, password):
    met = {}
    mark = uuid.uuid4().hex[:8]
    with RestClient(base_url=base_url) as client:
        client.login(email, password)
        met["user"] = client.get_user().email

        device = client.save_device(Device(name=f"Python {mark}", type="default", label="From Python"))
        met["device"] = client.get_device_by_id(device.id).label
        met["credentials"] = client.get_device_credentials_by_device_id(device.id).credentials_type

        client.save_entity_telemetry(device.id, "ANY", {"temperature": 21.5, "count": 7})
        latest = client.get_latest_timeseries(device.id, keys="temperature,count", use_strict_data_types=True)
        met["latest"] = {key: values[0].value for key, values in sorted(latest.items())}
        client.save_entity_attributes_v2(device.id, "SERVER_SCOPE", {"limit": 30})
        met["attributes"] = [(a.key, a.value) for a in client.get_attributes_by_scope(device.id, "SERVER_SCOPE", keys="limit")]

        customer = client.save_customer(Customer(title=f"Company {mark}"))
        device.customer_id = customer.id
        met["assigned"] = client.save_device(device).customer_id.id == customer.id.id
        met["of customer"] = [d.name for d in client.get_customer_devices(customer.id, 10, 0).data] == [device.name]

        asset = client.save_asset(Asset(name=f"Building {mark}", type="default"))
        relation = EntityRelation(_from=asset.id, to=device.id, type="Contains", type_group="COMMON")
        met["relation"] = client.save_relation(relation).type

        # The client insists on members that only answers need.
        state = {"name": "Hot", "status": "ACTIVE_UNACK", "acknowledged": False, "cleared": False}
        alarm = client.save_alarm(Alarm(type="Hot", originator=device.id, severity="MAJOR", propagate=True, **state))
        met["acknowledged"] = client.ack_alarm(alarm.id).status
        met["propagated"] = [a.type for a in client.get_alarms(asset.id, 10, 0).data]

        found = client.find_entity_data_by_query(
            EntityDataQuery(
                entity_filter=SingleEntityFilter(single_entity=device.id, type="singleEntity"),
                page_link=EntityDataPageLink(page_size=10, page=0),
                entity_fields=[EntityKey(type="ENTITY_FIELD", key="name")],
                latest_values=[EntityKey(type="SERVER_ATTRIBUTE", key="limit"), EntityKey(type="TIME_SERIES", key="count")],
            )
        )
        met["query"] = [found.total_elements, found.data[0].latest["SERVER_ATTRIBUTE"]["limit"].value]
        met["count"] = client.count_entities_by_query(EntityCountQuery(entity_filter=SingleEntityFilter(single_entity=device.id, type="singleEntity")))

        client.delete_device(device.id)
        met["left"] = client.get_tenant_devices(10, 0, text_search=f"Python {mark}").total_elements
    print(json.dumps(met))


main(*sys.argv[1:4])

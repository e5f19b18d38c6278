# An encrypted client of another make: nio, with libolm. It is told what to do in lines of JSON, and tells what it hears.
import asyncio, io, json, logging, sys
from nio import AsyncClient, AsyncClientConfig, DownloadError, Event, LocalProtocolError, MegolmEvent
from nio.crypto import decrypt_attachment

logging.disable()  # What goes wrong is answered; the rest nobody reads.


def say(line):
    print(json.dumps(line), flush=True)


def hear(room, event):
    say({"heard": {**event.source, "room": room.room_id, "readable": not isinstance(event, MegolmEvent),
                   "encrypted": event.decrypted or isinstance(event, MegolmEvent)}})


async def send(client, room, type, content):
    sent = await client.room_send(room, type, content, ignore_unverified_devices=True)
    return {"event_id": sent.event_id}


async def send_file(client, room, name, text):
    data = text.encode()
    up, key = await client.upload(lambda *_: io.BytesIO(data), "text/plain", name, encrypt=True, filesize=len(data))
    file = {**key, "url": up.content_uri, "mimetype": "text/plain"}
    return await send(client, room, "m.room.message", {"msgtype": "m.file", "body": name, "file": file})


async def read_file(client, file):
    got = await client.download(mxc=file["url"])
    if isinstance(got, DownloadError):
        raise RuntimeError(str(got))
    return {"text": decrypt_attachment(got.body, file["key"]["k"], file["hashes"]["sha256"], file["iv"]).decode()}


async def redact(client, room, event):
    return {"event_id": (await client.room_redact(room, event)).event_id}


async def devices(client, user):
    return {device.id: device.ed25519 for device in client.device_store.active_user_devices(user)}


async def sync(client):
    while True:
        try:
            await client.sync_forever(timeout=30_000, full_state=not client.next_batch)
        except LocalProtocolError:
            # nio looks whether to ask for keys, and a message that is sent at that moment asks for them first.
            pass


async def main(url, user, device, token, store):
    client = AsyncClient(url, user, device, store, AsyncClientConfig(encryption_enabled=True))
    client.restore_login(user, device, token)
    client.add_event_callback(hear, Event)
    syncing = asyncio.create_task(sync(client))
    syncing.add_done_callback(lambda task: sys.exit(repr(task.exception())))
    await client.synced.wait()
    say({"ready": True})
    lines = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    does = {"send": send, "send_file": send_file, "read_file": read_file, "redact": redact, "devices": devices}
    while line := await lines.readline():
        told = json.loads(line)
        try:
            say({"id": told["id"], "answer": await does[told["do"]](client, **told["with"])})
        except Exception as error:
            say({"id": told["id"], "error": repr(error)})


asyncio.run(main(*sys.argv[1:]))

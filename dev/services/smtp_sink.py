"""python3 smtp_sink.py <port> <folder>: takes mail by SMTP and keeps each one as a JSON file {from, to, text} of the folder.

Who signs in must be fieldline with the password secret; nobody has to. Receivers unknown@… are refused for good (550),
receivers busy@… for the time being (450).
"""

import asyncio
import json
import os
import sys

from aiosmtpd.smtp import SMTP, AuthResult

port, folder = int(sys.argv[1]), sys.argv[2]


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "550 no such mailbox"
        if address.startswith("busy@"):
            return "450 mailbox is busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "text": envelope.content.decode("utf-8", "replace")}
        name = f"{len(os.listdir(folder)) + 1:06}"
        # Whoever lists the folder sees whole mails only.
        unfinished = os.path.join(os.path.dirname(folder), f"{name}.unfinished")
        with open(unfinished, "w", encoding="utf-8") as file:
            json.dump(mail, file)
        os.rename(unfinished, os.path.join(folder, f"{name}.json"))
        return "250 kept"


def sign_in(server, session, envelope, mechanism, login):
    is_right = (login.login, login.password) == (b"fieldline", b"secret")
    # Not handled: the refusal is still to be sent.
    return AuthResult(success=is_right, handled=False)


async def main():
    def connection():
        return SMTP(Sink(), hostname="sink", authenticator=sign_in, auth_require_tls=False, enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", port)
    await server.serve_forever()


asyncio.run(main())

"""An IMAP server in processes of its own: dovecot, which anybody may run a mailbox on."""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
from contextlib import contextmanager
from imaplib import IMAP4_SSL
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from tests.service.notify.counterparts import CERTIFICATE

DOVECOT = Path("/usr/sbin/dovecot")
LOGIN = ("tra-lai@localhost", "p@ss/word")  # nothing that a URL could hold as it is
SETTINGS = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/log
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
mail_location = maildir:{folder}/mail
first_valid_uid = 1
auth_failure_delay = 0
default_internal_user = {internal}
default_login_user = {login}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
"""


@contextmanager
def dovecot():
    """Run a server with one mailbox; give its URL, which names the login."""
    assert DOVECOT.exists(), "dovecot is missing: apt-get install dovecot-imapd"
    folder = Path(mkdtemp(prefix="dovecot-"))
    # Root may have no mail, and leaves what it need not do to others; anybody else is all of them.
    owner = pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    names = ("dovecot", "dovenull") if os.geteuid() == 0 else (owner.pw_name,) * 2
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "mail").mkdir()
    for path in (folder, folder / "mail"):
        path.chmod(0o755)
        os.chown(path, owner.pw_uid, owner.pw_gid)
    certificate = shutil.copy(CERTIFICATE, folder / "certificate.pem")
    settings = {
        "folder": folder,
        "certificate": certificate,
        "password": LOGIN[1],
        "internal": names[0],
        "login": names[1],
        "uid": owner.pw_uid,
        "gid": owner.pw_gid,
        "port": port,
    }
    (folder / "settings").write_text(SETTINGS.format(**settings))
    running = subprocess.Popen([DOVECOT, "-F", "-c", folder / "settings"])
    try:
        while not answers(port):
            assert running.poll() is None, (folder / "log").read_text()
        user, password = (quote(one, safe="") for one in LOGIN)
        yield f"imaps://{user}:{password}@localhost:{port}/INBOX"
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder, ignore_errors=True)


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


@contextmanager
def mailbox_at(url):
    """Look into the mailbox as a mail program does."""
    port = int(url.rpartition(":")[2].partition("/")[0])
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    with IMAP4_SSL("localhost", port, ssl_context=trusting) as line:
        line.login(*LOGIN)
        line.select("INBOX")
        yield line


def put(url, *messages):
    """Have messages arrive."""
    with mailbox_at(url) as line:
        for message in messages:
            line.append("INBOX", "", None, message.replace("\n", "\r\n").encode())


def count(url, what):
    """Count the messages that are `ALL`, `SEEN` or `UNSEEN`."""
    with mailbox_at(url) as line:
        return len(line.search(None, what)[1][0].split())


def empty(url):
    """Throw all messages away."""
    with mailbox_at(url) as line:
        if line.search(None, "ALL")[1][0]:
            line.store("1:*", "+FLAGS", "\\Deleted")
            line.expunge()

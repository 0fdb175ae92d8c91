"""A CA on this machine that publishes what it has withdrawn, and stamps times; for tests."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)


def name(common):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


class Authority:
    """Gives out certificates that say where its list of withdrawn ones is."""

    def __init__(self, url):
        self.url = url
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = self.certify(name("Gốc thử"), self.key.public_key(), is_ca=True)
        self.withdrawn = []

    def certify(self, subject, public, *, is_ca=False, purpose=None):
        bits = dict.fromkeys(
            (
                "key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
                "decipher_only",
            ),
            False,
        )  # fmt: skip
        bits |= {"digital_signature": not is_ca, "content_commitment": not is_ca}
        bits |= {"key_cert_sign": is_ca, "crl_sign": is_ca}
        number = x509.random_serial_number()
        made = x509.CertificateBuilder(name("Gốc thử"), subject, public, number, SINCE, UNTIL)
        made = made.add_extension(x509.BasicConstraints(is_ca, None), critical=True)
        made = made.add_extension(x509.KeyUsage(**bits), critical=True)
        if purpose:
            made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        elif not is_ca:
            where = x509.UniformResourceIdentifier(f"{self.url}/crl")
            point = x509.DistributionPoint([where], None, None, None)
            made = made.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return made.sign(self.key, hashes.SHA256())

    def key_file(self, path, password):
        """Write a key and its certificate as PKCS #12, and return the certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        own = self.certify(name("Người ký thử"), key.public_key())
        locked = serialization.BestAvailableEncryption(password.encode())
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(b"x", key, own, [self.root], locked)
        )
        return own

    def crl(self):
        """Return the list of what is withdrawn (DER), as of now and for a day."""
        now = datetime.now(UTC)
        made = x509.CertificateRevocationListBuilder().issuer_name(name("Gốc thử"))
        made = made.last_update(now - timedelta(hours=1)).next_update(now + timedelta(days=1))
        for certificate, since in self.withdrawn:
            gone = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            made = made.add_revoked_certificate(gone.revocation_date(since).build())
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def stamper(self):
        """Return what stamps times, under a certificate of this CA."""
        key = rsa.generate_private_key(65537, 2048)
        purpose = x509.ExtendedKeyUsageOID.TIME_STAMPING
        own = self.certify(name("Dấu thời gian thử"), key.public_key(), purpose=purpose)
        private = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return DummyTimeStamper(
            asn1.Certificate.load(own.public_bytes(serialization.Encoding.DER)),
            keys.PrivateKeyInfo.load(private),
        )


@contextmanager
def serving():
    """Serve an `Authority` on a free port: `/crl`, and stamps at `/tsa`.

    The server is named by itself: `http.server` is eventlet's once eventlet.wsgi is imported.
    """

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(authority.crl(), "application/pkix-crl")

        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            stamped = stamper.request_tsa_response(tsp.TimeStampReq.load(asked))
            self.answer(stamped.dump(), "application/timestamp-reply")

        def answer(self, body, kind):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    authority = Authority(f"http://127.0.0.1:{server.server_port}")
    stamper = authority.stamper()
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

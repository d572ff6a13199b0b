"""The certificate by which the bot proves itself in place of a secret: read from a PEM file, and checked before use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

SOON = timedelta(days=30)
SMALLEST_KEY = 2048

_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL)
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)
_SHA1 = 40


class Unusable(Exception):
    """The certificate cannot be used; the message says why, and never holds any of the key."""


@dataclass(frozen=True)
class Certificate:
    """What msal is given to sign with; `expires_at` is None where the file has the key alone."""

    credential: Mapping[str, str] = field(repr=False)
    expires_at: datetime | None

    def expires_soon(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at - now < SOON


def read_certificate(file: Path, password: str, thumbprint: str, now: datetime) -> Certificate:
    """The key and certificate of a PEM file; `Unusable` tells what is wrong with them.

    `thumbprint` is the one that Entra shows: it must be the certificate's, and stands for it where the file has none.
    """
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Unusable(f"cannot be read ({type(fault).__name__})") from None
    key = _key_in(content, password)
    wanted = re.sub(r"[\s:]", "", thumbprint).lower()
    certificates = [_loaded(each) for each in _CERTIFICATE.findall(content)]
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    if not certificates:
        if len(wanted) != _SHA1:
            raise Unusable("has a key and no certificate: add it, or set LAERINGSBOT_CERTIFICATE_THUMBPRINT")
        return Certificate({"private_key": plain, "thumbprint": wanted.upper()}, None)
    ours = [each for each in certificates if each.public_key() == key.public_key()]
    if not ours:
        raise Unusable("has a certificate that does not belong to its key")
    certificate = ours[0]
    # Entra shows the SHA-1 of it, as a name and not as a proof.
    shown = (certificate.fingerprint(kind).hex() for kind in (hashes.SHA1(), hashes.SHA256()))  # noqa: S303
    if wanted and wanted not in shown:
        raise Unusable("has a certificate with another thumbprint than LAERINGSBOT_CERTIFICATE_THUMBPRINT")
    if certificate.not_valid_after_utc <= now:
        raise Unusable(f"has a certificate that expired on {certificate.not_valid_after_utc:%Y-%m-%d}")
    if certificate.not_valid_before_utc > now:
        raise Unusable(f"has a certificate that is not valid before {certificate.not_valid_before_utc:%Y-%m-%d}")
    public = certificate.public_bytes(serialization.Encoding.PEM).decode()
    return Certificate({"private_key": plain, "public_certificate": public}, certificate.not_valid_after_utc)


def _key_in(content: bytes, password: str) -> rsa.RSAPrivateKey:
    found = _KEY.search(content)
    if not found:
        raise Unusable("has no private key in PEM form; a .pfx is made into one by openssl pkcs12 -nodes")
    try:
        key = serialization.load_pem_private_key(found[0], password.encode() or None)
    except TypeError:
        # What the library says of a password that is missing, or of one that is not needed.
        if password:
            raise Unusable("has a key without a password: remove LAERINGSBOT_CERTIFICATE_PASSWORD") from None
        raise Unusable("has an encrypted key: set LAERINGSBOT_CERTIFICATE_PASSWORD") from None
    except ValueError:
        hint = "; is LAERINGSBOT_CERTIFICATE_PASSWORD right?" if password else ""
        raise Unusable(f"has a key that cannot be read{hint}") from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < SMALLEST_KEY:
        raise Unusable(f"has a key that Entra does not take: it must be RSA with {SMALLEST_KEY} bits or more")
    return key


def _loaded(pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise Unusable("has a certificate that cannot be read") from None

"""How the bot proves itself: a secret, a certificate or a managed identity; and what is said of wrong ones."""

import logging
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from bot.certificate import Unusable, read_certificate
from bot.serve import token_source
from bot.settings import Settings, SettingsError
from bot.tokens import CHANNEL, GRAPH, NoToken, Tokens, with_secret
from tests.bot import FACTS
from tests.channel import Channel
from tests.channel.activities import APP, TENANT
from tests.channel.entra import SECRET, TOKEN, Redirected

NOW = datetime.now(UTC)
PASSWORD = "a password of the story"
PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
FILE = "LAERINGSBOT_CERTIFICATE_FILE"


@cache
def a_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def pem_of(key: Any, password: str = "") -> bytes:
    how: Any = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    pem: bytes = key.private_bytes(PEM, PKCS8, how)
    return pem


def certified(key: Any, *, days: int = 365, since: int = -1) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "laeringsbot")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=since))
        .not_valid_after(NOW + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )


def pem_with(key: Any, certificate: x509.Certificate, password: str = "") -> bytes:
    # The certificate first, and a comment before each, as openssl writes them.
    return b"Bag Attributes\n" + certificate.public_bytes(PEM) + b"Key Attributes\n" + pem_of(key, password)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.pem"


def settings_with(**given: Any) -> Settings:
    return Settings.load(None, app_id=APP, tenant_id=TENANT, **FACTS, **given)


def problems(**given: Any) -> list[str]:
    with pytest.raises(SettingsError) as wrong:
        settings_with(**given).for_serve(local=False)
    return wrong.value.problems


async def token(channel: Channel, credential: Any, scope: str = CHANNEL) -> str:
    tokens = Tokens(with_secret(APP, credential, TENANT, http_client=Redirected(channel.url)))
    return (await tokens.header(scope))["Authorization"]


class TestCertificate:
    @pytest.mark.parametrize("password", ["", PASSWORD], ids=["plain", "encrypted"])
    @pytest.mark.parametrize("scope", [CHANNEL, GRAPH])
    async def test_its_signature_is_what_the_token_service_asks_for(
        self, channel: Channel, file: Path, password: str, scope: str
    ) -> None:
        certificate = certified(a_key())
        channel.entra.certificate = certificate.public_bytes(PEM)
        file.write_bytes(pem_with(a_key(), certificate, password))
        thumbprint = certificate.fingerprint(hashes.SHA1()).hex(":")
        found = read_certificate(file, password, thumbprint, NOW)
        assert await token(channel, found.credential, scope) == f"Bearer {TOKEN}"
        assert channel.entra.scopes == [scope]

    async def test_a_key_alone_goes_by_the_thumbprint_that_is_set(self, channel: Channel, file: Path) -> None:
        certificate = certified(a_key())
        channel.entra.certificate = certificate.public_bytes(PEM)
        file.write_bytes(pem_of(a_key()))
        found = read_certificate(file, "", certificate.fingerprint(hashes.SHA1()).hex().upper(), NOW)
        assert await token(channel, found.credential) == f"Bearer {TOKEN}"

    async def test_another_key_another_certificate_and_a_secret_get_no_token(
        self, channel: Channel, file: Path
    ) -> None:
        registered = certified(a_key())
        channel.entra.certificate = registered.public_bytes(PEM)
        file.write_bytes(pem_with(a_key(1), certified(a_key(1))))
        with pytest.raises(NoToken, match="invalid_client"):
            await token(channel, read_certificate(file, "", "", NOW).credential)
        file.write_bytes(pem_of(a_key(1)))
        stolen = registered.fingerprint(hashes.SHA1()).hex()
        with pytest.raises(NoToken, match="invalid_client"):
            await token(channel, read_certificate(file, "", stolen, NOW).credential)
        with pytest.raises(NoToken, match="invalid_client"):
            await token(channel, SECRET)

    async def test_a_wrong_secret_gets_no_token(self, channel: Channel) -> None:
        with pytest.raises(NoToken, match="invalid_client"):
            await token(channel, "another")
        assert await token(channel, SECRET) == f"Bearer {TOKEN}"

    def test_it_is_good_enough_to_start_with_and_is_never_shown(self, file: Path) -> None:
        file.write_bytes(pem_with(a_key(), certified(a_key(), days=20), PASSWORD))
        settings = settings_with(certificate_file=str(file), certificate_password=PASSWORD)
        settings.for_serve(local=False)
        found = settings.certificate(NOW)
        assert found.expires_soon(NOW)
        assert not found.expires_soon(NOW - timedelta(days=30))
        assert PASSWORD not in repr(settings)
        assert "PRIVATE KEY" not in repr(found)
        assert isinstance(token_source(settings, local=False), Tokens)

    @pytest.mark.parametrize(
        ("content", "password", "thumbprint", "why"),
        [
            (None, "", "", "cannot be read (FileNotFoundError)"),
            (b"", "", "", "has no private key in PEM form"),
            (b"\x30\x82\x0b\x00 pfx", "", "", "has no private key in PEM form"),
            ("certificate", "", "", "has no private key in PEM form"),
            ("key", "", "", "has a key and no certificate"),
            ("both encrypted", "", "", "has an encrypted key: set LAERINGSBOT_CERTIFICATE_PASSWORD"),
            ("both encrypted", "wrong", "", "is LAERINGSBOT_CERTIFICATE_PASSWORD right?"),
            ("both", "surplus", "", "has a key without a password: remove"),
            ("both", "", "ab" * 20, "has a certificate with another thumbprint"),
            ("of two", "", "", "has a certificate that does not belong to its key"),
            ("expired", "", "", "has a certificate that expired on"),
            ("early", "", "", "has a certificate that is not valid before"),
            ("small", "", "", "must be RSA with 2048 bits"),
            ("elliptic", "", "", "must be RSA with 2048 bits"),
            ("damaged key", "", "", "has a key that cannot be read"),
            ("damaged certificate", "", "", "has a certificate that cannot be read"),
        ],
    )
    def test_what_is_wrong_with_it_is_said_at_start(
        self, file: Path, content: str | bytes | None, password: str, thumbprint: str, why: str
    ) -> None:
        key = a_key()
        curve = ec.generate_private_key(ec.SECP256R1())
        contents = {
            "certificate": lambda: certified(key).public_bytes(PEM),
            "key": lambda: pem_of(key),
            "both": lambda: pem_with(key, certified(key)),
            "both encrypted": lambda: pem_with(key, certified(key), PASSWORD),
            "of two": lambda: pem_with(key, certified(a_key(1))),
            "expired": lambda: pem_with(key, certified(key, days=-1, since=-30)),
            "early": lambda: pem_with(key, certified(key, since=3)),
            "small": lambda: pem_with(a_key(2, 1024), certified(a_key(2, 1024))),
            "elliptic": lambda: pem_with(curve, certified(curve)),
            "damaged key": lambda: pem_of(key).replace(b"MII", b"AAA") + certified(key).public_bytes(PEM),
            "damaged certificate": lambda: pem_of(key) + certified(key).public_bytes(PEM).replace(b"MII", b"AAA"),
        }
        if content is not None:
            file.write_bytes(contents[content]() if isinstance(content, str) else content)
        with pytest.raises(Unusable) as unusable:
            read_certificate(file, password, thumbprint, NOW)
        assert why in str(unusable.value)
        (told,) = problems(certificate_file=str(file), certificate_password=password, certificate_thumbprint=thumbprint)
        assert told == f"{FILE} {unusable.value}"
        assert not password or password not in told

    def test_there_is_one_way_and_no_other_beside_it(self, file: Path) -> None:
        file.write_bytes(pem_with(a_key(), certified(a_key())))
        (both,) = problems(certificate_file=str(file), app_password=SECRET)
        assert "are both set" in both
        assert SECRET not in both
        surplus = problems(certificate_file=str(file), app_password=SECRET, app_type="UserAssignedMSI")
        assert [each.split()[0] for each in surplus] == ["MicrosoftAppPassword", FILE]
        (none,) = problems()
        assert "MicrosoftAppPassword is missing" in none
        assert FILE in none
        with pytest.raises(SettingsError, match=FILE):
            Settings.load(None, certificate_file=str(file)).for_serve(local=True)
        with pytest.raises(SettingsError, match="is no thumbprint"):
            settings_with(certificate_thumbprint="xyz")


class Machine:
    """The metadata service of a machine in Azure, on loopback: tokens for the identities that it has."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []

    async def token(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        if request.headers.get("Metadata") != "true":
            return web.json_response({"error": "bad_request_102"}, status=400)
        if request.query.get("client_id") != APP:
            return web.json_response(
                {"error": "invalid_request", "error_description": "Identity not found"}, status=400
            )
        return web.json_response(
            {
                "access_token": f"of {request.query['resource']}",
                "expires_in": "3600",
                "expires_on": str(int((NOW + timedelta(hours=1)).timestamp())),
                "resource": request.query["resource"],
                "token_type": "Bearer",
            }
        )


class TestManagedIdentity:
    @pytest.fixture
    async def machine(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "HTTP_PROXY", "http_proxy"):
            monkeypatch.delenv(name, raising=False)
        machine = Machine()
        app = web.Application()
        app.router.add_get("/metadata/identity/oauth2/token", machine.token)
        async with TestServer(app, host="127.0.0.1") as server:
            monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", str(server.make_url("")).rstrip("/"))
            yield machine

    async def test_the_machine_gives_tokens_for_the_channel_and_for_graph(self, machine: Machine) -> None:
        settings = settings_with(app_type="UserAssignedMSI")
        settings.for_serve(local=False)
        tokens = token_source(settings, local=False)
        assert (await tokens.header(CHANNEL))["Authorization"] == "Bearer of https://api.botframework.com"
        assert (await tokens.header(GRAPH))["Authorization"] == "Bearer of https://graph.microsoft.com"
        given = await tokens.header(CHANNEL)
        assert len(machine.asked) == 2
        tokens.forget(CHANNEL, given)
        await tokens.header(CHANNEL)
        assert len(machine.asked) == 3

    async def test_an_identity_that_the_machine_does_not_have_is_told_by_its_code(self, machine: Machine) -> None:
        settings = Settings.load(None, app_id=TENANT, tenant_id=TENANT, app_type="UserAssignedMSI", **FACTS)
        with pytest.raises(NoToken) as none:
            await token_source(settings, local=False).header(CHANNEL)
        assert none.value.reason


async def test_no_credential_is_ever_logged(channel: Channel, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.write_bytes(pem_with(a_key(), certified(a_key()), PASSWORD))
    found = read_certificate(file, PASSWORD, "", NOW)
    with caplog.at_level(logging.DEBUG):
        for credential in (found.credential, SECRET + "x"):
            with pytest.raises(NoToken) as none:
                await token(channel, credential)
            assert SECRET not in str(none.value)
    key = found.credential["private_key"]
    assert not any(each in caplog.text for each in (SECRET, PASSWORD, key, key[100:160], "client_assertion="))

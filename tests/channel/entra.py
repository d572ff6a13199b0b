"""Where the bot gets its own tokens: the token endpoint that msal asks, with the faults one wishes for."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests
from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import load_pem_x509_certificate

TOKEN = "a-token-of-the-bot"  # noqa: S105
SECRET = "a-secret-of-the-story"  # noqa: S105
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AUTHORITY = "https://login.microsoftonline.com"


@dataclass
class Entra:
    """`asked` counts the token requests; `error` makes them fail with that code, `hold` makes them hang.

    The application proves itself by `secret`, or by an assertion that the key of `certificate`, a PEM, has signed.
    """

    url: str = ""
    asked: int = 0
    lasts: int = 3600
    error: str = ""
    token: str = TOKEN
    secret: str = SECRET
    certificate: bytes = b""
    hold: asyncio.Event | None = None
    scopes: list[str] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/entra/{tenant}/v2.0/.well-known/openid-configuration", self._configuration),
            web.post("/entra/{tenant}/oauth2/v2.0/token", self._token),
        ]

    async def _configuration(self, request: web.Request) -> web.Response:
        # msal believes only addresses of the authority it asked; `Redirected` brings them back here.
        base = f"{AUTHORITY}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        self.asked += 1
        form = await request.post()
        self.scopes.append(str(form.get("scope", "")))
        if self.hold:
            await self.hold.wait()
        error = self.error or ("" if self._is_proven(form, request.match_info["tenant"]) else "invalid_client")
        if error:
            return web.json_response({"error": error, "error_description": "a fault of the story"}, status=401)
        return web.json_response({"access_token": self.token, "token_type": "Bearer", "expires_in": self.lasts})

    def _is_proven(self, form: Mapping[str, Any], tenant: str) -> bool:
        """Whether the application has shown what Entra asks for: its secret, or a good assertion of its certificate."""
        if "client_assertion" not in form:
            return not self.certificate and form.get("client_secret") == self.secret
        if not self.certificate or form.get("client_assertion_type") != ASSERTION:
            return False
        certificate = load_pem_x509_certificate(self.certificate)
        assertion = str(form["client_assertion"])
        head = jwt.get_unverified_header(assertion)
        thumbprints = {
            name: urlsafe_b64encode(certificate.fingerprint(kind)).rstrip(b"=").decode()
            for name, kind in (("x5t#S256", hashes.SHA256()), ("x5t", hashes.SHA1()))
        }
        named = {name: str(head[name]).rstrip("=") for name in thumbprints if name in head}
        try:
            claims = jwt.decode(
                assertion,
                certificate.public_key(),
                algorithms=["PS256", "RS256"],
                audience=f"{AUTHORITY}/{tenant}/oauth2/v2.0/token",
            )
        except jwt.InvalidTokenError:
            return False
        is_named = bool(named) and all(thumbprints[name] == each for name, each in named.items())
        return is_named and claims["iss"] == claims["sub"] == form.get("client_id")


class Redirected:
    """msal's seam for an HTTP client: what is meant for Microsoft's login goes to the channel instead."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._session = requests.Session()
        self._session.trust_env = False

    def get(self, url: str, **more: Any) -> "Answer":
        return self._answer(self._session.get(self._here(url), timeout=30, **_plain(more)))

    def post(self, url: str, **more: Any) -> "Answer":
        return self._answer(self._session.post(self._here(url), timeout=30, **_plain(more)))

    def close(self) -> None:
        self._session.close()

    def _here(self, url: str) -> str:
        assert url.startswith(AUTHORITY), "only the login may be asked for a token"
        return url.replace(AUTHORITY, f"{self._base}/entra")

    @staticmethod
    def _answer(response: requests.Response) -> "Answer":
        return Answer(response.status_code, response.text, dict(response.headers))


@dataclass
class Answer:
    """What msal reads of a response."""

    status_code: int
    text: str
    headers: dict[str, str]

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise requests.HTTPError(json.dumps({"status": self.status_code}))


def _plain(more: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in more.items() if name in ("params", "data", "headers")}

"""Tokens of an OpenID provider, such as Keycloak or Entra ID, verified with the keys it publishes."""

from __future__ import annotations

from graph.actor import Role
from graph.clock import Clock
from service.identity.claims import ClaimMap
from service.identity.identity import Signed, Unauthenticated
from service.identity.keys import Keys, UnknownKey
from service.identity.token import TokenRules
from service.settings import Settings


class Provider:
    """Verifies tokens by `rules`, with `keys`, and reads their claims by `claims`."""

    def __init__(self, keys: Keys, rules: TokenRules, claims: ClaimMap) -> None:
        self._keys = keys
        self._rules = rules
        self._claims = claims

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Provider:
        rules = TokenRules(
            clock,
            issuer=settings.oidc_issuer,
            audience=settings.oidc_audience,
            algorithms=settings.oidc_algorithms,
            leeway=settings.oidc_leeway,
            require_at_jwt=settings.oidc_require_at_jwt,
        )
        claims = ClaimMap(
            name=settings.oidc_name_claim,
            roles=settings.oidc_roles_claim,
            organisations=settings.oidc_organisations_claim,
            role_names=dict(settings.oidc_role_map) or {role.value: role for role in Role},
        )
        return cls(Keys(settings.oidc_issuer, settings.oidc_jwks_uri), rules, claims)

    @property
    def version(self) -> int:
        return self._keys.version

    async def freshen(self) -> None:
        await self._keys.freshen()

    async def verify(self, token: str) -> Signed:
        read = self._rules.read(token)
        try:
            key = await self._keys.key(read.kid)
        except UnknownKey:
            raise Unauthenticated("The token is signed with a key that the issuer does not publish.") from None
        self._rules.check(read, key)
        return Signed(self._claims.actor(read.claims), self._rules.expires_at(read))

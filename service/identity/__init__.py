"""Who asks: the Authorization header of a request, made an actor.

| file | is |
|---|---|
| `identity.py` | the header, what is kept of tokens already verified, which kind of token is taken |
| `token.py` | one token: its form, claims and signature |
| `provider.py` | tokens of an OpenID provider |
| `keys.py` | the provider's public keys: found, kept, fetched anew |
| `flow.py` | signing in at the provider with a browser |
| `claims.py` | what a token says of its bearer, as name, roles and organisations |
| `development.py` | tokens made and taken with a key of one's own, for development |
"""

from service.identity.identity import Identity, Signed, Unauthenticated

__all__ = ["Identity", "Signed", "Unauthenticated"]

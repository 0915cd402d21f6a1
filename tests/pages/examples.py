"""A page of each kind, by the pattern of its path: what the tests of all pages visit."""

from __future__ import annotations

EXAMPLES: dict[str, str] = {
    "/": "/",
    "/sammenlign": "/sammenlign?offer=offer:fonden-hedehuset&offer=offer:botilbuddet-kvisten&enhed=MONTH",
    "/udskriv": "/udskriv",
    "/saeder": "/saeder?paa=2025-03-01",
    "/saeder/ophoer": "/saeder/ophoer?paa=2025-12-31",
    "/forespoergsler/{name}": "/forespoergsler/offer",
    "/tilbud": "/tilbud?orden=ledige",
    "/tilbud/{id}": "/tilbud/offer:soedisbakke-aeldre?enhed=MONTH",
    "/raad/{id}": "/raad/board:bestyrelsen-soedisbakke?paa=2025-12-31",
    "/personer": "/personer?mindst=3",
    "/personer/{id}": "/personer/representative:mariagerfjord-f",
    "/habilitet": "/habilitet?paa=2025-03-01",
    "/kommuner-og-saeder": "/kommuner-og-saeder?udpeger=board:kkr-nordjylland",
    "/log-ind": "/log-ind",
    "/skrivebord": "/skrivebord",
    "/skrivebord/saeder": "/skrivebord/saeder",
    "/skrivebord/{id}": "/skrivebord/offer:forsorgshjemmet-svenstrupgaard",
    "/log-ind/tilbage": "/log-ind/tilbage",
    "/aftaler": "/aftaler",
    "/aftaler/{id}": "/aftaler/agreement:nordjysk-socialaftale-2021-2022",
    "/fokusomraader/{id}": "/fokusomraader/focus-area:den-gode-alderdom",
    "/viden": "/viden",
    "/viden/{id}": "/viden/knowledge:tegn-paa-demens",
    "/soeg": "/soeg?q=hjerneskade",
    "/maalgrupper": "/maalgrupper",
    "/maalgrupper/{id}": "/maalgrupper/target-group:erhvervet-hjerneskade",
    "/organisationer/{id}": "/organisationer/municipality:aalborg",
    "/ydelser/{id}": "/ydelser/service:ophold",
    "/lovgrundlag/{id}": "/lovgrundlag/legal-basis:sel-107",
    "/forbindelser": "/forbindelser?fra=offer:neurocenter-oesterskoven&til=board:kkr-nordjylland",
}

NEED = {
    "age": "34",
    "home": "municipality:broenderslev",
    "group": "erhvervet hjerneskade",
    "section": "legal-basis:sel-107",
}
"""A need as the form of the start page sends it."""

"""What the fields of the inputs, and the kinds of nodes, are called, for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.told import Told

LABELS: Mapping[str, str] = {
    "address": "Adresse",
    "ageFrom": "Alder fra",
    "ageTo": "Alder til",
    "agreement": "Aftale",
    "agreements": "Aftaler",
    "amount": "Beløb",
    "approved": "Godkendt",
    "authority": "Tilsyn",
    "board": "Organ",
    "body": "Tekst",
    "clientMutationId": "clientMutationId",
    "closedOn": "Lukkedato",
    "conditions": "Vilkår",
    "contact": "Kontakt",
    "countedOn": "Optællingsdato",
    "coversNarrower": "Dækker snævrere målgrupper",
    "decidedOn": "Beslutningsdato",
    "decision": "Beslutning",
    "email": "E-mail",
    "excludes": "Udelukkede målgrupper",
    "expectedVersion": "Forventet version",
    "focusAreas": "Fokusområder",
    "free": "Ledige pladser",
    "gender": "Køn",
    "id": "Id",
    "ids": "Id'er",
    "institution": "Institution",
    "item": "Emne",
    "kind": "Type",
    "laboratory": "Laboratorium",
    "latitude": "Breddegrad",
    "legalBases": "Lovgrundlag",
    "level": "Niveau",
    "location": "Beliggenhed",
    "longitude": "Længdegrad",
    "model": "Prismodel",
    "municipality": "Kommune",
    "name": "Navn",
    "newRepresentative": "Ny repræsentant",
    "offer": "Tilbud",
    "offers": "Tilbud",
    "on": "Slutdato",
    "openFrom": "Åbningsdato",
    "operator": "Driver",
    "ownPayment": "Egenbetaling",
    "partOf": "Afdeling af",
    "party": "Parti",
    "phone": "Telefon",
    "places": "Pladser",
    "protected": "Beskyttet adresse",
    "publishedOn": "Udgivelsesdato",
    "reason": "Årsag",
    "reportOn": "Rapportdato",
    "reportUrl": "Rapportens adresse",
    "representative": "Repræsentant",
    "role": "Rolle",
    "seat": "Sæde",
    "services": "Ydelser",
    "source": "Kilde",
    "status": "Status",
    "summary": "Beskrivelse",
    "supportLevelUpTo": "Støttebehov op til",
    "supports": "Støtteniveauer",
    "targetGroup": "Målgruppe",
    "targetGroups": "Målgrupper",
    "tenure": "Periode i sædet",
    "text": "Tekst",
    "title": "Titel",
    "town": "By",
    "type": "Tilbudstype",
    "unit": "Enhed",
    "url": "Webadresse",
    "validFrom": "Startdato",
    "validTo": "Slutdato",
    "waitingDays": "Ventedage",
    "year": "År",
}
"""What the fields of the inputs are called in Danish. In English it is the field's own name."""


def label(name: str) -> Told:
    """What `name`, a field of an input, is called where a sentence begins. What is none is called by its name."""
    return Told(LABELS.get(name, name), name)


def inner(name: str) -> Told:
    """The same within a sentence."""
    danish = LABELS.get(name, name)
    return Told(danish[:1].lower() + danish[1:], name)


KIND_LABELS: Mapping[str, str] = {
    "agreement": "aftale",
    "approval": "godkendelse",
    "association": "forening",
    "authority": "tilsyn",
    "board": "organ",
    "capacity": "kapacitet",
    "contact": "kontakt",
    "decision": "beslutning",
    "document": "dokument",
    "focus-area": "fokusområde",
    "institution": "institution",
    "knowledge": "viden",
    "laboratory": "laboratorium",
    "legal-basis": "lovgrundlag",
    "location": "beliggenhed",
    "municipality": "kommune",
    "offer": "tilbud",
    "offer-type": "tilbudstype",
    "price": "takst",
    "principle": "princip",
    "process": "proces",
    "process-step": "procestrin",
    "region": "region",
    "representative": "repræsentant",
    "seat": "sæde",
    "service": "ydelse",
    "source": "kilde",
    "target-group": "målgruppe",
    "tenure": "periode i et sæde",
    "theme": "tema",
    "theme-item": "emne",
}
"""What the kinds of nodes are called in Danish."""


def one_of(kinds: Iterable[str]) -> Told:
    """`tilbud eller institution`: something of one of these kinds."""
    names = list(kinds)
    english = " or ".join(name.replace("-", " ") for name in names)
    return Told(" eller ".join(KIND_LABELS[name] for name in names), english)

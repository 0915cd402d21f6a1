"""What a command says when it refuses, each wording once, in Danish and English.

A fault's wording follows the name of what is wrong: *Ledige pladser* `er 12, flere end de 10 pladser`.
"""

from __future__ import annotations

from graph.told import Wording

FAULT = Wording("{label} {what}.", "{label} {what}.")

# A value that the model does not allow.
REQUIRED = Wording("skal angives", "is required")
EMPTY = Wording("må ikke være tom", "is empty")
NO_TYPE = Wording("må ikke være {value}: det er ikke {type}", "is {value}, which is no {type}")
NO_VALUE = Wording("må ikke være {value}, kun en af: {values}", "is {value}, which is none of: {values}")
NO_PROPERTY = Wording("er ikke en egenskab ved {label}", "is no property of {label}")
NO_EDGE = Wording("er ikke en forbindelse fra {label}", "is no edge of {label}")
NO_TARGET = Wording("kan ikke være {target}, kun en af: {kinds}", "names {target}, which is none of: {kinds}")
ONCE = Wording("må kun angives én gang", "may be given once only")
NO_KIND = Wording(
    "må ikke være {id}: foran kolonet står ingen kendt type", "is {id}, with no known kind before the colon"
)

# Values that do not go together.
NEGATIVE = Wording("må ikke være under 0: {value}", "is negative: {value}")
FREE_ABOVE_PLACES = Wording("er {free}, flere end de {places} pladser", "is {free}, more than the {places} places")
BEFORE_FIRST = Wording("er {value}, før {first}: {start}", "is {value}, before {first}: {start}")
BELOW_FIRST = Wording("er {value}, lavere end {first}: {start}", "is {value}, less than {first}: {start}")
BEYOND_DEGREES = Wording("er {value}, mere end {bound} grader", "is {value}, beyond {bound} degrees")
TOO_MANY = Wording("må højst være {most} ad gangen", "may be {most} at once, at most")
TOO_LONG = Wording(
    "må højst være på {most} tegn, og er på {length}", "may have {most} characters at most, and has {length}"
)
NO_URL = Wording(
    "må ikke være {value}: den begynder ikke med http:// eller https://", "is {value}, no address with http or https"
)
OUTSIDE = Wording("skal være fra {least} til {most}, og er {value}", "must be from {least} to {most}, and is {value}")
NO_AMOUNT = Wording(
    "skal være under {most} kr. med højst {decimals} decimaler",
    "must be below DKK {most} with at most {decimals} decimals",
)
HALF_A_POINT = Wording("skal angives sammen med {other}", "is given without {other}")
IN_THE_FUTURE = Wording("er {day}, og den dag er ikke kommet endnu", "is {day}, which is in the future")
NOTHING_COUNTED = Wording(
    "Angiv pladser, ledige pladser eller ventedage.", "places, free or waitingDays must be given."
)
ONE_PERSON = Wording(
    "Angiv enten en repræsentant eller en ny repræsentant, og ikke begge dele.",
    "Give a representative or a new one, and not both.",
)

# Records that do not go together.
TWICE = Wording("indeholder {target} to gange", "names {target} twice")
TWO_RECORDS = Wording("er angivet to gange", "is given twice")
UNKNOWN = Wording("nævner {target}, som ikke findes", "names {target}, which does not exist")
ROUND = Wording("går i ring: {circle}", "goes round in a circle: {circle}")
ON_RECORD = Wording("er allerede registreret: registrér en ny", "is on record: record a new one")
SEAT_NOT_YET = Wording(
    "er {day}, før sædet {seat} findes: det gør det fra {first}",
    "is {day}, before {seat} exists: that is from {first} on",
)
SEAT_NO_LONGER = Wording(
    "er {day}, da sædet {seat} ikke længere findes: det ophørte {last}",
    "is {day}, when {seat} no longer exists: it ended on {last}",
)
SEAT_ENDS = Wording(
    "er {day}, og da findes sædet {seat} ikke længere: det ophører {last}",
    "is {day}, when {seat} no longer exists: it ends on {last}",
)
LEAVES_OUT = Wording("udelukker {tenure}, hvor {label} {what}", "leaves out {tenure}, whose {label} {what}")
IN_SEAT_ALREADY = Wording(
    "er {person}, som allerede har sædet {span} ({tenure})", "is {person}, who is in the seat {span} ({tenure}) already"
)
HELD_BY_ANOTHER = Wording(
    "er {day}, men {person} har sædet {seat} {span} ({tenure})", "is {day}; {person} holds {seat} {span} ({tenure})"
)
FROM_TO = Wording("fra {since} til {until}", "from {since} to {until}")
FROM_ON = Wording("fra {since}", "from {since} on")

# What is not there, or by now is another.
NOTHING_THERE = Wording("Der findes intet med id'et {id}.", "There is nothing with the id {id}.")
NONE_THERE = Wording("Ukendt {kinds}: {id} findes ikke.", "There is no {kinds} {id}.")
OTHER_VERSION = Wording(
    "{id} har nu version {version}, ikke {expected}: en anden har ændret det. Hent det igen, og ret så.",
    "{id} has version {version} by now, not {expected}: it was changed by someone else.",
)
UNDER_ITSELF = Wording(
    "{id} ville komme under sig selv: {type} går i ring.",
    "{id} would come under itself: its {type} edges go round in a circle.",
)
DELETED_MEANWHILE = Wording(
    "Noget, som {type} peger på, er blevet slettet imens.",
    "Something that {type} edges name was deleted in the meantime.",
)
STILL_NAMED = Wording(
    "{id} kan ikke slettes: {by} henviser til det ({type}).", "{id} cannot be deleted: {by} names it ({type})."
)
NEVER_CONFIRMED = Wording(
    "{id} kan ikke bekræftes: det har ingen bekræftelsesdato.",
    "{id} is nothing that is confirmed: it has no verifiedOn.",
)
UNWRITABLE = Wording(
    "Teksten indeholder tegn, eller et tal, som ikke kan gemmes.",
    "There is a character or a number that cannot be kept.",
)

# Who may.
NO_ROLE = Wording(
    "Det har du ikke rettigheder til. Det kræver rollen {roles}.", "You may not do this. It takes the role {roles}."
)
OUT_OF_SCOPE = Wording(
    "{id} hører ikke under en organisation, som du må redigere for.",
    "{id} belongs to no organisation that you may write for.",
)
NEW_OUT_OF_SCOPE = Wording(
    "Driver eller institution skal være en organisation, som du må redigere for.",
    "The operator or the institution must be an organisation that you may write for.",
)
GIVEN_AWAY = Wording(
    "{id} ville ikke længere høre under en organisation, som du må redigere for.",
    "{id} would no longer belong to an organisation that you may write for.",
)

# Once and only once.
BAD_KEY = Wording("skal være på 1 til {most} synlige tegn", "must be 1 to {most} printable characters")
KEY_USED = Wording(
    "clientMutationId {key} har du allerede brugt til noget andet.",
    "You have used the clientMutationId {key} before, for something else.",
)
UNCERTAIN_WITH_KEY = Wording(
    "Det vides ikke, om det blev gemt. Send det igen med samme clientMutationId ({key}): så gemmes det kun én gang.",
    "It is not known whether this was done. Send it again with the same clientMutationId ({key}): it is done once.",
)
UNCERTAIN = Wording(
    "Det vides ikke, om det blev gemt. Se efter, før du sender igen. Med et clientMutationId gemmes det kun én gang.",
    "It is not known whether this was done. Look before you send it again. With a clientMutationId it is done once.",
)

# The engine.
NO_ANSWER = Wording(
    "Databasen svarede ikke inden for {seconds} sekunder.", "The database did not answer within {seconds} seconds."
)
LOST_COMMIT = Wording(
    "Forbindelsen røg, mens der blev gemt: det vides ikke, om det blev gjort.",
    "The connection was lost while committing: it is unknown whether it was done.",
)
NO_CONNECTION = Wording("Alle forbindelser til databasen er optaget.", "Every connection to the database is taken.")
OUT_OF_REACH = Wording("Databasen kan ikke nås.", "The database cannot be reached.")
NOT_NOW = Wording(
    "Databasen kunne ikke gøre det nu. Prøv igen.", "The database could not do it now; it may be tried again."
)
OTHERS_WRITE = Wording("Andre er ved at gemme. Prøv igen.", "Other writes are not done yet; it may be tried again.")

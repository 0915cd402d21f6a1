"""The pages for people: each is one committed GraphQL operation, asked through everyone's door, and one template.

| file | is |
|---|---|
| `site.py` | every page's address, in each language; what stands where there is no page |
| `visit.py` | one request for a page: who asks, in which language, how it asks and answers |
| `asking.py` | asking an operation, with the limits and the deadline that hold for everybody |
| `operations/` | the operations, one file each |
| `templates/` | the templates; `layout.html` is around each, `macros.html` holds what they share |
| `fields.py` | what a form brought, and what is wrong with it |
| `languages.py`, `locale/` | Danish as it is written, and the catalogues that translate it |
| `addresses.py` | where the page about something is |
| `words.py`, `formats.py` | names of enumerated values; dates, numbers and money |
| `listing.py`, `narrowing.py`, `subject.py` | lists in parts, narrowed by the address; the thing that a page is about |
| `notice.py` | what is said on the next page of something just done |
| `finding/` | the start page: a need, what fits it, offers side by side, the answer on paper |
| `offers/`, `governance/`, `agreements/` | the pages about offers; about seats, boards and people; about agreements |
| `directory/` | search, the classification, organisations, how things are connected |
| `desk/`, `signing/` | the editor's and the secretariat's desk; who a visitor is |
| `drawing/` | pictures as plain geometry: charts, the map, bars in time |
"""

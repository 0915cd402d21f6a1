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
| `charts.py`, `scales.py` | charts as plain geometry, drawn by `charts.html` |
| `words.py`, `formats.py` | names of enumerated values; dates, numbers and money |
"""

'use strict';

// Questions to begin with.
const questions = [
  {
    query: `# Hvilke tilbud passer, og hvorfor? (Which offers fit, and why?)
query HvilkeTilbudPasser($need: NeedInput!) {
  matchOffers(need: $need) {
    fits(first: 5) {
      nodes {
        rank
        score
        distanceKm
        offer {
          name
          dataStatus
          institution { name }
          capacity { free countedOn dataStatus }
        }
        criteria { criterion outcome explanation }
      }
    }
    nearMisses(first: 3) {
      nodes {
        offer { name }
        ruledOutBy
        criteria { criterion outcome explanation }
      }
    }
    funnel { criterion remaining removed }
    notices { code message }
  }
}
`,
    variables: JSON.stringify(
      {
        need: {
          age: 34,
          homeMunicipality: 'municipality:broenderslev',
          words: ['hjerneskade'],
          legalBases: ['legal-basis:sel-107'],
        },
      },
      null,
      2,
    ),
  },
  {
    query: `# Tilbud i en kommune med priser og ledige pladser (a municipality's offers, prices and free places)
query TilbudIKommunen($code: String!) {
  municipality(code: $code) {
    name
    offers(first: 20) {
      totalCount
      nodes {
        name
        type { name }
        price(unit: DAY) { amount unit convertedFrom year dataStatus }
        capacity { places free countedOn dataStatus }
        approval { status authority { name } dataStatus }
      }
    }
  }
}
`,
    variables: JSON.stringify({ code: '851' }, null, 2),
  },
  {
    query: `# Hvem bestemmer over et tilbud, og hvem sidder hvor? (Who decides about an offer, and who sits where?)
query HvemBestemmer($offer: ID!) {
  offer(id: $offer) {
    name
    boards {
      nodes {
        name
        composition { seats filled carryOver vacant checks { rule outcome explanation } }
        seats {
          nodes {
            label
            status
            endsOn
            appointedBy { name }
            holder { role representative { name municipality { name } } dataStatus }
            substitutes { representative { name } }
          }
        }
      }
    }
  }
}
`,
    variables: JSON.stringify({ offer: 'offer:institut-for-syn-og-hoerelse' }, null, 2),
  },
  {
    query: `# Søg i alt (search everything)
query Soeg($text: String!) {
  search(text: $text, first: 10) {
    edges {
      score
      snippet
      node {
        __typename
        ... on Offer { name }
        ... on TargetGroup { name }
        ... on Institution { name }
        ... on Board { name }
        ... on Representative { name }
        ... on Agreement { name }
        ... on Knowledge { title }
      }
    }
  }
}
`,
    variables: JSON.stringify({ text: 'hjerneskad' }, null, 2),
  },
  {
    query: `# Målgrupper med hverdagsord (target groups with their everyday words)
query Maalgrupper {
  targetGroups(first: 20) {
    nodes {
      name
      nameEn: name(language: EN)
      synonyms
      narrower {
        name
        synonyms
        narrower { name synonyms }
      }
    }
  }
}
`,
  },
];

const e = React.createElement;

// GraphiQL would keep questions with their variables in the browser. A need is never kept: only the theme is.
const kept = (name) => name === 'graphiql:theme';
const storage = {
  get length() { return localStorage.length; },
  getItem: (name) => (kept(name) ? localStorage.getItem(name) : null),
  setItem: (name, value) => { if (kept(name)) localStorage.setItem(name, value); },
  removeItem: (name) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
};

const fetcher = GraphiQL.createFetcher({
  url: '/graphql',
  headers: { Accept: 'application/graphql-response+json, application/json;q=0.9' },
});

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  e(
    GraphiQL,
    {
      fetcher,
      storage,
      defaultTabs: questions,
      variables: questions[0].variables, // of the first tab: GraphiQL reads those of the others itself
      defaultEditorToolsVisibility: 'variables',
      shouldPersistHeaders: false,
    },
    e(GraphiQL.Logo, null, e('span', { className: 'brand' }, 'Tilbudsvifte')),
  ),
);

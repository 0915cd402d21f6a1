// The audits of GraphQL over HTTP, one line of JSON each: node audit.js URL
import { auditServer } from 'graphql-http';

for (const { id, name, status, reason } of await auditServer({ url: process.argv[2], fetchFn: fetch })) {
  console.log(JSON.stringify({ id, name, status, reason }));
}

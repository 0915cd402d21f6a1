// What two clients by others are told by the first events of a subscription: node follow.js URL QUERY COUNT
import { createClient as overEvents } from 'graphql-sse';
import { createClient as overSocket } from 'graphql-ws';
import WebSocket from 'ws';

const [url, query, count] = process.argv.slice(2);
const clients = {
  'graphql-ws': overSocket({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 }),
  'graphql-sse': overEvents({ url, retryAttempts: 0 }),
};
for (const [name, client] of Object.entries(clients)) {
  const events = [];
  for await (const event of client.iterate({ query })) {
    events.push(event);
    if (events.length >= Number(count)) break;
  }
  console.log(JSON.stringify({ name, events }));
  await client.dispose();
}

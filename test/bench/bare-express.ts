/** Express alone: one route, which reads a form, writes a row as durable as the product does, and redirects. */
import express from 'express';
import { openRaw } from './drivers.ts';

const [file = ''] = process.argv.slice(2);
const { session } = await openRaw(file, 'sqlite3');
await session.run({
  name: 'create',
  text: 'create table if not exists parcels (id integer primary key, fields text not null)',
});
const INSERT = { name: 'insert', text: 'insert into parcels (fields) values (?)' };
const app = express();
app.post('/start/handover/handed-in', express.urlencoded(), async (request, response) => {
  await session.run(INSERT, [JSON.stringify(request.body)]);
  response.redirect(303, '/');
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`  Address   http://127.0.0.1:${port}\n`);
});

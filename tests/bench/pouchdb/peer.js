// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of compare.py: PouchDB on both sides, each in a process of its own, over HTTPS.
'use strict';

const fs = require('fs');
const https = require('https');
const path = require('path');
const readline = require('readline');

const PouchDB = require(path.join(process.env.PEER_MODULES, 'pouchdb'));

// The most memory of this process so far, in MiB.
function peak() {
  return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
}

function forgetPeak() {
  fs.writeFileSync('/proc/self/clear_refs', '5');
}

function serve(dir, cert, key) {
  const express = require(path.join(process.env.PEER_MODULES, 'express'));
  const Server = PouchDB.defaults({ prefix: dir + '/' });
  const app = express();

  app.use('/', require(path.join(process.env.PEER_MODULES, 'express-pouchdb'))(Server, {
    mode: 'minimumForPouchDB',
    logPath: path.join(dir, 'log.txt'),
    configPath: path.join(dir, 'config.json'),
  }));
  const server = https.createServer({ cert: fs.readFileSync(cert), key: fs.readFileSync(key) }, app);
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}

async function load(name, file) {
  const db = new PouchDB(name);
  let docs = [];

  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    docs.push(JSON.parse(line));
    if (docs.length === 2000) {
      await db.bulkDocs(docs);
      docs = [];
    }
  }
  await db.bulkDocs(docs);
  console.log(JSON.stringify({ records: (await db.info()).doc_count }));
  await db.close();
}

async function replicate(name, url, batch, up) {
  const db = new PouchDB(name);
  const remote = new PouchDB(url);
  const options = { batch_size: batch, batches_limit: 10 };

  await db.info();
  await remote.info();
  forgetPeak();
  const memory = peak();
  const began = process.hrtime.bigint();
  const done = up ? await db.replicate.to(remote, options) : await db.replicate.from(remote, options);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;

  console.log(JSON.stringify({ records: done.docs_written, seconds, memory: peak() - memory, failed: done.doc_write_failures }));
  await db.close();
}

// Two devices without a network, each with an edit of its own field of one document.
async function lose(dir, url) {
  const one = new PouchDB(path.join(dir, 'one'));
  const other = new PouchDB(path.join(dir, 'other'));
  const remote = new PouchDB(url);

  await one.put({ _id: 'person', name: 'Bennis', city: 'Genève' });
  await one.sync(remote);
  await other.sync(remote);
  await one.put({ ...(await one.get('person')), name: 'Bennis-Alaoui' });
  await other.put({ ...(await other.get('person')), city: 'Berne' });
  for (const db of [one, other, one, other])
    await db.sync(remote);
  const found = [await one.get('person', { conflicts: true }), await other.get('person')];

  console.log(JSON.stringify({ name: found[0].name, city: found[0].city, equal: found[0]._rev === found[1]._rev,
    conflicts: (found[0]._conflicts || []).length }));
  for (const db of [one, other])
    await db.close();
}

const [verb, ...words] = process.argv.slice(2);
const verbs = {
  serve: () => serve(...words),
  load: () => load(...words),
  up: () => replicate(words[0], words[1], Number(words[2]), true),
  down: () => replicate(words[0], words[1], Number(words[2]), false),
  lose: () => lose(...words),
};

Promise.resolve(verbs[verb]()).catch((error) => {
  console.error(error);
  process.exit(1);
});

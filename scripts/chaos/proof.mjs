// What must be true in the end, whatever happened.
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { DATABASE_FILE } from '../../main/engine/workspace.ts';
import { CONTENT, comparable, readContent } from './content.mjs';
import { cellOf, keyOf, sameValue } from './worker.mjs';

/** Adds what is not as it should be to `violations`; returns counts of ops and of order actions. Stops the engine. */
export async function prove({ worker, workspace, violations }) {
  const { engine } = worker;
  const add = (what, detail) => violations.push({ what, detail });
  violations.push(...worker.problems);

  const { rows: settled } = await engine.call('listings.query', { limit: 1_000 });
  // What a shop derives of a new value (the address of its page) comes with the next read, and only once.
  await engine.call('sync.pull', { full: true });
  const quiet = await engine.call('sync.pull', { full: true });
  if (quiet.listings.changed + quiet.listings.added + quiet.listings.removed + quiet.conflicts > 0) {
    add(
      'not settled',
      `a last pull still brought ${JSON.stringify(quiet.listings)} and ${quiet.conflicts} conflicts`,
    );
  }
  const { rows } = await engine.call('listings.query', { limit: 1_000 });
  nothingMoved(settled, rows, add);
  const content = await readContent(engine);
  await sameEverywhere(worker, rows, content, add);
  nothingLost(worker, rows, content, add);
  await worker.later.prove(rows, add);
  const actions = await worker.actions.prove(add);
  for (const { order, tracking, left } of worker.shipments) {
    const shop = worker.shopOf(order);
    const { done, told } = await shop.ask('shipped', { order: order.externalId, tracking });
    const name = `${order.platform} order ${order.number} (${tracking})`;
    if (left && !done) add('shipment not confirmed', name);
    if (told !== (left ? 1 : 0)) add('customer told wrongly', `${name}: ${told} times`);
  }
  const verified = await engine.call('workspace.verify', {});
  for (const check of verified.checks)
    if (!check.ok) add('workspace.verify', `${check.name}: ${check.detail}`);
  await engine.stop();
  const db = new BetterSqlite(join(workspace, DATABASE_FILE), { readonly: true });
  try {
    journalReplays(db, add);
    const ops = db
      .prepare(
        "SELECT count(*) AS total, coalesce(sum(state = 'verified' OR state = 'superseded'), 0) AS verified FROM outbox",
      )
      .get();
    return { ops, actions };
  } finally {
    db.close();
  }
}

/** Reading again changes no value that somebody decided. */
function nothingMoved(before, after, add) {
  const known = new Map(before.map((row) => [row.listingId, row]));
  for (const row of after) {
    const old = known.get(row.listingId);
    const same =
      old?.title === row.title && old.price?.minor === row.price?.minor && old.quantity === row.quantity;
    if (!same) add('not settled', `${row.platform} ${row.sku}: a last pull changed it`);
  }
}

async function sameEverywhere(worker, rows, content, add) {
  for (const shop of worker.shops) {
    const remote = await shop.ask('values');
    const local = rows.filter((row) => row.platform === shop.platform);
    const missing = Object.keys(remote).filter((key) => !local.some((row) => keyOf(row) === key));
    for (const key of missing) add('listing missing here', `${shop.platform} ${key}`);
    for (const row of local) {
      const theirs = remote[keyOf(row)];
      if (!theirs) {
        add('listing missing in the shop', `${shop.platform} ${row.sku} ${keyOf(row)}`);
        continue;
      }
      const mine = { price: row.price?.minor ?? null, title: row.title, quantity: row.quantity };
      for (const field of CONTENT[row.platform]) {
        // What nobody wrote is shown as the channel has it, which is proved elsewhere.
        if (!worker.expected.has(cellOf(row, field))) continue;
        const ours = comparable(content.get(row.listingId)?.[field]);
        if (ours !== comparable(theirs[field])) {
          add(
            'local is not remote',
            `${shop.platform} ${row.sku} ${field}: ${ours} here, ${theirs[field]} there`,
          );
        }
      }
      for (const field of Object.keys(mine)) {
        if (mine[field] !== theirs[field]) {
          add(
            'local is not remote',
            `${shop.platform} ${row.sku} ${field}: ${mine[field]} here, ${theirs[field]} there`,
          );
        }
      }
    }
  }
}

/** Cells that only we change have the last value that was acknowledged. */
function nothingLost(worker, rows, content, add) {
  const seen = new Map();
  for (const row of rows) {
    seen.set(cellOf(row, 'price'), [row, 'price', row.price === null ? null : row.price.minor / 100]);
    seen.set(cellOf(row, 'title'), [row, 'title', row.title]);
    seen.set(cellOf(row, 'quantity'), [row, 'quantity', row.quantity]);
    for (const field of CONTENT[row.platform])
      seen.set(cellOf(row, field), [row, field, content.get(row.listingId)?.[field] ?? null]);
  }
  for (const [cell, expected] of worker.expected) {
    const [row, field, now] = seen.get(cell) ?? [];
    if (!row) add('cell lost', cell);
    else if (!sameValue(field, now, expected)) {
      add('edit lost', `${row.platform} ${row.sku} ${field}: ${now}, the last edit said ${expected}`);
    }
  }
}

const COLUMNS = { price: 'price_minor', title: 'title', quantity: 'quantity' };

/** Every cell's changes form one chain that ends in the value it has now. */
function journalReplays(db, add) {
  const changes = db
    .prepare(
      "SELECT entity, entity_rid AS rid, field, before, after FROM change WHERE field IN ('price', 'title', 'quantity') ORDER BY rid, command_rid",
    )
    .all();
  const last = new Map();
  for (const change of changes) {
    const key = `${change.entity} ${change.rid} ${change.field}`;
    const known = last.get(key);
    if (known && known.after !== change.before) {
      add('journal broken', `${key}: ${known.after} and then ${change.before} -> ${change.after}`);
    }
    last.set(key, change);
  }
  for (const [key, { entity, rid, field, after }] of last) {
    const now = db.prepare(`SELECT ${COLUMNS[field]} AS value FROM ${entity} WHERE rid = ?`).get(rid);
    if (now?.value !== after) add('journal broken', `${key}: ends in ${after}, the row has ${now?.value}`);
  }
}

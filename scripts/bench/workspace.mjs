// Workspaces for measuring: an engine over a fresh folder, filled by set-based SQL.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '../../main/engine/open-engine.ts';
import { dispatch } from '../../main/engine/rpc/dispatch.ts';
import { silentLogger, systemPorts } from '../../main/engine/system-ports.ts';

const noVault = {
  get: async () => null,
  set: async () => undefined,
  remove: async () => undefined,
};

/** An engine as the product runs it (replies are not parsed again), with a call by method name. */
export async function openBench() {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-'));
  const opened = await openEngine({
    dir,
    create: true,
    ports: systemPorts(noVault, silentLogger),
    actor: 'bench',
  });
  const { engine } = opened;
  return {
    dir,
    db: engine.db,
    engine,
    call: (method, params, requestId) =>
      dispatch(
        engine,
        method,
        params,
        { actor: 'bench', requestId, signal: new AbortController().signal },
        { checkOutput: false },
      ),
    async close() {
      await opened.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Numbers from 0 to count - 1 as a table expression. */
const numbers = (count) =>
  `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${Number(count)})`;

const id = (prefix) => `printf('00000000-0000-7000-8000-${prefix}%010d', i)`;

/** One account and `count` simple listings, 23 filled columns in two tables. */
export function seedListings(db, count) {
  db.transaction(() => {
    db.exec(`INSERT INTO account (id, platform, name, base_url, currency, created_at_ms, status)
      VALUES ('00000000-0000-7000-8000-000000000000', 'woocommerce', 'Bench', 'https://shop.example', 'EUR', 0, 'paused')`);
    db.exec(`${numbers(count)}
      INSERT INTO product (rid, id, account_rid, external_id, kind, title, description, short_description, slug, status, tags, categories)
      SELECT i + 1, ${id('aa')}, 1, CAST(i + 1 AS TEXT), 'simple',
        'Product ' || ((i * 7919) % ${Number(count)}) || ' of good quality', 'A longer description of product ' || i || ' with some more words in it',
        'Short text ' || i, 'product-' || i, CASE i % 5 WHEN 0 THEN 'draft' ELSE 'publish' END, '["tag ' || i % 50 || '"]', '["category ' || i % 20 || '"]'
      FROM n`);
    db.exec(`${numbers(count)}
      INSERT INTO listing (rid, id, account_rid, product_rid, sku, gtin, price_minor, sale_price_minor, quantity, manage_stock, stock_status, weight, updated_at_ms)
      SELECT i + 1, ${id('bb')}, 1, i + 1, printf('SKU-%07d', i), printf('%013d', i), 1000 + (i * 31) % 9000, NULL, i % 97, 1, 'instock', '1.5', 0
      FROM n`);
  });
}

/** `count` orders with two lines each; every tenth is ready to be picked. */
export function seedOrders(db, count) {
  db.transaction(() => {
    db.exec(`INSERT OR IGNORE INTO account (rid, id, platform, name, base_url, currency, created_at_ms, status)
      VALUES (1, '00000000-0000-7000-8000-000000000000', 'woocommerce', 'Bench', 'https://shop.example', 'EUR', 0, 'paused')`);
    db.exec(`${numbers(count)}
      INSERT INTO sales_order (rid, id, account_rid, external_id, number, state, channel_status, disposition, currency, total_minor, placed_at_ms,
        ship_by_at_ms, remote_modified_at_ms, shipping_method, country, read_at_ms)
      SELECT i + 1, ${id('cc')}, 1, CAST(i + 1 AS TEXT), CAST(100000 + i AS TEXT), CASE i % 10 WHEN 0 THEN 'ready' ELSE 'shipped' END, 'processing',
        CASE i % 10 WHEN 0 THEN NULL ELSE 'shipped' END, 'EUR', 4200, 1700000000000 + i * 60000, 1700000000000 + i * 60000, 0, 'Post', 'DE', 0
      FROM n`);
    for (const line of [0, 1]) {
      db.exec(`${numbers(count)}
        INSERT INTO order_line (id, order_rid, external_id, position, sku, title, variant, quantity, unit_price_minor)
        SELECT ${id(`d${line}`)}, i + 1, '${line}', ${line}, printf('SKU-%07d', (i * 3 + ${line}) % 250000), 'Item', '', 2, 2100 FROM n`);
    }
    db.exec(`INSERT INTO order_person (order_rid, sealed) SELECT rid, person_seal(id, json_object('name', 'Customer ' || (((rid - 1) * 7919) % ${Number(count)}),
      'company', '', 'line1', 'Street 1', 'line2', '', 'city', 'Town', 'region', '', 'postcode', '12345', 'country', 'DE', 'phone', '', 'email', '', 'note', ''))
      FROM sales_order`);
    db.exec(`INSERT INTO order_search (rowid, number, customer, skus)
      SELECT o.rid, open_tokens(o.number), person_tokens('Customer ' || ((o.rid - 1) * 7919) % ${Number(count)}), open_tokens((SELECT group_concat(sku, ' ') FROM order_line l WHERE l.order_rid = o.rid)) FROM sales_order o`);
  });
}

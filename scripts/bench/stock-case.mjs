// The stock sheet with many SKUs at five places, and a forecast of two years of
// orders in the background with the longest time that the engine answered nobody.
import { v7 } from 'uuid';
import { poissonNumber, seededRandom } from '../../shared/domain/seeded-random.ts';
import { accountOf, caller, inventoryEngine } from '../../main/engine/testing/inventory-kit.ts';
import { seedListings } from '../../main/engine/testing/seed-listings.ts';
import { inTurns, ratio, row } from './measure.mjs';

const DAY_MS = 86_400_000;
const FORECAST = { skus: 10_000, days: 730 };
const CELLS = 10_000;
const WINDOW = 100;

/** Levels as the ledger would have them; the movements behind them are not what is measured. */
async function sheet(skus) {
  const test = await inventoryEngine();
  const call = caller(() => test);
  seedListings(test.engine, skus);
  await call('inventory.takeOpening', { accountId: accountOf(test) });
  for (const name of ['B', 'C', 'D', 'E']) await call('inventory.addLocation', { name, kind: 'warehouse' });
  test.engine.db.runComposed(
    `INSERT INTO stock_level (item_rid, location_rid, bin_rid, quantity)
     SELECT i.rid, w.rid, 0, 3 FROM stock_item i CROSS JOIN stock_location w WHERE w.name IN ('B', 'C', 'D', 'E')`,
  );
  return { test, call };
}

async function stockSheet(listings, log) {
  log(`a ledger of ${listings} SKUs`);
  const large = await sheet(listings);
  try {
    const { ids } = await large.call('inventory.open', {});
    const { locations } = await large.call('inventory.locations', {});
    const rows = [];
    for (let from = 0; from < CELLS / locations.length; from += 1_000) {
      rows.push(
        ...(await large.call('inventory.rows', { rids: Array.from(ids.slice(from, from + 1_000)) })).rows,
      );
    }
    let onHand = 10;
    const window = (from) =>
      large.call('inventory.rows', { rids: Array.from(ids.slice(from, from + WINDOW)) });
    const times = await inTurns({
      bare: () => large.test.engine.db.pluck('SELECT rid FROM stock_item ORDER BY sku COLLATE NOCASE, rid'),
      open: () => large.call('inventory.open', {}),
      windowFirst: () => window(0),
      windowLast: () => window(ids.length - WINDOW),
      adjust: {
        before: () => {
          onHand += 1;
        },
        run: () =>
          large.call('inventory.adjust', {
            reason: 'correction',
            changes: rows
              .flatMap(({ itemId }) => locations.map(({ locationId }) => ({ itemId, locationId, onHand })))
              .slice(0, CELLS),
          }),
      },
    });
    return {
      rows: [
        row(
          'stock sheet',
          `open ${listings} SKUs / the bare SQL that sorts the ids`,
          ratio(times.open, times.bare),
          'x',
          2,
        ),
        row(
          'stock sheet',
          `last window of ${WINDOW} rows / the first`,
          ratio(times.windowLast, times.windowFirst),
          'x',
          1.5,
        ),
        row(
          'stock sheet',
          `adjust ${CELLS} cells, hashed and undoable`,
          Math.round(times.adjust.median),
          'ms',
          null,
        ),
      ],
      raw: times,
    };
  } finally {
    large.test.close();
  }
}

function sellTwoYears(test) {
  const { db } = test.engine;
  const random = seededRandom(1);
  const now = test.clock.now();
  const rates = Array.from({ length: FORECAST.skus }, () => Math.exp(random() * 5 - 4.5) * 0.6);
  let lines = 0;
  db.transaction(() => {
    for (let ago = 1; ago <= FORECAST.days; ago += 1) {
      const sold = rates.flatMap((rate, sku) => {
        const units = poissonNumber(random, rate);
        return units > 0 ? [{ sku, units }] : [];
      });
      for (let from = 0; from < sold.length; from += 20) {
        const { rid } = db.runComposed(
          `INSERT INTO sales_order (id, account_rid, external_id, number, state, channel_status, currency, total_minor, placed_at_ms,
             remote_modified_at_ms, shipping_method, read_at_ms)
           VALUES (:id, 1, :id, :id, 'shipped', '', 'EUR', 0, :at, 0, '', 0)`,
          { id: v7(), at: now - ago * DAY_MS },
        );
        for (const [position, { sku, units }] of sold.slice(from, from + 20).entries()) {
          db.runComposed(
            `INSERT INTO order_line (id, order_rid, external_id, position, sku, title, variant, quantity, shipped, unit_price_minor)
             VALUES (:id, :rid, :external, :position, :sku, '', '', :units, :units, 100)`,
            { id: v7(), rid, external: String(position), position, sku: `S${sku}`, units },
          );
          lines += 1;
        }
      }
    }
  });
  return lines;
}

async function forecastRun(log) {
  const test = await inventoryEngine();
  try {
    seedListings(test.engine, 1);
    const lines = sellTwoYears(test);
    log(`${lines} order lines of ${FORECAST.skus} SKUs`);
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const started = performance.now();
    const { skus, models } = await caller(() => test)('forecast.run', {});
    const ms = performance.now() - started;
    clearInterval(watch);
    return {
      rows: [
        row(
          'forecast',
          `${skus} SKUs x ${FORECAST.days} days in the background`,
          Math.round(ms / 100) / 10,
          's',
          null,
        ),
        row(
          'forecast',
          'longest time that the engine answered nobody meanwhile',
          Math.round(longest),
          'ms',
          null,
        ),
      ],
      raw: { lines, skus, models, ms, longest },
    };
  } finally {
    test.close();
  }
}

export async function stock({ listings, log }) {
  const parts = [await stockSheet(listings, log), await forecastRun(log)];
  return { rows: parts.flatMap(({ rows }) => rows), raw: parts.map(({ raw }) => raw) };
}

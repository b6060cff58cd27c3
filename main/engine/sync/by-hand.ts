import { basename } from 'node:path';
import type { HandItem } from '#shared/contract/channels.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { stringify } from 'csv-stringify/sync';
import type { ByFiles, Table } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { CsvTarget } from '../jobs/export/csv-target.ts';
import { fieldText } from '../jobs/export/export-product.ts';
import { escapeFormula } from '../jobs/import/formula-escape.ts';
import { readRows } from '../jobs/import/read-records.ts';
import { inspectFile } from '../jobs/import/source-file.ts';
import { keepAccountFile } from './account-file.ts';
import { requireAccount, type AccountRow } from './accounts.ts';
import { sendReleased } from './publish.ts';
import { pull } from './pull.ts';

/** A download of 100,000 listings has fewer; more is no download of a shop. */
const MOST_ROWS = 200_000;
const MOST_BYTES = 256 * 1024 * 1024;

const makeDue = sql<{ account: number; now: number }>(
  `UPDATE outbox SET next_attempt_at_ms = :now WHERE account_rid = :account AND kind = 'set' AND state = 'accepted'`,
);
const makeShipmentsDue = sql<{ account: number }>(
  `UPDATE outbox SET next_attempt_at_ms = NULL
   WHERE account_rid = :account AND kind = 'ship' AND state IN ('retry_wait', 'needs_verify')`,
);

const ON_THE_LIST = `account_rid = :account AND ((kind = 'set' AND state = 'accepted')
  OR (kind = 'ship' AND state IN ('pending', 'retry_wait', 'needs_verify') AND released_at_ms IS NOT NULL))`;
const count = sql<{ account: number }, { n: number }>(
  `SELECT count(*) AS n FROM outbox WHERE ${ON_THE_LIST}`,
);

interface ListRow {
  kind: 'set' | 'ship';
  field: string | null;
  base: StoredValue;
  sent: StoredValue;
  at: number;
  listingId: string | null;
  sku: string | null;
  title: string | null;
  number: string | null;
  carrier: string | null;
  tracking: string | null;
}
const items = sql<{ account: number; limit: number }, ListRow>(
  `SELECT o.kind, o.field, o.base, o.sent, o.updated_at_ms AS at, l.id AS listingId, l.sku, p.title,
     s.number, h.carrier, h.tracking
   FROM outbox o
   LEFT JOIN listing l ON o.kind = 'set' AND l.rid = CASE o.entity
     WHEN 'listing' THEN o.entity_rid
     ELSE (SELECT min(x.rid) FROM listing x WHERE x.product_rid = o.entity_rid) END
   LEFT JOIN product p ON p.rid = l.product_rid
   LEFT JOIN shipment h ON o.kind = 'ship' AND h.rid = o.entity_rid
   LEFT JOIN sales_order s ON s.rid = h.order_rid
   WHERE o.rid IN (SELECT rid FROM outbox WHERE ${ON_THE_LIST}) ORDER BY o.rid LIMIT :limit`,
);

/**
 * Brings a download of a shop without API access in: what it says is merged as
 * if it had been pulled, and the changes on the hand list that it shows are
 * verified. Throws BAD_INPUT when the account or the table is of another kind.
 */
export async function importAccountFile(
  engine: Engine,
  input: ParsedParams<'channels.importFile'>,
  signal: AbortSignal,
): Promise<Result<'channels.importFile'>> {
  const account = requireAccount(engine.db, input.accountId);
  const byFiles = filesOf(engine, account);
  const { table, hash } = await readTable(input.file, signal);
  const kind = byFiles.kindOf(table.rows[0] ?? []);
  if (kind === null) {
    throw new CodedError(
      'FILE_FORMAT',
      `${basename(input.file)} is neither the download of listings nor the one of sold items; take the file as Shop Manager gives it`,
      { file: input.file },
    );
  }
  if (kind === 'listings') {
    const file = { name: basename(input.file), hash, table, atMs: engine.ports.clock.now() };
    keepAccountFile(engine.db, account.rid, file);
  }
  const orders = kind === 'orders' ? table : undefined;
  const accountId = account.id;
  const read = await pull(engine, { accountId, full: kind === 'listings' }, signal, { orders });
  engine.db.transaction(() => {
    engine.db.run(makeDue, { account: account.rid, now: engine.ports.clock.now() });
    if (orders) engine.db.run(makeShipmentsDue, { account: account.rid });
  });
  const { verified } = await sendReleased(engine, { accountId, refused: [], signal, orders });
  const { listings, quarantined, conflicts } = read;
  const waiting = engine.db.get(count, { account: account.rid })?.n ?? 0;
  return { kind, listings, orders: read.orders, quarantined, conflicts, verified, waiting };
}

export function handList(
  engine: Engine,
  { accountId, limit = 200 }: ParsedParams<'channels.handList'>,
): Result<'channels.handList'> {
  const account = requireAccount(engine.db, accountId);
  const currency = account.currency ?? 'EUR';
  const rows = engine.db.all(items, { account: account.rid, limit });
  return {
    total: engine.db.get(count, { account: account.rid })?.n ?? 0,
    items: rows.map((row) => toItem(row, currency)),
  };
}

function toItem(row: ListRow, currency: string): HandItem {
  const { at, sku, listingId } = row;
  const field = row.field === null ? undefined : listingField(row.field);
  if (row.kind === 'ship' || !field) {
    const to = [row.carrier, row.tracking].filter(Boolean).join(' ');
    return { listingId: null, sku: null, title: row.number ?? '', field: null, from: null, to, at };
  }
  const from = toWireValue(field, row.base, currency);
  const to = toWireValue(field, row.sent, currency);
  return { listingId, sku, title: row.title ?? '', field: field.name, from, to, at };
}

const HEADER = ['LISTING OR ORDER', 'SKU', 'FIELD', 'IN THE SHOP', 'CHANGE TO'];

/** The list as CSV that a spreadsheet opens safely; the file appears whole or not at all. */
export async function exportHandList(
  engine: Engine,
  { accountId, file }: ParsedParams<'channels.exportHandList'>,
): Promise<Result<'channels.exportHandList'>> {
  const account = requireAccount(engine.db, accountId);
  const currency = account.currency ?? 'EUR';
  const rows = engine.db.all(items, { account: account.rid, limit: MOST_ROWS });
  const lines = rows.map((row) => lineOf(row, currency).map(escapeFormula));
  const target = await CsvTarget.open(file, engine.ports.newId());
  try {
    await target.write(stringify([HEADER, ...lines], { record_delimiter: '\r\n' }));
    return { items: lines.length, bytes: await target.finish() };
  } catch (error) {
    throw await target.discard(error);
  }
}

function lineOf(row: ListRow, currency: string): string[] {
  const field = row.field === null ? undefined : listingField(row.field);
  if (row.kind === 'ship' || !field) {
    return [row.number ?? '', '', 'tracking', '', [row.carrier, row.tracking].filter(Boolean).join(' ')];
  }
  const text = (value: StoredValue): string => {
    const shown = fieldText(field, value, currency);
    if (shown === null || typeof shown === 'string') return shown ?? '';
    return shown.map((part) => (typeof part === 'string' ? part : part.src)).join(', ');
  };
  return [row.title ?? '', row.sku ?? '', field.name, text(row.base), text(row.sent)];
}

function filesOf(engine: Engine, account: AccountRow): ByFiles {
  const byFiles = account.platform === 'local' ? undefined : engine.connectors.get(account.platform)?.byFiles;
  if (byFiles?.applies(account.base_url)) return byFiles;
  throw new CodedError('BAD_INPUT', `"${account.name}" is read through its API; it takes no files`, {
    accountId: account.id,
  });
}

async function readTable(file: string, signal: AbortSignal): Promise<{ table: Table; hash: string }> {
  const source = await inspectFile(file, signal);
  if (source.bytes > MOST_BYTES) {
    throw new CodedError('FILE_TOO_LARGE', `${basename(file)} is too large for a download of one shop`, {
      file,
    });
  }
  const rows: (readonly string[])[] = [];
  for await (const batch of readRows(source, signal)) {
    rows.push(...batch.rows.map(({ cells }) => cells));
    if (rows.length > MOST_ROWS) {
      throw new CodedError('FILE_TOO_LARGE', `${basename(file)} has more than ${MOST_ROWS} rows`, { file });
    }
  }
  return { table: { rows }, hash: source.hash };
}

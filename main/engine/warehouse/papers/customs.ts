import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import { formatMinor } from '#shared/domain/money.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import type { InventoryCall, InventoryDeps } from '../../inventory/caller.ts';
import { createRecord, writeRecord } from '../../inventory/record-log.ts';
import { dayText, escapeHtml } from '../../orders/document-page.ts';
import { getOrder } from '../../orders/order-rows.ts';
import { addressLines } from '../../orders/packing-slip.ts';
import { readSender, senderLines } from './sender.ts';
import { smallPage } from './small-page.ts';

interface Facts {
  description: string | null;
  hs_code: string | null;
  origin: string | null;
  weight_g: number | null;
}

/** The article's own weight first, else what its listing says in kilograms. */
const factsOf = sql<{ sku: string }, Facts>(
  `SELECT c.description, c.hs_code, c.origin, coalesce(c.weight_g,
     (SELECT cast(round(cast(g.weight AS REAL) * 1000) AS INTEGER) FROM listing g
      WHERE g.sku = :sku AND g.removed_at_ms IS NULL AND cast(g.weight AS REAL) > 0 LIMIT 1)) AS weight_g
   FROM (SELECT 1) LEFT JOIN customs_item c ON c.sku = :sku AND c.removed_at_ms IS NULL`,
);
const itemOf = sql<{ sku: string }, { rid: number; removed_at_ms: number | null }>(
  'SELECT rid, removed_at_ms FROM customs_item WHERE sku = :sku',
  { hot: true },
);

const WORDS = {
  en: {
    title: 'Customs declaration',
    from: 'From',
    to: 'To',
    goods: 'Contents',
    quantity: 'Qty',
    weight: 'Net weight',
    value: 'Value',
    hs: 'HS code',
    origin: 'Origin',
    total: 'Total',
    missing: 'MISSING',
    kind: 'Sale of goods',
    sign: 'I certify that the particulars given are correct and that this item contains no dangerous article. Date and signature',
  },
  de: {
    title: 'Zollerklärung',
    from: 'Von',
    to: 'An',
    goods: 'Inhalt',
    quantity: 'Menge',
    weight: 'Nettogewicht',
    value: 'Wert',
    hs: 'Zolltarifnr.',
    origin: 'Ursprung',
    total: 'Summe',
    missing: 'FEHLT',
    kind: 'Warenverkauf',
    sign: 'Die Angaben sind richtig, und die Sendung enthält keinen gefährlichen Gegenstand. Datum und Unterschrift',
  },
} as const;
type Words = (typeof WORDS)['en' | 'de'];

/** What customs want to know of an order; what nobody knows is marked on the paper and listed. */
export function customsForms(
  db: Database,
  input: ParsedParams<'papers.customs'>,
  nowMs: number,
): Result<'papers.customs'> {
  const locale = input.locale ?? 'en';
  const words = WORDS[locale];
  const orders = input.orderIds.map((id) => getOrder(db, id, nowMs));
  const sender = readSender(db);
  const missing = new Map<string, Result<'papers.customs'>['missing'][number]>();
  const sheets = orders.map((order) => {
    const rows = linesOf(order).map((line) => ({
      line,
      facts: line.sku === null ? NOTHING : (db.get(factsOf, { sku: line.sku }) ?? NOTHING),
    }));
    for (const { line, facts } of rows) {
      const what = [
        ...(facts.hs_code === null ? (['hsCode'] as const) : []),
        ...(facts.origin === null ? (['origin'] as const) : []),
        ...(facts.weight_g === null ? (['weight'] as const) : []),
      ];
      const sku = line.sku ?? line.title;
      if (what.length > 0) missing.set(sku, { sku, what });
    }
    const known = rows.every(({ facts }) => facts.weight_g !== null);
    const grams = rows.reduce((sum, { line, facts }) => sum + (facts.weight_g ?? 0) * line.quantity, 0);
    const minor = rows.reduce((sum, { line }) => sum + line.unitPrice.minor * line.quantity, 0);
    return `<h1>${input.form} ${words.title}</h1><div class="small">${words.kind} · ${escapeHtml(order.number)} · ${dayText(nowMs, locale)}</div>
      <table><tr><th>${words.from}</th><th>${words.to}</th></tr><tr><td class="lines">${sender ? escapeHtml(senderLines(sender).join('\n')) : mark(words)}</td><td class="lines">${escapeHtml(addressLines(order.shipTo).join('\n')) || mark(words)}</td></tr></table>
      <table><tr><th>${words.goods}</th><th>${words.quantity}</th><th>${words.weight}</th><th>${words.value}</th><th>${words.hs}</th><th>${words.origin}</th></tr>
      ${rows.map(({ line, facts }) => row(line, facts, words)).join('')}
      <tr><th colspan="2">${words.total}</th><td class="number">${known ? kilograms(grams) : mark(words)}</td><td class="number">${money(minor, order.total.currency)}</td><td colspan="2"></td></tr></table>
      <div class="sign">${words.sign}</div>`;
  });
  const page = smallPage(`${input.form} ${orders[0]?.number ?? ''}`, locale, 'a6', sheets);
  return { ...page, missing: [...missing.values()] };
}

const NOTHING: Facts = { description: null, hs_code: null, origin: null, weight_g: null };

const mark = (words: Words): string => `<strong>${words.missing}</strong>`;
const kilograms = (grams: number): string => `${(grams / 1_000).toFixed(3)} kg`;
const money = (minor: number, currency: string): string =>
  escapeHtml(`${formatMinor(minor, currency)} ${currency}`);

/** What is in the parcel: what is packed once something is, else the whole order. */
function linesOf(order: OrderDetail): OrderLine[] {
  const packed = order.items.some((line) => line.packed > 0);
  return order.items
    .map((line) => ({ ...line, quantity: packed ? line.packed : line.quantity }))
    .filter(({ quantity }) => quantity > 0);
}

function row(line: OrderLine, facts: Facts, words: Words): string {
  const weight = facts.weight_g === null ? mark(words) : kilograms(facts.weight_g * line.quantity);
  return `<tr><td>${escapeHtml(facts.description ?? line.title)}</td><td class="number">${line.quantity}</td><td class="number">${weight}</td>
    <td class="number">${money(line.unitPrice.minor * line.quantity, line.unitPrice.currency)}</td>
    <td>${facts.hs_code === null ? mark(words) : escapeHtml(facts.hs_code)}</td><td>${facts.origin === null ? mark(words) : escapeHtml(facts.origin)}</td></tr>`;
}

export function setCustoms(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'papers.setCustoms'>,
  call: InventoryCall,
): Result<'papers.setCustoms'> {
  const { commandId } = journal.run(
    {
      method: 'papers.setCustoms',
      label: `Set customs data of ${input.sku}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const values = {
        description: input.description,
        hs_code: input.hsCode,
        origin: input.origin?.toUpperCase() ?? input.origin,
        weight_g: input.weightG,
      };
      const known = scope.db.get(itemOf, { sku: input.sku });
      const rid = known?.rid ?? createRecord(scope, ports, 'customs_item', { sku: input.sku }).rid;
      writeRecord(scope, 'customs_item', rid, { ...values, ...(known ? { removed_at_ms: null } : {}) });
      return {};
    },
  );
  return { commandId };
}

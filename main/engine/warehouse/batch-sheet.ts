import type { BatchDetail, BatchStop } from '#shared/contract/waves.ts';
import {
  barcode,
  documentPage,
  escapeHtml,
  momentText,
  type PrintableDocument,
} from '../orders/document-page.ts';
import type { DocumentLocale } from '../orders/document-words.ts';

const WORDS = {
  en: {
    title: 'Pick list',
    round: 'Round',
    bin: 'Bin',
    noBin: 'Without a bin',
    offMap: 'not on the map, walked last',
    item: 'Item',
    all: 'Units',
    tote: 'Tote',
    totes: 'Totes',
    operator: 'Picker',
    done: 'Everything has been picked.',
    rules: { 's-shape': 'S-shape', return: 'Return', 'largest-gap': 'Largest gap', combined: 'Combined' },
  },
  de: {
    title: 'Pickliste',
    round: 'Rundgang',
    bin: 'Fach',
    noBin: 'Ohne Fach',
    offMap: 'nicht auf dem Plan, zuletzt',
    item: 'Artikel',
    all: 'Stück',
    tote: 'Behälter',
    totes: 'Behälter',
    operator: 'Picker',
    done: 'Alles ist gepickt.',
    rules: {
      's-shape': 'Schleife',
      return: 'Stichgang',
      'largest-gap': 'Größte Lücke',
      combined: 'Kombiniert',
    },
  },
} as const;
type Words = (typeof WORDS)[DocumentLocale];

/** Columns that a page holds beside the article; with more totes they are written into one column. */
const MAX_COLUMNS = 8;

interface Row {
  readonly bin: string;
  readonly onMap: boolean;
  readonly sku: string;
  readonly name: string;
  readonly byTote: Map<number, number>;
}

/** A round on paper: what is left of it in the order of the walk, with the units for every tote. */
export function batchSheet(batch: BatchDetail, locale: DocumentLocale, nowMs: number): PrintableDocument {
  const words = WORDS[locale];
  const rows = sheetRows(batch);
  const totes = batch.totes.map(({ tote }) => tote);
  const wide = totes.length <= MAX_COLUMNS;
  const code = `R${batch.number}-${batch.batchId.slice(-6)}`;
  const facts = [
    batch.wave,
    batch.zone,
    `${words.rules[batch.route.rule]} ${batch.route.metres} m`,
    batch.operator === null ? '' : `${words.operator}: ${batch.operator}`,
  ].filter(Boolean);
  const header = `<header><div><h1>${words.title}, ${words.round} ${batch.number}</h1>
      <div class="muted">${escapeHtml(facts.join(' · '))} · ${momentText(nowMs, locale)}</div></div>
      <div class="barcode">${barcode(code)}<span class="code">${escapeHtml(code)}</span></div></header>`;
  const legend = `<p><strong>${words.totes}</strong> ${batch.totes
    .map(({ tote, number }) => `<span class="code">${tote} = ${escapeHtml(number)}</span>`)
    .join(' &nbsp; ')}</p>`;
  const heads = wide
    ? totes.map((tote) => `<th class="number">${words.tote} ${tote}</th>`).join('')
    : `<th>${words.totes}</th>`;
  const columns = 3 + (wide ? totes.length : 1);
  const body = rows
    .map((row, index) => binHead(row, rows[index - 1], columns, words) + itemRow(row, totes, wide))
    .join('');
  const table = `<table class="lines"><thead><tr><th></th><th>${words.item}</th><th class="number">${words.all}</th>${heads}</tr></thead><tbody>${body}</tbody></table>`;
  return documentPage(`${words.title} ${words.round} ${batch.number}`, locale, [
    header + legend + (rows.length === 0 ? `<p>${words.done}</p>` : table),
  ]);
}

function sheetRows(batch: BatchDetail): Row[] {
  const rows = new Map<string, Row>();
  for (const stop of batch.stops) {
    const left = leftOf(stop);
    const line = batch.lines.find(({ lineId }) => lineId === stop.lineId);
    if (left <= 0 || !line) continue;
    const sku = line.sku ?? '';
    const key = JSON.stringify([stop.bin, sku || line.lineId]);
    const row = rows.get(key) ?? {
      bin: stop.bin,
      onMap: stop.onMap,
      sku,
      name: [line.title, line.variant].filter(Boolean).join(', '),
      byTote: new Map<number, number>(),
    };
    rows.set(key, row);
    row.byTote.set(stop.tote, (row.byTote.get(stop.tote) ?? 0) + left);
  }
  return [...rows.values()];
}

const leftOf = (stop: BatchStop): number => stop.units - stop.done - stop.missing;

function binHead(row: Row, before: Row | undefined, columns: number, words: Words): string {
  if (row.bin === before?.bin) return '';
  const name = row.bin === '' ? words.noBin : `${words.bin} ${row.bin}`;
  const note = row.onMap ? '' : ` <span class="muted">(${words.offMap})</span>`;
  return `<tr class="bin"><td colspan="${columns}">${escapeHtml(name)}${note}</td></tr>`;
}

function itemRow(row: Row, totes: readonly number[], wide: boolean): string {
  const units = [...row.byTote.values()].reduce((sum, value) => sum + value, 0);
  const cells = wide
    ? totes.map((tote) => `<td class="number quantity">${row.byTote.get(tote) ?? ''}</td>`).join('')
    : `<td class="code">${[...row.byTote].map(([tote, value]) => `${tote}: ${value}`).join(', ')}</td>`;
  return `<tr><td><div class="box"></div></td><td><span class="code">${escapeHtml(row.sku || '–')}</span> ${escapeHtml(row.name)}
    <div class="barcode">${barcode(row.sku)}</div></td><td class="number quantity">${units}</td>${cells}</tr>`;
}

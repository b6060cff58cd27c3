import { parse } from 'csv-parse/sync';
import { MAX_SHIP_ROWS } from '#shared/contract/orders.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

/** One line of a list of tracking numbers. */
export interface TrackingRow {
  /** Line of the list, from 1, a header counted. */
  readonly row: number;
  readonly order: string;
  readonly tracking: string;
  readonly carrier: string;
}

type Column = 'order' | 'tracking' | 'carrier';

/** Header words of shops, carriers and spreadsheets, in lower case without spaces and punctuation. */
const HEADERS: Readonly<Record<string, Column>> = {
  order: 'order',
  ordernumber: 'order',
  orderno: 'order',
  orderid: 'order',
  ordername: 'order',
  number: 'order',
  name: 'order',
  reference: 'order',
  amazonorderid: 'order',
  bestellung: 'order',
  bestellnummer: 'order',
  auftragsnummer: 'order',
  referenz: 'order',
  tracking: 'tracking',
  trackingnumber: 'tracking',
  trackingno: 'tracking',
  trackingcode: 'tracking',
  trackingid: 'tracking',
  sendungsnummer: 'tracking',
  carrier: 'carrier',
  carriername: 'carrier',
  carriercode: 'carrier',
  shippingcarrier: 'carrier',
  provider: 'carrier',
  versanddienst: 'carrier',
  versanddienstleister: 'carrier',
  paketdienst: 'carrier',
};

const ORDER_OF_COLUMNS: readonly Column[] = ['order', 'tracking', 'carrier'];

/**
 * Reads a pasted or exported list. Tabs win over semicolons over commas, by
 * what the first line holds; without a header the columns are order, tracking
 * number, carrier. Columns that are none of these are left out.
 */
export function readTrackingList(text: string): TrackingRow[] {
  const clean = text.replace(/^\uFEFF/, '');
  const firstLine = /^[^\r\n]*/.exec(clean)?.[0] ?? '';
  const delimiter = ['\t', ';', ','].find((candidate) => firstLine.includes(candidate)) ?? ',';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(clean, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as typeof records;
  } catch (error) {
    throw new CodedError('FILE_FORMAT', 'The list cannot be read: a quoted value does not end', undefined, {
      cause: error,
    });
  }
  if (records.length > MAX_SHIP_ROWS + 1) {
    throw new CodedError(
      'FILE_TOO_LARGE',
      `The list has ${records.length} lines; ${MAX_SHIP_ROWS} orders are shipped at once, split it`,
      { rows: records.length, limit: MAX_SHIP_ROWS },
    );
  }
  const header = columnsOf(records[0]?.record ?? []);
  const columns = header ?? ORDER_OF_COLUMNS;
  return records.slice(header ? 1 : 0).map(({ record, info }) => {
    const cell = (column: Column): string => record[columns.indexOf(column)] ?? '';
    return { row: info.lines, order: cell('order'), tracking: cell('tracking'), carrier: cell('carrier') };
  });
}

/** What each column holds, when the line is a header; an order and nothing else is none. */
function columnsOf(record: readonly string[]): (Column | null)[] | null {
  const seen = new Set<Column>();
  const columns = record.map((cell) => {
    const column = HEADERS[cell.toLowerCase().replace(/[^a-z]/g, '')] ?? null;
    if (column === null || seen.has(column)) return null;
    seen.add(column);
    return column;
  });
  return seen.has('order') ? columns : null;
}

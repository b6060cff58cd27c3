import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { IdPage } from '../contract.ts';
import { isMore, readList } from './change-feed.ts';
import type { WooClient } from './client.ts';

const cursorSchema = z.object({
  offset: z.number().int().nonnegative(),
  /** Last id of the page before: the next page begins with it, or the list has shifted. */
  last: z.string().nullable(),
  restarts: z.number().int().nonnegative(),
});
type IdCursor = z.output<typeof cursorSchema>;

const START: IdCursor = { offset: 0, last: null, restarts: 0 };
const MOST_RESTARTS = 8;

const recordSchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  type: z.string().catch('simple'),
  variations: z.array(z.union([z.number(), z.string()]).transform(String)).catch([]),
});

/**
 * Ids of everything that is not in the trash. Ids that were left out would be
 * taken for deleted, so pages overlap by one record; when the overlap does not
 * match, something was deleted meanwhile and the list is read from its start.
 */
export async function pullIds(client: WooClient, cursor: string | null): Promise<IdPage> {
  const at = open(cursor);
  const size = client.pageSize;
  const query = {
    status: 'any',
    orderby: 'id',
    order: 'asc',
    _fields: 'id,type,variations',
    ...(at.offset === 0 ? {} : { offset: at.offset }),
  };
  const list = readList(await client.getPage('products', query, size), 'products');
  const records = list.records.map((raw) => {
    const parsed = recordSchema.safeParse(raw);
    // Without this id the list is not complete, and an incomplete one deletes.
    if (!parsed.success) throw new CodedError('CHANNEL_UNKNOWN', 'The shop lists a product without an id');
    return parsed.data;
  });
  const products = records.map((record) => ({
    externalId: record.id,
    variants: record.type === 'grouped' || record.type === 'external' ? [] : record.variations,
  }));
  const last = records.at(-1)?.id ?? null;
  if (at.last !== null && records[0]?.id !== at.last) return { products, cursor: restarted(at), done: false };
  if (!isMore(list, at.offset, size)) return { products, cursor: JSON.stringify(START), done: true };
  const step = Math.max(1, records.length - 1);
  const next: IdCursor = {
    offset: at.offset + step,
    last: records.length > 1 ? last : null,
    restarts: at.restarts,
  };
  return { products, cursor: JSON.stringify(next), done: false };
}

function restarted(at: IdCursor): string {
  if (at.restarts + 1 >= MOST_RESTARTS) {
    throw new CodedError(
      'CHANNEL_TRANSIENT',
      'The list of products changes faster than it can be read; it is read again later',
      { reason: 'shifting' },
      { retryable: true },
    );
  }
  return JSON.stringify({ ...START, restarts: at.restarts + 1 });
}

function open(text: string | null): IdCursor {
  if (text === null) return START;
  try {
    return cursorSchema.catch(START).parse(JSON.parse(text));
  } catch {
    return START;
  }
}

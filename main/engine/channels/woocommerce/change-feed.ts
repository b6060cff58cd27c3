import type { Poison } from '../contract.ts';
import type { HttpAnswer } from '../kit/http.ts';
import { callFailed } from '../kit/failures.ts';
import { runInOrder } from '../kit/parallel.ts';
import { advance, openCursor, queryOf, unseen, type Stamp } from './change-cursor.ts';
import type { WooClient } from './client.ts';
import { stampSchema } from './records.ts';

/** Requests at once to one shop; more makes shared hosts slower, not faster. */
export const PARALLEL = 2;

export type Converted<T> = { readonly record: T } | { readonly poison: Poison } | 'skip';

export interface Changes<T> {
  readonly records: readonly T[];
  readonly quarantined: readonly Poison[];
  readonly cursor: string;
  readonly done: boolean;
  readonly total: number | null;
}

/**
 * One page of the records changed since the cursor. When a record in the middle
 * cannot be completed now, those before it are delivered and the cursor stops
 * there, so that a throttled shop is read in small steps rather than never.
 */
export async function readChanges<T>(
  client: WooClient,
  resource: 'products' | 'orders',
  options: { readonly cursor: string | null; readonly overlapMs: number },
  convert: (raw: unknown) => Promise<Converted<T>>,
): Promise<Changes<T>> {
  const cursor = openCursor(options.cursor, options.overlapMs);
  const size = client.pageSize;
  const answer = await client.getPage(resource, queryOf(cursor), size);
  const list = readList(answer, resource);
  const entries: { stamp: Stamp; raw: unknown }[] = [];
  const quarantined: Poison[] = [];
  for (const raw of list.records) {
    const stamp = stampOf(raw);
    if (stamp) entries.push({ stamp, raw });
    else quarantined.push({ externalId: null, reason: 'The record has no id', raw: JSON.stringify(raw) });
  }
  const fresh = unseen(cursor, entries);
  const run = await runInOrder(fresh, PARALLEL, (entry) => convert(entry.raw));
  if (run.failure && run.done.length === 0) throw run.failure.error;
  const records: T[] = [];
  for (const converted of run.done) {
    if (converted === 'skip') continue;
    if ('poison' in converted) quarantined.push(converted.poison);
    else records.push(converted.record);
  }
  const next = advance(cursor, {
    stamps: entries.map((entry) => entry.stamp),
    records: list.records.length,
    taken: fresh.slice(0, run.done.length).map((entry) => entry.stamp),
    asOfMs: serverTime(answer),
    cut: run.failure !== undefined,
    more: isMore(list, cursor.offset, size),
  });
  const repeated = entries.length - fresh.length;
  const total = list.total === null || cursor.until !== null ? null : cursor.count + list.total - repeated;
  return { records, quarantined, cursor: JSON.stringify(next.cursor), done: next.done, total };
}

export interface ListAnswer {
  readonly records: readonly unknown[];
  /** Records of the whole list as the shop counts them. */
  readonly total: number | null;
}

export function readList(answer: HttpAnswer, path: string): ListAnswer {
  if (!Array.isArray(answer.body)) {
    throw callFailed('CHANNEL_UNKNOWN', `The shop answered for ${path} with something that is not a list`, {
      method: 'GET',
      path,
      status: answer.status,
    });
  }
  const header = answer.headers.get('x-wp-total');
  const total = header !== null && /^\d+$/.test(header.trim()) ? Number(header) : null;
  return { records: answer.body as unknown[], total };
}

/** The shop's own count decides; a host that strips it leaves the size of the page. */
export function isMore(list: ListAnswer, offset: number, size: number): boolean {
  if (list.records.length === 0) return false;
  return list.total === null ? list.records.length >= size : offset + list.records.length < list.total;
}

function serverTime(answer: HttpAnswer): number | null {
  const at = Date.parse(answer.headers.get('date') ?? '');
  return Number.isFinite(at) ? at : null;
}

function stampOf(raw: unknown): Stamp | null {
  const parsed = stampSchema.safeParse(raw);
  if (!parsed.success) return null;
  const { id, date_modified_gmt: gmtMs, date_modified: localMs } = parsed.data;
  return { id, gmtMs, localMs };
}

import { chunk } from '../kit/parallel.ts';
import { isMore, readList } from './change-feed.ts';
import type { WooClient } from './client.ts';
import { stampSchema } from './records.ts';

const PER_PAGE = 100;

/**
 * All variations of a product as they are. The list may shift while it is read,
 * so what the product says it has (`expected`) is asked for by id when missing:
 * a variation that is left out would be taken for deleted.
 */
export async function readVariations(
  client: WooClient,
  productId: string,
  expected: readonly string[],
): Promise<unknown[]> {
  const path = `products/${productId}/variations`;
  const found = new Map<string, unknown>();
  for (let offset = 0; ;) {
    const size = client.pageSize;
    const query = { status: 'any', orderby: 'id', order: 'asc', ...(offset === 0 ? {} : { offset }) };
    const list = readList(await client.getPage(path, query, size), path);
    keep(found, list.records);
    if (!isMore(list, offset, size)) break;
    offset += list.records.length;
  }
  const missing = expected.filter((id) => !found.has(id));
  keep(found, await readVariationsById(client, productId, missing));
  return [...found.values()];
}

export async function readVariationsById(
  client: WooClient,
  productId: string,
  ids: readonly string[],
): Promise<unknown[]> {
  const path = `products/${productId}/variations`;
  const records: unknown[] = [];
  for (const part of chunk(ids, PER_PAGE)) {
    const query = { status: 'any', include: part.join(','), per_page: PER_PAGE };
    records.push(...readList(await client.get(path, query), path).records);
  }
  return records;
}

/** Records without an id are kept too: they make their product unreadable, which is better than shorter. */
function keep(found: Map<string, unknown>, records: readonly unknown[]): void {
  for (const record of records) {
    const stamp = stampSchema.safeParse(record);
    found.set(stamp.success ? stamp.data.id : `?${found.size}`, record);
  }
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql, type Statement } from '../db/statement.ts';
import type { Engine } from '../engine.ts';

type By = ParsedParams<'quality.doubles'>['by'];
interface Key {
  key: string;
  account: number;
  products: number;
}
type Keys = Statement<{ after: string; limit: number }, Key>;
type Members = Statement<
  { key: string; account: number },
  { id: string; account: string; sku: string | null; title: string }
>;

const KEYS: Record<By, string> = { gtin: 'l.gtin', title: 'q.title_key', image: 'q.image_key' };
const source = (by: By): string =>
  by === 'gtin' ? 'listing l' : 'quality_score q JOIN listing l ON l.rid = q.listing_rid';

/** Some thousand keys from one on, in the order of their index. */
const keysOf = (by: By): Keys =>
  sql(
    `SELECT ${KEYS[by]} AS key, l.account_rid AS account, count(DISTINCT l.product_rid) AS products FROM ${source(by)}
     WHERE ${KEYS[by]} > :after AND l.removed_at_ms IS NULL GROUP BY ${KEYS[by]}, l.account_rid
     ORDER BY ${KEYS[by]} LIMIT :limit`,
  );
const membersOf = (by: By): Members =>
  sql(
    `SELECT l.id, a.id AS account, l.sku, p.title FROM ${source(by)} JOIN product p ON p.rid = l.product_rid
     JOIN account a ON a.rid = l.account_rid
     WHERE ${KEYS[by]} = :key AND l.account_rid = :account AND l.removed_at_ms IS NULL ORDER BY l.rid LIMIT 5`,
  );
const STATEMENTS: Record<By, { keys: Keys; members: Members }> = {
  gtin: { keys: keysOf('gtin'), members: membersOf('gtin') },
  title: { keys: keysOf('title'), members: membersOf('title') },
  image: { keys: keysOf('image'), members: membersOf('image') },
};
const SLICE = 400;
const LIMIT = 100;

/** Goes through the keys in slices, so that a large catalogue holds up no other call. */
export async function qualityDoubles(
  { db }: Engine,
  { by, limit = LIMIT }: ParsedParams<'quality.doubles'>,
  signal: AbortSignal,
): Promise<Result<'quality.doubles'>> {
  const { keys, members } = STATEMENTS[by];
  const groups: Result<'quality.doubles'>['groups'] = [];
  for (let after = ''; ;) {
    if (signal.aborted) throw new CodedError('CANCELLED', 'The search for doubles was stopped');
    const slice = db.all(keys, { after, limit: SLICE });
    const last = slice.at(-1);
    if (last === undefined) return { groups, more: false };
    // The last key's accounts may go on in the next slice: it is left for that one, unless it is all there is.
    const whole = slice.length < SLICE ? slice : slice.filter(({ key }) => key !== last.key);
    for (const { key, account, products } of whole.length > 0 ? whole : slice) {
      if (products < 2) continue;
      if (groups.length === limit) return { groups, more: true };
      const rows = db.all(members, { key, account });
      groups.push({
        key,
        accountId: rows[0]?.account ?? '',
        products,
        listings: rows.map(({ id, sku, title }) => ({ listingId: id, sku, title })),
      });
    }
    after = (whole.length > 0 ? whole : slice).at(-1)?.key ?? last.key;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql, type Statement } from '../db/statement.ts';
import type { Engine } from '../engine.ts';

type By = ParsedParams<'quality.doubles'>['by'];
interface Member {
  id: string;
  account: string;
  sku: string | null;
  title: string;
}
interface Statements {
  readonly keys: Statement<{ after: string; limit: number }, { key: string; listings: number }>;
  readonly accounts: Statement<{ key: string }, { account: number; products: number }>;
  readonly members: Statement<{ key: string; account: number }, Member>;
}

/** Keys come from one index alone; only a key of several listings is looked into. */
function statementsOf(table: 'listing' | 'quality_score', column: string): Statements {
  const rows = table === 'listing' ? 'listing l' : 'quality_score q JOIN listing l ON l.rid = q.listing_rid';
  const key = `${table === 'listing' ? 'l' : 'q'}.${column}`;
  return {
    keys: sql(
      `SELECT ${column} AS key, count(*) AS listings FROM ${table} WHERE ${column} > :after
       GROUP BY ${column} ORDER BY ${column} LIMIT :limit`,
      { hot: true },
    ),
    accounts: sql(
      `SELECT l.account_rid AS account, count(DISTINCT l.product_rid) AS products FROM ${rows}
       WHERE ${key} = :key AND l.removed_at_ms IS NULL GROUP BY l.account_rid`,
      { hot: true },
    ),
    members: sql(
      `SELECT l.id, a.id AS account, l.sku, p.title FROM ${rows} JOIN product p ON p.rid = l.product_rid
       JOIN account a ON a.rid = l.account_rid
       WHERE ${key} = :key AND l.account_rid = :account AND l.removed_at_ms IS NULL AND a.removed_at_ms IS NULL
       ORDER BY l.rid LIMIT 5`,
      { hot: true },
    ),
  };
}

const STATEMENTS: Record<By, Statements> = {
  gtin: statementsOf('listing', 'gtin'),
  title: statementsOf('quality_score', 'title_key'),
  image: statementsOf('quality_score', 'image_key'),
};
const SLICE = 400;
const LIMIT = 100;

/** Goes through the keys in slices, so that a large catalogue holds up no other call. */
export async function qualityDoubles(
  { db }: Engine,
  { by, limit = LIMIT }: ParsedParams<'quality.doubles'>,
  signal: AbortSignal,
): Promise<Result<'quality.doubles'>> {
  const { keys, accounts, members } = STATEMENTS[by];
  const groups: Result<'quality.doubles'>['groups'] = [];
  for (let after = ''; ;) {
    if (signal.aborted) throw new CodedError('CANCELLED', 'The search for doubles was stopped');
    const slice = db.all(keys, { after, limit: SLICE });
    const last = slice.at(-1);
    if (last === undefined) return { groups, more: false };
    after = last.key;
    for (const { key } of slice.filter(({ listings }) => listings > 1)) {
      for (const { account, products } of db.all(accounts, { key })) {
        const rows = products < 2 ? [] : db.all(members, { key, account });
        const [first] = rows;
        if (!first) continue;
        if (groups.length === limit) return { groups, more: true };
        groups.push({
          key,
          accountId: first.account,
          products,
          listings: rows.map(({ id, sku, title }) => ({ listingId: id, sku, title })),
        });
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

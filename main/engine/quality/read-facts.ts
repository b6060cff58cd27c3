import { LISTING_FIELDS, type ListingFieldName, type StoredValue } from '#shared/domain/listing-fields.ts';
import { marketFigureSchema } from '#shared/domain/market-figures.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { marketplaceOf, type ListingFacts } from '#shared/domain/quality/facts.ts';
import type { RulePack } from '#shared/domain/quality/rule-pack.ts';
import { FALLBACK_CURRENCY } from '../catalog/rows.ts';
import type { Database } from '../db/database.ts';
import { fieldColumn } from '../catalog/filter-sql.ts';
import { sql } from '../db/statement.ts';
import { packOf } from './rule-packs.ts';

/** A listing as it is judged. */
export interface JudgedListing {
  readonly rid: number;
  readonly id: string;
  readonly accountRid: number;
  readonly accountId: string;
  readonly pack: RulePack;
  readonly facts: ListingFacts;
}

type Row = {
  rid: number;
  id: string;
  account_rid: number;
  account: string;
  platform: AccountPlatform;
  currency: string | null;
  featured: string | null;
  target: string | null;
} & Record<ListingFieldName, StoredValue>;

const FIELDS = LISTING_FIELDS.map((field) => `${fieldColumn(field)} AS "${field.name}"`).join(', ');
const figure = (kind: string): string =>
  `(SELECT value FROM market_figure WHERE listing_rid = l.rid AND kind = '${kind}')`;

const bank = sql<Record<string, never>, { account_rid: number; product_type: string; phrase: string }>(
  'SELECT account_rid, product_type, phrase FROM quality_keyword WHERE removed_at_ms IS NULL ORDER BY rid',
);

/** Keyword banks of all accounts; read once a pass. */
export class KeywordBanks {
  private readonly byKey = new Map<string, string[]>();

  constructor(db: Database) {
    for (const { account_rid, product_type, phrase } of db.all(bank, {})) {
      const key = `${account_rid} ${product_type}`;
      const phrases = this.byKey.get(key);
      if (phrases) phrases.push(phrase);
      else this.byKey.set(key, [phrase]);
    }
  }

  of(accountRid: number, productType: string): readonly string[] {
    if (this.byKey.size === 0) return [];
    const everywhere = this.byKey.get(`${accountRid} `) ?? [];
    return productType === ''
      ? everywhere
      : [...everywhere, ...(this.byKey.get(`${accountRid} ${productType}`) ?? [])];
  }
}

/** Listings by row id; those that are gone or without a channel of rules are left out. */
export function readJudged(db: Database, rids: readonly number[], banks: KeywordBanks): JudgedListing[] {
  const rows = db.allComposed<Row>(
    `SELECT l.rid, l.id, l.account_rid, a.id AS account, a.platform, a.currency,
       ${figure('featuredOffer')} AS featured, ${figure('targetPrice')} AS target, ${FIELDS}
     FROM json_each(:rids) r CROSS JOIN listing l ON l.rid = r.value JOIN product p ON p.rid = l.product_rid
     JOIN account a ON a.rid = l.account_rid
     WHERE l.removed_at_ms IS NULL AND a.removed_at_ms IS NULL ORDER BY r.key`,
    { rids: JSON.stringify(rids) },
  );
  return rows.flatMap((row) => {
    const pack = packOf(row.platform);
    if (pack === null) return [];
    const currency = row.currency ?? FALLBACK_CURRENCY;
    return [
      {
        rid: row.rid,
        id: row.id,
        accountRid: row.account_rid,
        accountId: row.account,
        pack,
        facts: {
          platform: pack.platform,
          currency,
          marketplace: marketplaceOf(pack.platform, currency),
          values: row,
          keywords: banks.of(row.account_rid, String(row.productType ?? '')),
          rivalMinor: rivalOf(row, currency),
        },
      },
    ];
  });
}

/** The price that the market compares with: somebody else's featured offer, else the channel's target. */
function rivalOf({ featured, target }: Row, currency: string): number | null {
  if (featured !== null) {
    const offer = marketFigureSchema.parse(JSON.parse(featured));
    if (offer.kind === 'featuredOffer' && offer.isMine === false && offer.price?.currency === currency) {
      return offer.price.minor;
    }
  }
  if (target === null) return null;
  const aim = marketFigureSchema.parse(JSON.parse(target));
  return aim.kind === 'targetPrice' && aim.price?.currency === currency ? aim.price.minor : null;
}

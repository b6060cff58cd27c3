import { marketFigureSchema, type MarketFigure } from '#shared/domain/market-figures.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

/** A listing as the market knows it. */
export interface MarketListing {
  readonly rid: number;
  readonly id: string;
  readonly account: string;
  readonly platform: AccountPlatform;
  readonly product_external_id: string | null;
  readonly external_id: string | null;
  readonly product_type: string | null;
  readonly raw: string;
  readonly product_rid: number;
  readonly type_attributes: string | null;
  /** 1: somebody here changed the attributes, so that an empty field means that there are none. */
  readonly attributes_edited: number;
}

const oneListing = sql<{ id: string }, MarketListing>(
  `SELECT l.rid, l.id, a.id AS account, a.platform, p.external_id AS product_external_id, l.external_id,
     p.product_type, p.raw, p.rid AS product_rid, p.type_attributes,
     EXISTS (SELECT 1 FROM outbox o WHERE o.entity = 'product' AND o.entity_rid = p.rid AND o.field = 'typeAttributes')
       AS attributes_edited
   FROM listing l JOIN product p ON p.rid = l.product_rid JOIN account a ON a.rid = l.account_rid
   WHERE l.id = :id AND l.removed_at_ms IS NULL`,
);
const putFigure = sql<{
  listing: number;
  kind: string;
  value: string;
  asOf: number;
  at: number;
  source: string;
}>(
  `INSERT INTO market_figure (listing_rid, kind, value, as_of_ms, read_at_ms, source)
   VALUES (:listing, :kind, :value, :asOf, :at, :source)
   ON CONFLICT (listing_rid, kind) DO UPDATE SET value = :value, as_of_ms = :asOf, read_at_ms = :at, source = :source`,
);
const figuresOf = sql<
  { listing: number },
  { value: string; as_of_ms: number; read_at_ms: number; source: string }
>('SELECT value, as_of_ms, read_at_ms, source FROM market_figure WHERE listing_rid = :listing ORDER BY kind');

export interface StoredRules {
  readonly version: string;
  readonly checksum: string;
  readonly document: string;
  readonly fetched_at_ms: number;
  readonly checked_at_ms: number;
}
interface RulesKey {
  readonly platform: string;
  readonly marketplace: string;
  readonly type: string;
}
const rulesOf = sql<{ platform: string; marketplace: string; type: string }, StoredRules>(
  `SELECT version, checksum, document, fetched_at_ms, checked_at_ms FROM product_type_definition
   WHERE platform = :platform AND marketplace = :marketplace AND product_type = :type`,
);
const putRules = sql<{
  platform: string;
  marketplace: string;
  type: string;
  version: string;
  checksum: string;
  document: string;
  at: number;
}>(
  `INSERT INTO product_type_definition
     (platform, marketplace, product_type, version, checksum, document, fetched_at_ms, checked_at_ms)
   VALUES (:platform, :marketplace, :type, :version, :checksum, :document, :at, :at)
   ON CONFLICT (platform, marketplace, product_type) DO UPDATE
     SET version = :version, checksum = :checksum, document = :document, fetched_at_ms = :at, checked_at_ms = :at`,
);
const stillTrue = sql<{ platform: string; marketplace: string; type: string; at: number }>(
  `UPDATE product_type_definition SET checked_at_ms = :at
   WHERE platform = :platform AND marketplace = :marketplace AND product_type = :type`,
);

export function requireMarketListing(db: Database, listingId: string): MarketListing {
  const row = db.get(oneListing, { id: listingId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no listing ${listingId}`, { listingId });
  return row;
}

export function storeFigure(
  db: Database,
  listing: number,
  { figure, asOfMs, source }: { figure: MarketFigure; asOfMs: number; source: string },
  atMs: number,
): void {
  db.run(putFigure, {
    listing,
    kind: figure.kind,
    value: JSON.stringify(figure),
    asOf: asOfMs,
    at: atMs,
    source,
  });
}

export function storedFigures(
  db: Database,
  listing: number,
): { figure: MarketFigure; asOf: number; readAt: number; source: string }[] {
  return db.all(figuresOf, { listing }).flatMap(({ value, as_of_ms, read_at_ms, source }) => {
    // A figure of an older program in another form is read again, not shown.
    const parsed = marketFigureSchema.safeParse(JSON.parse(value));
    return parsed.success ? [{ figure: parsed.data, asOf: as_of_ms, readAt: read_at_ms, source }] : [];
  });
}

export function storedRules(db: Database, key: RulesKey): StoredRules | null {
  return db.get(rulesOf, { ...key }) ?? null;
}

export function storeRules(
  db: Database,
  key: RulesKey,
  rules: { version: string; checksum: string; document: string } | null,
  at: number,
): void {
  if (rules === null) db.run(stillTrue, { ...key, at });
  else db.run(putRules, { ...key, ...rules, at });
}

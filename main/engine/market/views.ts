import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { TypeAttributes } from '#shared/domain/type-attributes.ts';
import type { Engine } from '../engine.ts';
import { liveOps, toCellInfo } from '../catalog/cell-states.ts';
import { FALLBACK_CURRENCY } from '../catalog/rows.ts';
import { requireAccount } from '../sync/accounts.ts';
import { partsOf } from './attribute-schema.ts';
import { marketOfListing } from './market-of-listing.ts';
import { marketDataOf } from './read-market.ts';
import { requireMarketListing, storedFigures } from './stored.ts';
import type { TypeRules } from './type-rules.ts';

export function marketFigures(
  engine: Engine,
  { listingId }: ParsedParams<'market.figures'>,
): Result<'market.figures'> {
  const listing = requireMarketListing(engine.db, listingId);
  const canRead = marketDataOf(engine, requireAccount(engine.db, listing.account)) !== null;
  return { canRead, figures: storedFigures(engine.db, listing.rid) };
}

/** Reads what is stored alone: it works offline. */
export async function marketAttributes(
  engine: Engine,
  { listingId }: ParsedParams<'market.attributes'>,
): Promise<Result<'market.attributes'>> {
  const { market, productType, listing, definition, rules, own, stored, scope } = await marketOfListing(
    engine,
    listingId,
  );
  const nothing = { state: 'clean' as const, code: null, message: null, at: null };
  if (market === null || productType === null) {
    return {
      canRead: market !== null,
      productType,
      rules: null,
      canEdit: false,
      cell: nothing,
      attributes: [],
    };
  }
  const canEdit = rules !== null && stored;
  return {
    canRead: true,
    productType,
    rules:
      definition === null || rules === null
        ? null
        : {
            displayName: rules.displayName,
            version: definition.version,
            fetchedAt: definition.fetched_at_ms,
            checkedAt: definition.checked_at_ms,
          },
    canEdit,
    cell: cellOf(engine, listing.product_rid) ?? nothing,
    attributes: attributesShown(own, rules).map((attribute) => ({
      ...attribute,
      hasColumn: market.hasColumn(attribute.name),
      parts:
        rules === null || !canEdit || market.hasColumn(attribute.name)
          ? []
          : partsOf(rules.schema, attribute.name, own[attribute.name] ?? [], scope),
    })),
  };
}

/** How the attributes stand to the channel; null when nothing was ever changed here. */
function cellOf({ db }: Engine, product: number): Result<'market.attributes'>['cell'] | null {
  const op = liveOps(db, 'product', [product])
    .get(product)
    ?.find(({ field }) => field === 'typeAttributes');
  const info = op && toCellInfo(op, FALLBACK_CURRENCY);
  return info ? { state: info.state, code: info.code, message: info.message, at: info.at } : null;
}

type Shown = Omit<Result<'market.attributes'>['attributes'][number], 'hasColumn' | 'parts'>;

function attributesShown(own: TypeAttributes, rules: TypeRules | null): Shown[] {
  const problems = rules?.check(own) ?? new Map<string, readonly string[]>();
  const known = rules?.attributes ?? [];
  const names = new Set(known.map(({ name }) => name));
  // What is set and has no rule stands at the end; it may be older than the rules.
  const others = Object.keys(own)
    .filter((name) => !names.has(name))
    .toSorted()
    .map((name) => ({ name, title: name, group: '', required: 'no' as const }));
  return [...known, ...others].map((attribute) => ({
    ...attribute,
    values: (own[attribute.name] ?? []).map(textOf),
    problems: [...(problems.get(attribute.name) ?? [])],
  }));
}

const SCOPE = new Set(['marketplace_id', 'language_tag']);

/** The value of an entry as text; of one with parts all of them. */
function textOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return plain(entry);
  const parts = Object.entries(entry).filter(([name]) => !SCOPE.has(name));
  const [only] = parts;
  if (parts.length === 1 && only) return plain(only[1]);
  return parts.map(([name, value]) => `${name}: ${plain(value)}`).join(', ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

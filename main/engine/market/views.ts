import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Engine } from '../engine.ts';
import { requireAccount, storedContext } from '../sync/accounts.ts';
import { marketDataOf } from './read-market.ts';
import { requireMarketListing, storedFigures, storedRules } from './stored.ts';
import { openTypeRules, type TypeRules } from './type-rules.ts';

type Attributes = Readonly<Record<string, readonly unknown[]>>;

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
  const listing = requireMarketListing(engine.db, listingId);
  const account = requireAccount(engine.db, listing.account);
  const market = marketDataOf(engine, account);
  const type = listing.product_type;
  if (market === null || type === null)
    return { canRead: market !== null, productType: type, rules: null, attributes: [] };
  const marketplace = market.marketOf(await storedContext(engine, account));
  const stored = storedRules(engine.db, { platform: account.platform, marketplace, type });
  const own = market.attributesOf(listing.raw);
  const rules = stored === null ? null : rulesFor(`${stored.checksum} ${type}`, stored.document);
  return {
    canRead: true,
    productType: type,
    rules:
      stored === null || rules === null
        ? null
        : {
            displayName: rules.displayName,
            version: stored.version,
            fetchedAt: stored.fetched_at_ms,
            checkedAt: stored.checked_at_ms,
          },
    attributes: attributesShown(own, rules),
  };
}

function attributesShown(
  own: Attributes,
  rules: TypeRules | null,
): Result<'market.attributes'>['attributes'] {
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

const opened = new Map<string, TypeRules>();
const MOST_OPENED = 20;

/** Compiling rules takes a moment, so the last ones are kept. */
function rulesFor(key: string, document: string): TypeRules {
  const known = opened.get(key);
  if (known) return known;
  const rules = openTypeRules(document);
  opened.set(key, rules);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
  return rules;
}

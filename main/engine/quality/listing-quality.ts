import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { imagesOf, textOf } from '#shared/domain/quality/facts.ts';
import { keywordStems } from '#shared/domain/quality/run-check.ts';
import { scoreListing } from '#shared/domain/quality/score.ts';
import { QUALITY_AREAS } from '#shared/domain/quality/rule-pack.ts';
import { holdsPhrase, readabilityOf, titleKey } from '#shared/domain/quality/text-measures.ts';
import { utf8Bytes } from '#shared/domain/listing-rules-amazon.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { wireRule } from './overview.ts';
import { KeywordBanks, readJudged, type JudgedListing } from './read-facts.ts';

interface Double {
  id: string;
  sku: string | null;
  title: string;
}
type Doubles = NonNullable<Result<'quality.listing'>['quality']>['doubles'];

const ridOf = sql<{ id: string }, { rid: number }>(
  'SELECT rid FROM listing WHERE id = :id AND removed_at_ms IS NULL',
  { hot: true },
);
const sameKey = (column: 'title_key' | 'image_key'): string =>
  `SELECT l.id, l.sku, p.title FROM quality_score q JOIN listing l ON l.rid = q.listing_rid JOIN product p ON p.rid = l.product_rid
   WHERE q.${column} = :key AND q.account_rid = :account AND l.removed_at_ms IS NULL
     AND l.product_rid <> (SELECT product_rid FROM listing WHERE rid = :rid) LIMIT 10`;
const sameTitle = sql<{ key: string; account: number; rid: number }, Double>(sameKey('title_key'), {
  hot: true,
});
const sameImage = sql<{ key: string; account: number; rid: number }, Double>(sameKey('image_key'), {
  hot: true,
});
const sameGtin = sql<{ key: string; account: number; rid: number }, Double>(
  `SELECT l.id, l.sku, p.title FROM listing l JOIN product p ON p.rid = l.product_rid
   WHERE l.gtin = :key AND l.account_rid = :account AND l.removed_at_ms IS NULL AND l.rid <> :rid LIMIT 10`,
  { hot: true },
);
/** More bytes and Amazon ignores the whole field. */
const SEARCH_TERM_BYTES = 249;

/** Judged on the spot, by the rules that hold now: a screen never shows a score that is older than its listing. */
export function listingQuality(
  engine: Engine,
  { listingId }: ParsedParams<'quality.listing'>,
): Result<'quality.listing'> {
  const { db, ports } = engine;
  const row = db.get(ridOf, { id: listingId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no listing ${listingId}`, { listingId });
  const [judged] = readJudged(db, [row.rid], new KeywordBanks(db));
  if (!judged) return { quality: null };
  const { pack, facts } = judged;
  const at = ports.clock.now();
  const { score, areas, results, completeness } = scoreListing(pack, facts, at);
  const stems = keywordStems(facts);
  return {
    quality: {
      pack: pack.version,
      asOf: at,
      score,
      areas: QUALITY_AREAS.flatMap((area) => {
        const within = areas[area];
        return within === undefined ? [] : [{ area, score: within }];
      }),
      complete: completeness.percent,
      missingRequired: [...completeness.missingRequired],
      missingRecommended: [...completeness.missingRecommended],
      results: results.map(({ rule, ok, score: points, found }) => {
        const { listings: _none, ...told } = wireRule(pack.platform, rule);
        return { ...told, ok, points, found };
      }),
      readability: readabilityOf(textOf(facts.values.description)),
      searchTermBytes:
        pack.platform === 'amazon'
          ? { bytes: utf8Bytes(textOf(facts.values.searchTerms)), most: SEARCH_TERM_BYTES }
          : null,
      keywords: facts.keywords.map((phrase) => ({ phrase, covered: holdsPhrase(stems, phrase) })),
      doubles: doublesOf(engine, judged),
    },
  };
}

function doublesOf({ db }: Engine, { rid, accountRid, facts }: JudgedListing): Doubles {
  const found = (by: Doubles[number]['by'], rows: readonly Double[]): Doubles =>
    rows.map(({ id, sku, title }) => ({ by, listingId: id, sku, title }));
  const gtin = textOf(facts.values.gtin);
  const title = titleKey(textOf(facts.values.title));
  const image = imagesOf(facts.values.images)[0]?.src ?? '';
  const at = { account: accountRid, rid };
  return [
    ...(gtin === '' ? [] : found('gtin', db.all(sameGtin, { key: gtin, ...at }))),
    ...(title === '' ? [] : found('title', db.all(sameTitle, { key: title, ...at }))),
    ...(image === '' ? [] : found('image', db.all(sameImage, { key: image, ...at }))),
  ];
}

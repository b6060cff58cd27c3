import type { Rejection } from '#shared/contract/common.ts';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import type { ImageValue, ListingField, StoredValue } from '#shared/domain/listing-fields.ts';
import type { Database } from '../../db/database.ts';
import type { LoadedFile } from './load-file.ts';
import { PRODUCT_FIELDS, VARIANT_FIELDS } from './staging.ts';

type Remark = ImportPlan['skipped'][number];
type Sample = ImportPlan['samples'][number];

const MAX_LISTED = 1_000;
const SAMPLES = { change: 60, create: 30, unchanged: 10 } as const;
const CLIP = 300;

export interface Counts {
  readonly products: number;
  readonly variants: number;
  readonly create: number;
  readonly change: number;
  readonly unchanged: number;
  readonly cells: number;
}

/** Counts of staged rows after matching; a product whose file row has no variants counts once by itself. */
export function countPlan(db: Database): Counts {
  const counts = db.getComposed<Counts>(
    `SELECT
       (SELECT count(*) FROM staging.product) AS products,
       (SELECT count(*) FROM staging.variant) AS variants,
       count(*) FILTER (WHERE action = 'create') AS "create",
       count(*) FILTER (WHERE action = 'match' AND cells > 0) AS change,
       count(*) FILTER (WHERE action = 'match' AND cells = 0) AS unchanged,
       (SELECT coalesce(sum(cells), 0) FROM staging.variant WHERE action = 'match')
         + (SELECT coalesce(sum(cells), 0) FROM staging.product) AS cells
     FROM (
       SELECT v.action, v.cells + p.cells AS cells FROM staging.variant v JOIN staging.product p ON p.n = v.product_n
       UNION ALL
       SELECT 'match', p.cells FROM staging.product p
       WHERE p.product_rid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = p.n))`,
    {},
  );
  return counts ?? { products: 0, variants: 0, create: 0, change: 0, unchanged: 0, cells: 0 };
}

export function summarise(db: Database, loaded: LoadedFile): ImportPlan {
  return {
    planId: loaded.planId,
    format: loaded.format,
    encoding: loaded.source.encoding,
    delimiter: loaded.source.container === 'text' ? loaded.source.delimiter : loaded.source.container,
    account: loaded.target.name,
    newAccount: loaded.target.rid === null,
    currency: loaded.target.currency,
    currencyAssumed: loaded.target.currencyAssumed,
    rows: loaded.rows,
    images: loaded.staging.images,
    ...countPlan(db),
    ...listSkipped(db),
    warnings: listWarnings(db),
    columns: loaded.columns.map(({ header, target }) => ({ header, target })),
    samples: samples(db, loaded.target.currency),
  };
}

export function listSkipped(db: Database): { skipped: Remark[]; skippedTotal: number } {
  return { skipped: remarks(db, "kind = 'skip'"), skippedTotal: countProblems(db, "kind = 'skip'") };
}

function listWarnings(db: Database): Remark[] {
  const kinds = "kind IN ('warn', 'refuse')";
  const listed = remarks(db, kinds);
  const more = countProblems(db, kinds) - listed.length;
  if (more === 0) return listed;
  return [
    { row: 1, sku: null, code: 'MORE_WARNINGS', message: `${more} more remarks are not listed` },
    ...listed,
  ];
}

/** Refused cells with the listing they belong to. */
export function listRefused(db: Database): Rejection[] {
  return db.allComposed<Rejection>(
    `SELECT coalesce(l.id, v.new_id, (SELECT x.id FROM main.listing x WHERE x.product_rid = p.product_rid LIMIT 1),
         (SELECT x.new_id FROM staging.variant x WHERE x.product_n = p.n LIMIT 1), '') AS listingId,
       q.field, q.code, 'Row ' || q.row || coalesce(' (' || q.sku || ')', '') || ': ' || q.message AS message
     FROM staging.problem q
     LEFT JOIN staging.variant v ON v.n = q.variant_n LEFT JOIN main.listing l ON l.rid = v.listing_rid
     LEFT JOIN staging.product p ON p.n = q.product_n
     WHERE q.kind = 'refuse' ORDER BY q.row, q.n LIMIT ${MAX_LISTED}`,
  );
}

function remarks(db: Database, only: string): Remark[] {
  return db.allComposed<Remark>(
    `SELECT row, sku, code, CASE WHEN field IS NULL THEN message ELSE field || ': ' || message END AS message
     FROM staging.problem WHERE ${only} ORDER BY row, n LIMIT ${MAX_LISTED}`,
  );
}

function countProblems(db: Database, only: string): number {
  return db.getComposed<{ n: number }>(`SELECT count(*) AS n FROM staging.problem WHERE ${only}`)?.n ?? 0;
}

type SampleRow = { sku: string | null; title: string | null; variant: string } & Record<string, StoredValue>;

function samples(db: Database, currency: string): Sample[] {
  return [
    ...sampleOf(db, currency, 'change', "v.action = 'match' AND v.cells + s.cells > 0"),
    ...sampleOf(db, currency, 'create', "v.action = 'create'"),
    ...sampleOf(db, currency, 'unchanged', "v.action = 'match' AND v.cells + s.cells = 0"),
  ];
}

function sampleOf(db: Database, currency: string, action: keyof typeof SAMPLES, only: string): Sample[] {
  const pick = (fields: readonly ListingField[], mine: string, theirs: string): string[] =>
    fields.flatMap(({ name, column }) => [
      `${mine}.${column} AS "${name}"`,
      `${theirs}.${column} AS "${name}.before"`,
    ]);
  const rows = db.allComposed<SampleRow>(
    `SELECT coalesce(v.sku, l.sku) AS "row.sku", coalesce(s.title, p.title) AS "row.title", v.variant AS "row.variant",
       ${[...pick(PRODUCT_FIELDS, 's', 'p'), ...pick(VARIANT_FIELDS, 'v', 'l')].join(', ')}
     FROM staging.variant v JOIN staging.product s ON s.n = v.product_n
     LEFT JOIN main.listing l ON l.rid = v.listing_rid
     LEFT JOIN main.product p ON p.rid = s.product_rid
     WHERE ${only} ORDER BY v.n LIMIT ${SAMPLES[action]}`,
  );
  return rows.map((row) => ({
    sku: text(row['row.sku']),
    title: text(row['row.title']) ?? '',
    variant: text(row['row.variant']) ?? '',
    action,
    changes: action === 'unchanged' ? [] : changesOf(row, currency),
  }));
}

function changesOf(row: SampleRow, currency: string): Sample['changes'] {
  return [...VARIANT_FIELDS, ...PRODUCT_FIELDS]
    .map((field) => ({ field, after: row[field.name] ?? null, before: row[`${field.name}.before`] ?? null }))
    .filter(({ after, before }) => after !== null && after !== before)
    .map(({ field, after, before }) => ({
      field: field.name,
      before: readable(field, before, currency),
      after: readable(field, after, currency),
    }));
}

function readable(field: ListingField, stored: StoredValue, currency: string): string {
  const value = toWireValue(field, stored, currency);
  if (value === null) return '';
  const shown = Array.isArray(value)
    ? (value as (string | ImageValue)[])
        .map((item) => (typeof item === 'string' ? item : item.src))
        .join(', ')
    : String(value);
  return shown.length > CLIP ? `${shown.slice(0, CLIP)}…` : shown;
}

function text(value: StoredValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

import type { ListingFilter, ListingSort } from '#shared/contract/common.ts';
import { listingField, type ListingField } from '#shared/domain/listing-fields.ts';
import { MASTER_FIELDS, type CellLink } from '#shared/domain/master-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { NamedParams } from '../db/statement.ts';
import { searchCandidates, trigramQuery } from './listing-search.ts';

/** FROM and WHERE that every listing query shares: `l` listing, `p` its product, `a` its account. */
export const LISTING_FROM =
  'listing l JOIN product p ON p.rid = l.product_rid JOIN account a ON a.rid = l.account_rid';

export interface ComposedFilter {
  readonly where: string;
  readonly params: NamedParams;
}

const OPEN = "('superseded', 'cancelled')";

export interface IdOptions {
  /** Epoch milliseconds; decides which rows are stale. */
  readonly now?: number;
  /** What is read of each row instead of its id. */
  readonly columns?: string;
  /** What comes after the conditions instead of the order. */
  readonly tail?: string;
}

/**
 * SQL of the row ids of a list in its order. Tables that neither filter nor
 * order needs are left out, so that the plain list comes from one index; a
 * text is looked up in the search index first.
 */
export function composeIds(
  text: string | undefined,
  filter: ListingFilter | undefined,
  sort: ListingSort | undefined,
  { now = Date.now(), columns = 'l.rid', tail }: IdOptions = {},
): { readonly sql: string; readonly params: NamedParams } {
  const words = wordsOf(text);
  const { where, params } = composeFilter(words, filter, now);
  const order = tail ?? `ORDER BY ${composeSort(sort)}`;
  const query = trigramQuery(words);
  const needs = (table: 'p' | 'a'): boolean => new RegExp(`\\b${table}\\.`).test(`${where} ${order}`);
  const from = [
    query === null ? 'listing l' : `${searchCandidates(':words')} s CROSS JOIN listing l ON l.rid = s.rid`,
    ...(needs('p') ? ['JOIN product p ON p.rid = l.product_rid'] : []),
    ...(needs('a') ? ['JOIN account a ON a.rid = l.account_rid'] : []),
  ];
  return {
    sql: `SELECT ${columns} FROM ${from.join(' ')} WHERE ${where} ${order}`,
    params: query === null ? params : { ...params, words: query },
  };
}

/** A NUL parts words as a blank does: the search index takes it for the end of the query. */
const wordsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[\s\0]+/)
    .filter(Boolean)
    .slice(0, 10);

/** Composes a filter; identifiers come from the field registry only, values only through parameters. */
export function composeFilter(
  words: readonly string[],
  filter: ListingFilter | undefined,
  now = Date.now(),
): ComposedFilter {
  const parts = [
    'l.removed_at_ms IS NULL',
    'l.account_rid NOT IN (SELECT rid FROM account WHERE removed_at_ms IS NOT NULL)',
  ];
  const params: Record<string, string | number | null> = {};
  const bind = (value: string | number | null): string => {
    const name = `f${Object.keys(params).length}`;
    params[name] = value;
    return `:${name}`;
  };
  for (const word of words) {
    const pattern = bind(`%${word.replace(/[\\%_]/g, '\\$&')}%`);
    parts.push(
      `(l.sku LIKE ${pattern} ESCAPE '\\' OR p.title LIKE ${pattern} ESCAPE '\\' OR l.variant LIKE ${pattern} ESCAPE '\\' OR l.gtin LIKE ${pattern} ESCAPE '\\')`,
    );
  }
  if (filter?.accountIds)
    parts.push(
      `l.account_rid IN (SELECT rid FROM account WHERE id IN (SELECT value FROM json_each(${bind(JSON.stringify(filter.accountIds))})))`,
    );
  if (filter?.status)
    parts.push(`p.status IN (SELECT value FROM json_each(${bind(JSON.stringify(filter.status))}))`);
  if (filter?.stock === 'out')
    parts.push("(l.quantity <= 0 OR (l.quantity IS NULL AND l.stock_status = 'outofstock'))");
  if (filter?.stock === 'in')
    parts.push("(l.quantity > 0 OR (l.quantity IS NULL AND l.stock_status IS NOT 'outofstock'))");
  if (filter?.stock === 'low') parts.push('l.quantity BETWEEN 1 AND 5');
  if (filter?.states) parts.push(composeStates(filter.states, () => bind(now - STALE_AFTER_MS)));
  if (filter?.quality?.rule !== undefined)
    parts.push(
      `l.rid IN (SELECT listing_rid FROM quality_finding WHERE rule = ${bind(filter.quality.rule)})`,
    );
  if (filter?.quality?.lane)
    parts.push(`l.rid IN (SELECT listing_rid FROM quality_score WHERE ${filter.quality.lane} > 0)`);
  const conditions = (filter?.conditions ?? []).map((condition) => composeCondition(condition, bind));
  if (conditions.length > 0) parts.push(`(${conditions.join(filter?.match === 'any' ? ' OR ' : ' AND ')})`);
  return { where: parts.join(' AND '), params };
}

/** An account that was not read for so long shows values that may be old. */
const STALE_AFTER_MS = 24 * 60 * 60 * 1_000;

function composeStates(states: NonNullable<ListingFilter['states']>, readBefore: () => string): string {
  const clauses = states.map((state) => {
    switch (state) {
      case 'clean':
        return `(l.rid NOT IN (${live('listing', '1')}) AND l.product_rid NOT IN (${live('product', '1')}))`;
      case 'dirty':
        return either("state = 'pending' AND released_at_ms IS NULL");
      case 'pending':
        return either(
          "(state IN ('leased', 'sent', 'accepted', 'retry_wait', 'needs_verify') OR (state = 'pending' AND released_at_ms IS NOT NULL))",
        );
      case 'verified':
      case 'rejected':
      case 'conflict':
        return either(`state = '${state}'`);
      case 'unverified':
        return either("state <> 'verified'");
      case 'stale':
        return `l.account_rid IN (SELECT rid FROM account WHERE platform <> 'local' AND coalesce(last_pull_at_ms, 0) < ${readBefore()})`;
      case 'inherited':
        return linked('inherit');
      case 'overridden':
        return linked('override');
    }
  });
  // As with the other lists: one without entries matches no row.
  return clauses.length === 0 ? '0' : `(${clauses.join(' OR ')})`;
}

const live = (entity: string, condition: string): string =>
  `SELECT entity_rid FROM outbox WHERE entity = '${entity}' AND state NOT IN ${OPEN} AND ${condition}`;
const either = (condition: string): string =>
  `(l.rid IN (${live('listing', condition)}) OR l.product_rid IN (${live('product', condition)}))`;

/** Rows with a cell that stands so to its master. */
const linked = (link: CellLink): string =>
  `(${MASTER_FIELDS.map(({ listing, linkColumn }) => {
    const key = listing.entity === 'product' ? 'l.product_rid' : 'l.rid';
    return `${key} IN (SELECT rid FROM ${listing.entity} WHERE ${linkColumn} = '${link}')`;
  }).join(' OR ')})`;

type Condition = NonNullable<ListingFilter['conditions']>[number];

function composeCondition(condition: Condition, bind: (value: string | number | null) => string): string {
  const field = listingField(condition.field);
  if (!field)
    throw new CodedError('UNKNOWN_FIELD', `There is no field ${condition.field}`, { field: condition.field });
  const column = fieldColumn(field);
  switch (condition.op) {
    case 'empty':
      return `(${column} IS NULL OR ${column} = '' OR ${column} = '[]')`;
    case 'notEmpty':
      return `(${column} IS NOT NULL AND ${column} <> '' AND ${column} <> '[]')`;
    case 'contains':
      return `${column} LIKE ${bind(`%${escapeLike(condition.value)}%`)} ESCAPE '\\'`;
    case 'notContains':
      return `(${column} IS NULL OR ${column} NOT LIKE ${bind(`%${escapeLike(condition.value)}%`)} ESCAPE '\\')`;
    case 'startsWith':
      return `${column} LIKE ${bind(`${escapeLike(condition.value)}%`)} ESCAPE '\\'`;
    case 'eq':
      return `${compared(field, column)} IS ${comparable(field, condition, bind)}`;
    case 'ne':
      return `${compared(field, column)} IS NOT ${comparable(field, condition, bind)}`;
    case 'lt':
      return `${compared(field, column)} < ${comparable(field, condition, bind)}`;
    case 'lte':
      return `${compared(field, column)} <= ${comparable(field, condition, bind)}`;
    case 'gt':
      return `${compared(field, column)} > ${comparable(field, condition, bind)}`;
    case 'gte':
      return `${compared(field, column)} >= ${comparable(field, condition, bind)}`;
  }
}

function comparable(
  field: ListingField,
  condition: Condition,
  bind: (value: string | number | null) => string,
): string {
  const value = condition.value;
  if (value === undefined) {
    throw new CodedError('BAD_INPUT', `The condition on ${field.name} needs a value`, { field: field.name });
  }
  switch (field.type) {
    case 'money':
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'dateTime': {
      const number =
        typeof value === 'number' ? value : field.type === 'dateTime' ? Date.parse(value) : Number(value);
      if (!Number.isFinite(number)) {
        throw new CodedError('BAD_INPUT', `"${String(value)}" is not a number`, { field: field.name });
      }
      // Money is stored in minor units of each shop's currency.
      return field.type === 'money'
        ? `CAST(round(${bind(number)} * pow(10, a.currency_exponent)) AS INTEGER)`
        : bind(number);
    }
    default:
      return bind(String(value));
  }
}

function compared(field: ListingField, column: string): string {
  return field.type === 'decimal' ? `CAST(${column} AS REAL)` : column;
}

const escapeLike = (value: string | number | undefined): string =>
  String(value ?? '').replace(/[\\%_]/g, '\\$&');

export function fieldColumn(field: ListingField): string {
  return `${field.entity === 'product' ? 'p' : 'l'}.${field.column}`;
}

/** Listings that were not judged come last in both directions. */
function qualityOrder(field: 'quality' | 'completeness', order: string): string {
  const column = field === 'quality' ? 'score' : 'complete';
  const value = `(SELECT ${column} FROM quality_score WHERE listing_rid = l.rid)`;
  return `${value} IS NULL, ${value} ${order}`;
}

/** ORDER BY that is total: equal rows stay in the order they were created. */
export function composeSort(sort: ListingSort | undefined): string {
  const terms = (sort ?? []).map(({ field, direction }) => {
    const order = direction === 'desc' ? 'DESC' : 'ASC';
    if (field === 'account') return `a.name ${order}`;
    if (field === 'variant') return `l.variant ${order}`;
    if (field === 'updatedAt') return `l.updated_at_ms ${order}`;
    if (field === 'quality' || field === 'completeness') return qualityOrder(field, order);
    const known = listingField(field);
    if (!known) throw new CodedError('UNKNOWN_FIELD', `There is no field ${field}`, { field });
    const column = known.type === 'decimal' ? `CAST(${fieldColumn(known)} AS REAL)` : fieldColumn(known);
    const text = known.type === 'text' || known.type === 'enum' || known.type === 'html';
    // Empty cells last in both directions.
    return `${column} IS NULL, ${column}${text ? ' COLLATE NOCASE' : ''} ${order}`;
  });
  if (terms.length === 0) return 'l.product_rid, l.position, l.rid';
  return [...terms, 'l.rid'].join(', ');
}

import type { ListingFilter } from '#shared/contract/common.ts';
import { listingField, type FieldType, type ListingFieldName } from '#shared/domain/listing-fields.ts';

export type Condition = NonNullable<ListingFilter['conditions']>[number];
export type ConditionOp = Condition['op'];
export type FilterState = NonNullable<ListingFilter['states']>[number];

/** States that have a quick chip. */
export const CHIP_STATES = [
  'dirty',
  'pending',
  'rejected',
  'conflict',
] as const satisfies readonly FilterState[];

/** States that are behind a menu beside the chips. */
export const MENU_STATES = [
  'unverified',
  'verified',
  'stale',
  'inherited',
  'overridden',
  'clean',
] as const satisfies readonly FilterState[];

/** Adds the item or takes it away; an empty list is no restriction at all. */
export function toggled<T>(list: readonly T[] | undefined, item: T): T[] | undefined {
  const next = list?.includes(item) ? list.filter((other) => other !== item) : [...(list ?? []), item];
  return next.length === 0 ? undefined : next;
}

/** Leaves out parts that restrict nothing, so that equal filters look equal. */
export function tidyFilter(filter: ListingFilter): ListingFilter {
  const conditions = (filter.conditions ?? []).filter(isComplete);
  return {
    ...(filter.accountIds?.length ? { accountIds: filter.accountIds } : {}),
    ...(filter.status?.length ? { status: filter.status } : {}),
    ...(filter.states?.length ? { states: filter.states } : {}),
    ...(filter.stock ? { stock: filter.stock } : {}),
    ...(filter.quality?.rule !== undefined || filter.quality?.lane ? { quality: filter.quality } : {}),
    ...(conditions.length > 0 ? { match: filter.match ?? 'all', conditions } : {}),
  };
}

export function isFiltered(text: string, filter: ListingFilter): boolean {
  return text.trim() !== '' || Object.keys(tidyFilter(filter)).length > 0;
}

export function withoutValue(op: ConditionOp): boolean {
  return op === 'empty' || op === 'notEmpty';
}

const TEXT_OPS: readonly ConditionOp[] = [
  'contains',
  'notContains',
  'startsWith',
  'eq',
  'ne',
  'empty',
  'notEmpty',
];
const NUMBER_OPS: readonly ConditionOp[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'empty', 'notEmpty'];
const CHOICE_OPS: readonly ConditionOp[] = ['eq', 'ne', 'empty', 'notEmpty'];
const DATE_OPS: readonly ConditionOp[] = ['lt', 'gte', 'empty', 'notEmpty'];

/** Comparisons that make sense for a type, the usual one first. */
export function opsOf(type: FieldType): readonly ConditionOp[] {
  switch (type) {
    case 'money':
    case 'integer':
    case 'decimal':
      return NUMBER_OPS;
    case 'enum':
    case 'boolean':
      return CHOICE_OPS;
    case 'dateTime':
      return DATE_OPS;
    default:
      return TEXT_OPS;
  }
}

export function newCondition(field: ListingFieldName): Condition {
  const op = opsOf(listingField(field)?.type ?? 'text')[0] ?? 'eq';
  return { field, op, value: '' };
}

/** A condition with another field keeps its comparison where the type has it. */
export function withField(condition: Condition, field: ListingFieldName): Condition {
  const ops = opsOf(listingField(field)?.type ?? 'text');
  return ops.includes(condition.op) ? { ...condition, field, value: '' } : newCondition(field);
}

/** False while the person has not said what to compare with, or said something that is no number or date. */
export function isComplete({ field, op, value }: Condition): boolean {
  if (withoutValue(op)) return true;
  const text = String(value ?? '').trim();
  if (text === '') return false;
  switch (listingField(field)?.type) {
    case 'money':
    case 'integer':
    case 'decimal':
    case 'boolean':
      return Number.isFinite(Number(text));
    case 'dateTime':
      return Number.isFinite(Date.parse(text));
    default:
      return true;
  }
}

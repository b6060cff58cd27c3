import type { Rejection } from '#shared/contract/common.ts';
import type { EditOutcome } from '#shared/contract/listings.ts';
import type { ParsedParams } from '#shared/contract/methods.ts';
import { canonicalAttributes, type TypeAttributes } from '#shared/domain/type-attributes.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { applyPlan, type Caller } from '../catalog/edit.ts';
import { editRowsById, EditPlan } from '../catalog/edit-plan.ts';
import type { Engine } from '../engine.ts';
import { nodeAt, SCOPE_KEYS, tokensOf } from './attribute-schema.ts';
import { marketOfListing } from './market-of-listing.ts';
import { setPart } from './set-attribute.ts';
import type { TypeRules } from './type-rules.ts';

type Change = ParsedParams<'market.editAttributes'>['changes'][number];

/**
 * Changes parts of a listing's attributes as one command. The changes of one
 * attribute stand or fall together, checked by the stored rules: what the rules
 * did not say before the change refuses it. Other attributes go on.
 */
export async function editAttributes(
  engine: Engine,
  { listingId, changes, label }: ParsedParams<'market.editAttributes'>,
  caller: Caller,
): Promise<EditOutcome> {
  const { market, scope, rules, own, stored, productType } = await marketOfListing(engine, listingId);
  if (market === null) {
    throw new CodedError('CHANNEL_NOT_SUPPORTED', 'This channel has no attributes that can be edited here', {
      listingId,
    });
  }
  if (rules === null || !stored) {
    const missing = rules === null ? `rules of ${productType ?? 'its product type'}` : 'attributes';
    const next = rules === null ? 'read them first (market.read)' : 'read the account in full first';
    throw new CodedError('INVALID_STATE', `The ${missing} were not read yet; ${next}`, { listingId });
  }
  const rejected: Rejection[] = [];
  let attributes = own;
  for (const [name, group] of Map.groupBy(changes, ({ path }) => tokensOf(path)[0] ?? '')) {
    const step = changed(rules, attributes, name, group, scope, market.hasColumn(name));
    if (step.ok) attributes = step.attributes;
    else {
      const { path = group[0]?.path ?? name, code, message } = step;
      rejected.push({ listingId, field: path, code, message });
    }
  }
  const plan = new EditPlan();
  const row = editRowsById(engine.db, [listingId]).get(listingId);
  const kept = Object.fromEntries(Object.entries(attributes).filter(([name]) => !market.hasColumn(name)));
  const text = canonicalAttributes(kept);
  if (row) plan.add(row, 'typeAttributes', text);
  for (const { field, code, message } of rejected) plan.reject(listingId, field, code, message);
  return applyPlan(engine.journal, plan, 'market.editAttributes', label ?? 'Edit attributes', caller);
}

type Step =
  | { readonly ok: true; readonly attributes: TypeAttributes }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly path?: string };

function changed(
  rules: TypeRules,
  before: TypeAttributes,
  name: string,
  changes: readonly Change[],
  scope: Readonly<Record<string, string>>,
  hasColumn: boolean,
): Step {
  if (hasColumn) {
    return { ok: false, code: 'HAS_COLUMN', message: `${name} has a column of its own; edit it there` };
  }
  let after = before;
  // Entries that are taken out would move those behind them, so the last come first.
  const indexOf = ({ path }: Change): number => Number(tokensOf(path)[1] ?? 0);
  const ordered = changes.toSorted(
    (a, b) =>
      Number(a.value === null) - Number(b.value === null) || (a.value === null ? indexOf(b) - indexOf(a) : 0),
  );
  for (const { path, value } of ordered) {
    const tokens = tokensOf(path);
    const node =
      tokens.length < 3 || SCOPE_KEYS.has(tokens.at(-1) ?? '') ? null : nodeAt(rules.schema, tokens);
    if (node === null || node['properties'] !== undefined || node['items'] !== undefined) {
      return { ok: false, code: 'UNKNOWN_ATTRIBUTE', message: `The rules know no part ${path}`, path };
    }
    if (node['editable'] === false || nodeAt(rules.schema, [name])?.['editable'] === false) {
      return { ok: false, code: 'READ_ONLY_FIELD', message: `${path} is decided by the channel`, path };
    }
    after = setPart(rules.schema, after, tokens, value, scope);
  }
  const known = rules.check(before).get(name) ?? [];
  const problem = (rules.check(after).get(name) ?? []).find((text) => !known.includes(text));
  return problem === undefined
    ? { ok: true, attributes: after }
    : { ok: false, code: 'ATTRIBUTE_RULE', message: `${name} ${problem}` };
}

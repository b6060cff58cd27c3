import { fieldAccess } from '#shared/domain/channel-fields.ts';
import { parseFieldValue } from '#shared/domain/field-values.ts';
import type { ListingField, StoredValue } from '#shared/domain/listing-fields.ts';
import { validateValue } from '#shared/domain/listing-rules.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';

/** What decides about a cell besides its value. */
export interface CellAccount {
  readonly platform: AccountPlatform;
  readonly currency: string;
}

export type CheckedCell =
  | { readonly ok: true; readonly value: StoredValue }
  | { readonly ok: false; readonly code: string; readonly message: string };

const refuse = (code: string, message: string): CheckedCell => ({ ok: false, code, message });

/** A cell by its contract value: its stored form when it may be written on this account, or why not. */
export function checkCell(field: ListingField, value: unknown, account: CellAccount): CheckedCell {
  if (!field.editable) return refuse('READ_ONLY_FIELD', `${field.name} cannot be edited here`);
  const parsed = parseFieldValue(field, value, account.currency);
  if (!parsed.ok) return parsed;
  const access = fieldAccess(account.platform, field.name);
  if (access === 'read')
    return refuse('READ_ONLY_FIELD', `${field.name} is only shown here; the channel decides it`);
  if (access === 'none')
    return refuse('FIELD_NOT_ON_CHANNEL', `${field.name} does not exist on this channel`);
  const finding = validateValue(account.platform, field.name, parsed.value, account.currency);
  return finding?.severity === 'error' ? refuse(finding.code, finding.message) : parsed;
}

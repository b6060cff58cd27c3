import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { sortBreaks } from '#shared/domain/purchasing/price-breaks.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { itemOfCode } from '../inventory/places.ts';
import { createRecord, removeRecord, writeRecord } from '../inventory/record-log.ts';
import { toMinor } from './amounts.ts';
import {
  assertNameFree,
  findTerms,
  requireNote,
  requireSupplier,
  requireSupplierItem,
} from './supplier-store.ts';

export function saveSupplier(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'purchasing.saveSupplier'>,
  call: InventoryCall,
): Result<'purchasing.saveSupplier'> {
  const known = input.supplierId ? requireSupplier(journal.db, input.supplierId) : null;
  const label = known
    ? `Change supplier ${input.name ?? known.name}`
    : `Add supplier ${input.name ?? ''}`.trim();
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.saveSupplier',
      label,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      if (input.name !== undefined) assertNameFree(scope.db, input.name, known?.rid ?? 0);
      const currency = input.currency ?? known?.currency;
      if (currency === undefined || (!known && input.name === undefined)) {
        throw new CodedError('INVALID_VALUE', 'A new supplier needs a name and a currency', {
          field: input.name === undefined ? 'name' : 'currency',
        });
      }
      if (known && currency !== known.currency && (known.items > 0 || known.minimum_minor !== null)) {
        throw new CodedError(
          'INVALID_STATE',
          `Prices of ${known.name} are in ${known.currency}; take its items and smallest order off before changing the currency`,
          { field: 'currency' },
        );
      }
      const values = {
        name: input.name,
        contact: input.contact,
        email: input.email,
        phone: input.phone,
        address: input.address,
        currency: input.currency,
        lead_days: input.leadDays,
        minimum_minor: toMinor(input.minimum, currency, 'minimum'),
        minimum_units: input.minimumUnits,
        terms: input.terms,
        note: input.note,
      };
      if (known) {
        writeRecord(scope, 'supplier', known.rid, values);
        return { supplierId: known.id };
      }
      const given = Object.fromEntries(
        Object.entries(values).filter(
          (entry): entry is [string, string | number | null] => entry[1] !== undefined,
        ),
      );
      return { supplierId: createRecord(scope, ports, 'supplier', given).id };
    },
  );
  return { commandId, ...result };
}

export function removeSupplier(
  { journal }: InventoryDeps,
  { supplierId }: ParsedParams<'purchasing.removeSupplier'>,
  call: InventoryCall,
): Result<'purchasing.removeSupplier'> {
  const { name } = requireSupplier(journal.db, supplierId);
  const { commandId } = journal.run(
    {
      method: 'purchasing.removeSupplier',
      label: `Remove supplier ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const supplier = requireSupplier(scope.db, supplierId);
      if (supplier.open_orders > 0) {
        throw new CodedError(
          'INVALID_STATE',
          `${supplier.name} has ${supplier.open_orders} orders that are not finished; close or cancel them first`,
          { supplierId },
        );
      }
      removeRecord(scope, 'supplier', supplier.rid);
      return {};
    },
  );
  return { commandId };
}

export function saveSupplierItem(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'purchasing.saveItem'>,
  call: InventoryCall,
): Result<'purchasing.saveItem'> {
  const { name } = requireSupplier(journal.db, input.supplierId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.saveItem',
      label: `Change item ${input.code} of supplier ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const supplier = requireSupplier(scope.db, input.supplierId);
      const item = itemOfCode(scope, ports, input.code);
      const breaks = input.breaks?.map(({ from, price }) => ({
        from,
        minor: toMinor(price, supplier.currency, 'price'),
      }));
      const values = {
        code: input.supplierCode,
        pack: input.pack,
        minimum: input.minimum,
        lead_days: input.leadDays,
        weight_g: input.weightG,
        breaks: breaks && JSON.stringify(sortBreaks(breaks)),
      };
      const known = findTerms(scope.db, supplier, item.rid);
      const rid =
        known?.rid ??
        createRecord(scope, ports, 'supplier_item', { supplier_rid: supplier.rid, item_rid: item.rid }).rid;
      writeRecord(scope, 'supplier_item', rid, values);
      const id = scope.db.getComposed<{ id: string }>('SELECT id FROM supplier_item WHERE rid = :rid', {
        rid,
      });
      return { supplierItemId: id?.id ?? '' };
    },
  );
  return { commandId, ...result };
}

export function removeSupplierItem(
  { journal }: InventoryDeps,
  { supplierItemId }: ParsedParams<'purchasing.removeItem'>,
  call: InventoryCall,
): Result<'purchasing.removeItem'> {
  const { commandId } = journal.run(
    {
      method: 'purchasing.removeItem',
      label: 'Remove an item of a supplier',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      removeRecord(scope, 'supplier_item', requireSupplierItem(scope.db, supplierItemId).rid);
      return {};
    },
  );
  return { commandId };
}

export function addSupplierNote(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'purchasing.addNote'>,
  call: InventoryCall,
): Result<'purchasing.addNote'> {
  const { name } = requireSupplier(journal.db, input.supplierId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.addNote',
      label: `Note on supplier ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const supplier = requireSupplier(scope.db, input.supplierId);
      if (input.validUntil && input.validUntil < input.day) {
        throw new CodedError('INVALID_VALUE', 'What was agreed cannot end before its own day', {
          field: 'validUntil',
        });
      }
      const { id } = createRecord(scope, ports, 'supplier_note', {
        supplier_rid: supplier.rid,
        kind: input.kind,
        day: input.day,
        valid_until: input.validUntil ?? null,
        text: input.text,
        saving_minor: toMinor(input.saving ?? null, supplier.currency, 'saving'),
      });
      return { noteId: id };
    },
  );
  return { commandId, ...result };
}

export function removeSupplierNote(
  { journal }: InventoryDeps,
  { noteId }: ParsedParams<'purchasing.removeNote'>,
  call: InventoryCall,
): Result<'purchasing.removeNote'> {
  const { commandId } = journal.run(
    {
      method: 'purchasing.removeNote',
      label: 'Remove a note of a supplier',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      removeRecord(scope, 'supplier_note', requireNote(scope.db, noteId).rid);
      return {};
    },
  );
  return { commandId };
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addLocation, bins, ensureBin, requireLocation } from './places.ts';

/** Places change no stock, so they are made once and stay; an unused one costs nothing. */
export function makeLocation(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.addLocation'>,
  call: InventoryCall,
): Result<'inventory.addLocation'> {
  const { result } = journal.run(
    {
      method: 'inventory.addLocation',
      label: `Add location ${input.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
    },
    (scope) => ({ locationId: addLocation(scope, ports, input.name, input.kind).id }),
  );
  return result;
}

export function makeBin(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.addBin'>,
  call: InventoryCall,
): Result<'inventory.addBin'> {
  const { result } = journal.run(
    {
      method: 'inventory.addBin',
      label: `Add bin ${input.code}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
    },
    (scope) => {
      const location = requireLocation(scope.db, input.locationId);
      const before = bins(scope.db, location.rid).length;
      const binId = ensureBin(scope, ports, location, input.code)?.id ?? '';
      scope.note(bins(scope.db, location.rid).length - before);
      scope.touch('inventory');
      return { binId };
    },
  );
  return result;
}

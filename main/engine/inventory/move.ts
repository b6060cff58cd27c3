import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { post } from './ledger.ts';
import { levels } from './levels.ts';
import {
  itemOfCode,
  requireBin,
  requireLocation,
  type StockBin,
  type StockItem,
  type StockLocation,
} from './places.ts';

/** Moves units between two places of the seller's own: two movements that add up to nothing. */
export function move(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.move'>,
  call: InventoryCall,
): Result<'inventory.move'> {
  const { result, commandId } = journal.run(
    {
      method: 'inventory.move',
      label: `Move ${input.quantity} of ${input.code}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const from = place(scope.db, input.from);
      const to = place(scope.db, input.to);
      if (from.location.rid === to.location.rid && from.bin?.rid === to.bin?.rid) {
        throw new CodedError('INVALID_VALUE', 'The units are there already; choose another bin or location');
      }
      const item = itemOfCode(scope, ports, input.code);
      assertEnough(scope.db, item, from, input.quantity);
      post(scope, addDocument(scope, ports, 'move'), [
        { item, ...from, quantity: -input.quantity, reason: 'move' },
        { item, ...to, quantity: input.quantity, reason: 'move' },
      ]);
      return {};
    },
  );
  void result;
  return { commandId };
}

interface Place {
  readonly location: StockLocation;
  readonly bin: StockBin | null;
}

function place(db: Database, at: { locationId: string; binId: string | null }): Place {
  const location = requireLocation(db, at.locationId);
  if (location.kind === 'transit') {
    throw new CodedError('INVALID_VALUE', 'What is in transit moves by booking the transfer in', {
      locationId: location.id,
    });
  }
  return { location, bin: requireBin(db, location, at.binId) };
}

function assertEnough(db: Database, item: StockItem, { location, bin }: Place, quantity: number): void {
  const there =
    levels(db, item.rid, location.rid).find((level) => level.bin === (bin?.rid ?? 0))?.quantity ?? 0;
  if (there >= quantity) return;
  const where = bin ? `in bin ${bin.code} of ${location.name}` : `without a bin at ${location.name}`;
  throw new CodedError('INVALID_STATE', `${there} of ${item.sku} lie ${where}, not ${quantity}`, {
    sku: item.sku,
    locationId: location.id,
    there,
  });
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { post } from './ledger.ts';
import { assertKept } from './kits.ts';
import { arrivingLot } from './lots.ts';
import { ensureBin, requireLocation } from './places.ts';
import { itemOfScan, singleUnits } from './units.ts';

/** Books goods in: one document, one movement a line, all or nothing. */
export function receive(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.receive'>,
  call: InventoryCall,
): Result<'inventory.receive'> {
  const { result } = journal.run(
    {
      method: 'inventory.receive',
      label: `Receive ${input.lines.reduce((sum, { quantity }) => sum + quantity, 0)} units`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const location = requireLocation(scope.db, input.locationId);
      const document = addDocument(scope, ports, 'receipt', { reference: input.reference });
      const postings = input.lines.map((line) => {
        const found = itemOfScan(scope, ports, line.code);
        assertKept(scope.db, found.item);
        const quantity = found.factor * singleUnits(scope.db, found.item, line.quantity, line.unit);
        return {
          item: found.item,
          location,
          bin: ensureBin(scope, ports, location, line.bin),
          lot: arrivingLot(scope, ports, found.item, { ...line, quantity }),
          quantity,
          reason: 'receipt' as const,
        };
      });
      post(scope, document, postings);
      const units = postings.reduce((sum, { quantity }) => sum + quantity, 0);
      return { commandId: scope.id, documentId: document.id, units };
    },
  );
  return result;
}

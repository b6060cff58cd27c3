import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { post } from './ledger.ts';
import { ensureBin, itemOfCode, requireLocation } from './places.ts';

/** Books goods in: one document, one movement a line, all or nothing. */
export function receive(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.receive'>,
  call: InventoryCall,
): Result<'inventory.receive'> {
  const units = input.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const { result } = journal.run(
    {
      method: 'inventory.receive',
      label: `Receive ${units} units`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const location = requireLocation(scope.db, input.locationId);
      const document = addDocument(scope, ports, 'receipt', { reference: input.reference });
      const postings = input.lines.map(({ code, quantity, bin }) => ({
        item: itemOfCode(scope, ports, code),
        location,
        bin: ensureBin(scope, ports, location, bin),
        quantity,
        reason: 'receipt' as const,
      }));
      post(scope, document, postings);
      return { commandId: scope.id, documentId: document.id, units };
    },
  );
  return result;
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addCostLayer, nextCost } from './cost.ts';
import { addDocument } from './documents.ts';
import { findKit } from './kits.ts';
import { post } from './ledger.ts';
import { onHand, spreadPostings } from './levels.ts';
import { requireItem, requireLocation } from './places.ts';

/**
 * Puts built kits together or takes them apart: what leaves and what comes are
 * movements of one document. Kits cost what their parts cost, first in first
 * out; where a part has no known cost the kit has none either.
 */
export function assemble(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.assemble'>,
  call: InventoryCall,
): Result<'inventory.assemble'> {
  const { sku } = requireItem(journal.db, input.itemId);
  const together = input.direction === 'assemble';
  const { result, commandId } = journal.run(
    {
      method: 'inventory.assemble',
      label: `${together ? 'Assemble' : 'Take apart'} ${input.quantity} of ${sku}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = requireItem(scope.db, input.itemId);
      const location = requireLocation(scope.db, input.locationId);
      const kit = findKit(scope.db, item.rid);
      if (kit?.kind !== 'built') {
        throw new CodedError('INVALID_STATE', `${sku} is no built kit; say which parts it is made of first`, {
          sku,
        });
      }
      if (location.kind === 'transit') {
        throw new CodedError('INVALID_VALUE', 'Kits are put together at a warehouse or a quarantine');
      }
      const parts = kit.parts.map((part) => ({
        item: { rid: part.item, id: part.item_id, sku: part.sku },
        units: part.quantity * input.quantity,
      }));
      const needed = together ? parts : [{ item, units: input.quantity }];
      for (const { item: one, units } of needed) {
        const there = onHand(scope.db, one.rid, location.rid);
        if (there < units) {
          throw new CodedError(
            'INVALID_STATE',
            `${there} of ${one.sku} are at ${location.name}, ${units} are needed`,
            { sku: one.sku, there, needed: units },
          );
        }
      }
      const document = addDocument(scope, ports, 'adjustment', { reference: `${input.quantity} × ${sku}` });
      const reason = together ? 'assembly' : 'disassembly';
      const costs = needed.map(({ item: one, units }) => nextCost(scope.db, one.rid, units));
      const known = costs.every((cost) => cost !== null) ? costs.filter((cost) => cost !== null) : [];
      const currencies = new Set(known.map(({ currency }) => currency));
      const [currency] = currencies;
      const cost =
        currency !== undefined && currencies.size === 1
          ? { minor: known.reduce((sum, one) => sum + one.cost, 0), currency }
          : null;
      const move = (one: (typeof parts)[number]['item'], delta: number): void => {
        post(scope, document, spreadPostings(scope, one, location, delta, { reason }));
      };
      for (const { item: one, units } of needed) move(one, -units);
      if (together) {
        move(item, input.quantity);
        if (cost) {
          addCostLayer(scope, ports, {
            itemRid: item.rid,
            documentRid: document.rid,
            quantity: input.quantity,
            cost: cost.minor,
            currency: cost.currency,
          });
        }
      } else {
        // What comes back stands in the layers that it left: the units there are again the newest ones.
        for (const { item: one, units } of parts) move(one, units);
      }
      return { cost };
    },
  );
  return { commandId, ...result };
}

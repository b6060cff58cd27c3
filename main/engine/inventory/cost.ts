import { costOfNext, layersLeft, type CostLayer } from '#shared/domain/purchasing/cost-layers.ts';
import type { Result } from '#shared/contract/methods.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { createRecord } from './record-log.ts';

const layersOf = sql<{ item: number }, CostLayer & { at: number; reference: string }>(
  `SELECT c.quantity, c.cost_minor AS cost, c.currency, c.created_at_ms AS at, d.reference
   FROM stock_cost_layer c JOIN stock_document d ON d.rid = c.document_rid
   WHERE c.item_rid = :item AND c.removed_at_ms IS NULL ORDER BY c.rid`,
  { hot: true },
);
const heldOf = sql<{ item: number }, { n: number }>(
  'SELECT coalesce(sum(quantity), 0) AS n FROM stock_level WHERE item_rid = :item',
  { hot: true },
);

/** What some units cost that came together; whole minor units of the lot. */
export function addCostLayer(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  layer: CostLayer & { readonly itemRid: number; readonly documentRid: number },
): void {
  createRecord(scope, ports, 'stock_cost_layer', {
    item_rid: layer.itemRid,
    document_rid: layer.documentRid,
    quantity: layer.quantity,
    cost_minor: layer.cost,
    currency: layer.currency,
  });
}

/** Units of the item anywhere, on their way too. */
function held(db: Database, itemRid: number): number {
  return db.get(heldOf, { item: itemRid })?.n ?? 0;
}

/** Cost of the next units that leave, first in first out; null where it is not known. */
export function nextCost(
  db: Database,
  itemRid: number,
  quantity: number,
): { readonly cost: number; readonly currency: string } | null {
  return costOfNext(db.all(layersOf, { item: itemRid }), held(db, itemRid), quantity);
}

/** The layers that are still there, oldest first, and the units of which nobody knows the cost. */
export function itemCost(db: Database, itemRid: number): Result<'inventory.item'>['cost'] {
  const layers = db.all(layersOf, { item: itemRid });
  const { left, unknown } = layersLeft(layers, held(db, itemRid));
  return {
    unknownUnits: unknown,
    layers: left.map(({ layer, quantity, cost, currency }) => ({
      quantity,
      costMinor: cost,
      currency,
      at: layers[layer]?.at ?? 0,
      reference: layers[layer]?.reference ?? '',
    })),
  };
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { post } from './ledger.ts';
import { ensureItem, ensureMain, requireLocation } from './places.ts';
import { followFromNow } from './sales-rule.ts';
import { RESERVED_OF_ACCOUNT } from './stock-sql.ts';

const accountById = sql<{ id: string }, { rid: number; name: string }>(
  'SELECT rid, name FROM account WHERE id = :id AND removed_at_ms IS NULL',
);
/**
 * An opening that was undone can be taken again; any other movement makes an
 * item one that the ledger knows; a virtual kit has no stock of its own. One row a SKU. Listings of one account that share a SKU show the same stock,
 * so the largest of their quantities counts, never the sum.
 */
const quantities = sql<{ account: number }, { sku: string; quantity: number; known: number }>(
  `SELECT l.sku, max(l.quantity) AS quantity,
     (max(l.quantity) <= 0 AND EXISTS (SELECT 1 FROM stock_item i WHERE i.sku = l.sku)) OR EXISTS (
       SELECT 1 FROM stock_item i JOIN stock_movement m ON m.item_rid = i.rid JOIN stock_document d ON d.rid = m.document_rid
       WHERE i.sku = l.sku GROUP BY i.rid HAVING sum(m.quantity) <> 0 OR sum(d.kind <> 'opening') > 0) OR EXISTS (
       SELECT 1 FROM stock_item i JOIN stock_kit_leaf f ON f.item_rid = i.rid WHERE i.sku = l.sku) AS known
   FROM listing l WHERE l.account_rid = :account AND l.removed_at_ms IS NULL AND l.sku IS NOT NULL AND l.sku <> '' AND l.quantity IS NOT NULL
   GROUP BY l.sku ORDER BY l.sku`,
);
/** Shops take an order's units off what they show; until it ships they are still on the shelf. */
const sold = sql<{ account: number }, { sku: string | null; units: number }>(RESERVED_OF_ACCOUNT);
const unusableOf = sql<{ account: number }, { n: number }>(
  `SELECT count(*) AS n FROM listing l WHERE l.account_rid = :account AND l.removed_at_ms IS NULL
     AND (l.sku IS NULL OR l.sku = '' OR l.quantity IS NULL)`,
);

function plan(db: Database, accountId: string) {
  const account = db.get(accountById, { id: accountId });
  if (!account) throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  const rows = db.all(quantities, { account: account.rid });
  const held = new Map(db.all(sold, { account: account.rid }).map(({ sku, units }) => [sku, units]));
  const fresh = rows
    .filter(({ known }) => known === 0)
    .map(({ sku, quantity }) => ({ sku, quantity: Math.max(0, quantity + (held.get(sku) ?? 0)) }));
  return {
    account,
    fresh,
    counts: {
      items: fresh.length,
      units: fresh.reduce((sum, { quantity }) => sum + quantity, 0),
      known: rows.length - fresh.length,
      unusable: db.get(unusableOf, { account: account.rid })?.n ?? 0,
    },
  };
}

export function openingPreview(db: Database, accountId: string): Result<'inventory.openingPreview'> {
  return plan(db, accountId).counts;
}

/**
 * Opening stock from what an account's listings show. Items that the ledger
 * knows keep what it says: two shops that sell the same SKU show the same
 * units. What open orders of the account still need is on the shelf beside
 * what the shop shows. What is below 0 even then (oversold) opens at 0.
 */
export function takeOpening(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.takeOpening'>,
  call: InventoryCall,
): Result<'inventory.takeOpening'> {
  const { account } = plan(journal.db, input.accountId);
  const { result } = journal.run(
    {
      method: 'inventory.takeOpening',
      label: `Opening stock from ${account.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const { fresh, counts } = plan(scope.db, input.accountId);
      if (fresh.length === 0) return { commandId: null, ...counts };
      const location = input.locationId
        ? requireLocation(scope.db, input.locationId)
        : ensureMain(scope, ports);
      if (location.kind === 'transit') {
        throw new CodedError('INVALID_VALUE', 'Opening stock lies at a warehouse or in quarantine');
      }
      const document = addDocument(scope, ports, 'opening', { reference: account.name });
      const postings = fresh.map(({ sku, quantity }) => ({
        item: ensureItem(scope, ports, sku),
        location,
        bin: null,
        quantity,
        reason: 'opening' as const,
      }));
      if (post(scope, document, postings) === 0) scope.note(1);
      // From here on the ledger stands for the shop: what it ships by itself has to be in it.
      followFromNow(scope, ports, account.rid);
      scope.touch('inventory');
      return { commandId: scope.id, ...counts };
    },
  );
  return result;
}

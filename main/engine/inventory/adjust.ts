import type { Rejection } from '#shared/contract/common.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { findKit } from './kits.ts';
import { post, type Posting } from './ledger.ts';
import { onHand, spreadPostings } from './levels.ts';
import { locations, requireItem } from './places.ts';

const MAX_UNITS = 100_000_000;
const MAX_REJECTIONS = 1_000;

type Change = ParsedParams<'inventory.adjust'>['changes'][number];

/** Sets what is on hand at places. A place named twice takes the last value; what cannot be set is named. */
export function adjust(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.adjust'>,
  call: InventoryCall,
): Result<'inventory.adjust'> {
  const changes = new Map(
    input.changes.map((change) => [`${change.itemId} ${change.locationId}`, change] as const),
  );
  const { result } = journal.run(
    {
      method: 'inventory.adjust',
      label: input.label ?? 'Adjust stock',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope): Result<'inventory.adjust'> => {
      const places = new Map(locations(scope.db).map((location) => [location.id, location]));
      const rejected: Rejection[] = [];
      const postings: Posting[] = [];
      let applied = 0;
      let unchanged = 0;
      let rejectedTotal = 0;
      for (const change of changes.values()) {
        const location = places.get(change.locationId);
        const virtual =
          location && findKit(scope.db, requireItem(scope.db, change.itemId).rid)?.kind === 'virtual';
        const problem = problemOf(change, location?.kind ?? null, virtual ?? false);
        if (problem || !location) {
          rejectedTotal += 1;
          if (problem && rejected.length < MAX_REJECTIONS) rejected.push(problem);
          continue;
        }
        const item = requireItem(scope.db, change.itemId);
        const delta = change.onHand - onHand(scope.db, item.rid, location.rid);
        if (delta === 0) unchanged += 1;
        else {
          applied += 1;
          postings.push(
            ...spreadPostings(scope, item, location, delta, { reason: input.reason, note: input.note }),
          );
        }
      }
      if (postings.length > 0) post(scope, addDocument(scope, ports, 'adjustment'), postings);
      return { commandId: applied > 0 ? scope.id : null, applied, unchanged, rejected, rejectedTotal };
    },
  );
  return result;
}

function problemOf(change: Change, kind: string | null, virtual: boolean): Rejection | null {
  const refuse = (code: string, message: string): Rejection => ({
    listingId: change.itemId,
    field: change.locationId,
    code,
    message,
  });
  if (kind === null) return refuse('NOT_FOUND', `There is no location ${change.locationId}`);
  if (kind === 'transit') {
    return refuse('READ_ONLY_FIELD', 'What is in transit changes by booking the transfer in');
  }
  if (virtual) {
    return refuse('READ_ONLY_FIELD', 'A virtual kit has no stock of its own; change its parts');
  }
  if (!Number.isInteger(change.onHand)) return refuse('INVALID_VALUE', 'Stock is a whole number');
  if (change.onHand < 0) return refuse('OUT_OF_RANGE', 'Stock cannot be set below 0');
  if (change.onHand > MAX_UNITS) return refuse('OUT_OF_RANGE', `Stock cannot be more than ${MAX_UNITS}`);
  return null;
}

import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { anyLocation, bins, locations, mainLocation } from './places.ts';
import { writeRecord } from './record-log.ts';

const unitsAt = sql<{ location: number; bin: number | null }, { n: number }>(
  `SELECT coalesce(sum(abs(quantity)), 0) AS n FROM stock_level
   WHERE location_rid = :location AND (:bin IS NULL OR bin_rid = :bin)`,
  { hot: true },
);
const waitingFor = sql<{ location: number }, { orders: number; counts: number }>(
  `SELECT
     (SELECT count(*) FROM purchase_order WHERE location_rid = :location AND stage IN ('draft', 'sent', 'confirmed') AND removed_at_ms IS NULL) AS orders,
     (SELECT count(*) FROM stock_count WHERE location_rid = :location AND finished_at_ms IS NULL) AS counts`,
);
const binById = sql<{ id: string }, { rid: number; code: string; location_rid: number }>(
  'SELECT rid, code, location_rid FROM stock_bin WHERE id = :id',
  { hot: true },
);

export function editLocation(
  { journal }: InventoryDeps,
  input: ParsedParams<'inventory.editLocation'>,
  call: InventoryCall,
): Result<'inventory.editLocation'> {
  const { name } = anyLocation(journal.db, input.locationId);
  const { commandId } = journal.run(
    {
      method: 'inventory.editLocation',
      label: labelOf(input, name),
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const location = anyLocation(scope.db, input.locationId);
      const wanted = input.name;
      if (wanted !== undefined) {
        const taken = locations(scope.db).some(
          (other) => other.rid !== location.rid && other.name.toLowerCase() === wanted.toLowerCase(),
        );
        if (taken) {
          throw new CodedError('INVALID_VALUE', `There is a location called "${wanted}" already`, {
            name: wanted,
          });
        }
      }
      if (input.archived === true) assertUnused(scope.db, location);
      writeRecord(scope, 'stock_location', location.rid, {
        name: wanted,
        archived_at_ms: input.archived === undefined ? undefined : input.archived ? scope.atMs : null,
      });
      return {};
    },
  );
  return { commandId };
}

function labelOf(input: { name?: string | undefined; archived?: boolean | undefined }, name: string): string {
  if (input.name !== undefined && input.name !== name) return `Rename place ${name} to ${input.name}`;
  return input.archived === false ? `Take place ${name} back into use` : `Archive place ${name}`;
}

function assertUnused(db: Database, location: { rid: number; name: string; kind: string }): void {
  const refuse = (why: string): never => {
    throw new CodedError('INVALID_STATE', `${location.name} cannot be archived: ${why}`, {
      location: location.name,
    });
  };
  if (location.kind === 'transit') refuse('it is the place for what is on its way');
  const others = locations(db).filter(
    (other) => other.kind === 'warehouse' && other.archived_at_ms === null && other.rid !== location.rid,
  );
  if (mainLocation(db)?.rid === location.rid && others.length === 0) {
    refuse('orders ship from it, and there is no other warehouse');
  }
  if ((db.get(unitsAt, { location: location.rid, bin: null })?.n ?? 0) > 0) {
    refuse('units are booked there; move them or count them away first');
  }
  const waiting = db.get(waitingFor, { location: location.rid });
  if ((waiting?.orders ?? 0) > 0) refuse('purchase orders are to be delivered there');
  if ((waiting?.counts ?? 0) > 0) refuse('a count of it is open');
}

export function editBin(
  { journal }: InventoryDeps,
  input: ParsedParams<'inventory.editBin'>,
  call: InventoryCall,
): Result<'inventory.editBin'> {
  const { code } = requireAnyBin(journal.db, input.binId);
  const { commandId } = journal.run(
    {
      method: 'inventory.editBin',
      label: labelOf({ name: input.code, archived: input.archived }, code),
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const bin = requireAnyBin(scope.db, input.binId);
      const wanted = input.code;
      if (wanted !== undefined) {
        const taken = bins(scope.db, bin.location_rid).some(
          (other) => other.rid !== bin.rid && other.code.toLowerCase() === wanted.toLowerCase(),
        );
        if (taken) {
          throw new CodedError('INVALID_VALUE', `There is a bin ${wanted} at this location already`, {
            code: wanted,
          });
        }
      }
      const held = scope.db.get(unitsAt, { location: bin.location_rid, bin: bin.rid })?.n ?? 0;
      if (input.archived === true && held > 0) {
        throw new CodedError('INVALID_STATE', `Units are booked in ${bin.code}; move them first`, {
          code: bin.code,
        });
      }
      writeRecord(scope, 'stock_bin', bin.rid, {
        code: wanted,
        archived_at_ms: input.archived === undefined ? undefined : input.archived ? scope.atMs : null,
      });
      return {};
    },
  );
  return { commandId };
}

function requireAnyBin(db: Database, binId: string): { rid: number; code: string; location_rid: number } {
  const bin = db.get(binById, { id: binId });
  if (!bin) throw new CodedError('NOT_FOUND', `There is no bin ${binId}`, { binId });
  return bin;
}

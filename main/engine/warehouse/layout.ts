import { binLayoutSchema } from '#shared/contract/waves.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { DEFAULT_LAYOUT, placeOfBin, type BinLayout } from '#shared/domain/warehouse/bin-place.ts';
import { byCode } from '#shared/domain/warehouse/wave-plan.ts';
import type { Database } from '../db/database.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { bins, mainLocation, requireLocation, type StockLocation } from '../inventory/places.ts';
import { readSetting, writeSetting } from './settings.ts';

const keyOf = (location: Pick<StockLocation, 'id'>): string => `layout.${location.id}`;

/** Where a wave picks: the location that is named, else the first warehouse; null while there is none. */
export function pickLocation(db: Database, locationId: string | undefined): StockLocation | null {
  return locationId === undefined ? mainLocation(db) : requireLocation(db, locationId);
}

export function layoutOf(db: Database, location: StockLocation | null): BinLayout {
  return (location && readSetting(db, keyOf(location), binLayoutSchema)) ?? DEFAULT_LAYOUT;
}

export function readLayout(db: Database, input: ParsedParams<'waves.layout'>): Result<'waves.layout'> {
  const location = pickLocation(db, input.locationId);
  const layout = layoutOf(db, location);
  const codes = location
    ? bins(db, location.rid)
        .filter(({ archived_at_ms: at }) => at === null)
        .map(({ code }) => code)
    : [];
  const offMap = codes.filter((code) => placeOfBin(code, layout) === null).toSorted(byCode);
  return {
    locationId: location?.id ?? null,
    location: location?.name ?? null,
    layout,
    own: location !== null && readSetting(db, keyOf(location), binLayoutSchema) !== null,
    bins: codes.length,
    offMap: offMap.slice(0, 100),
    offMapTotal: offMap.length,
  };
}

export function setLayout(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'waves.setLayout'>,
  call: InventoryCall,
): Result<'waves.setLayout'> {
  const location = requireLocation(journal.db, input.locationId);
  const { commandId } = journal.run(
    {
      method: 'waves.setLayout',
      label: `Set the bin layout of ${location.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      writeSetting(scope, ports, keyOf(location), input.layout);
      return {};
    },
  );
  return { commandId };
}

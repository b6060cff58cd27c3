import type { MethodName } from '#shared/contract/methods.ts';
import { adjust } from '../../inventory/adjust.ts';
import { allocate, allocationPreview } from '../../inventory/allocate.ts';
import { listCounts } from '../../inventory/count-store.ts';
import { finishCount, getCount, recordCount, startCount } from '../../inventory/counts.ts';
import { ledgerOf, listLocations } from '../../inventory/ledger-query.ts';
import { makeBin, makeLocation } from '../../inventory/make-places.ts';
import { move } from '../../inventory/move.ts';
import { openingPreview, takeOpening } from '../../inventory/opening.ts';
import { receive } from '../../inventory/receive.ts';
import { rules, setRule } from '../../inventory/rules.ts';
import { openStock, stockRows } from '../../inventory/stock-rows.ts';
import { transferIn, transferOut, transfers } from '../../inventory/transfers.ts';
import { verifyLedger } from '../../inventory/verify.ts';
import type { Handlers } from '../handler.ts';

export const inventoryHandlers: Handlers<Extract<MethodName, `inventory.${string}`>> = {
  'inventory.locations': ({ db }) => listLocations(db),
  'inventory.addLocation': (engine, input, call) => makeLocation(engine, input, call),
  'inventory.addBin': (engine, input, call) => makeBin(engine, input, call),
  'inventory.open': ({ db, bus }, input) => openStock(db, input, bus.rev),
  'inventory.rows': ({ db }, { rids }) => ({ rows: stockRows(db, rids) }),
  'inventory.ledger': ({ db }, input) => ledgerOf(db, input),
  'inventory.receive': (engine, input, call) => receive(engine, input, call),
  'inventory.adjust': (engine, input, call) => adjust(engine, input, call),
  'inventory.move': (engine, input, call) => move(engine, input, call),
  'inventory.transferOut': (engine, input, call) => transferOut(engine, input, call),
  'inventory.transferIn': (engine, input, call) => transferIn(engine, input, call),
  'inventory.transfers': ({ db }) => transfers(db),
  'inventory.openingPreview': ({ db }, { accountId }) => openingPreview(db, accountId),
  'inventory.takeOpening': (engine, input, call) => takeOpening(engine, input, call),
  'inventory.counts': ({ db }) => listCounts(db),
  'inventory.startCount': (engine, input, call) => startCount(engine, input, call),
  'inventory.recordCount': (engine, input, call) => recordCount(engine, input, call),
  'inventory.getCount': ({ db }, { countId }) => getCount(db, countId),
  'inventory.finishCount': (engine, input, call) => finishCount(engine, input, call),
  'inventory.rules': ({ db }) => rules(db),
  'inventory.setRule': (engine, input, call) => setRule(engine, input, call),
  'inventory.allocationPreview': ({ db, ports }, input) => allocationPreview(db, input, ports.clock.now()),
  'inventory.allocate': (engine, input, call) => allocate(engine, input, call, engine.ports.clock.now()),
  'inventory.verify': ({ db }) => verifyLedger(db),
};

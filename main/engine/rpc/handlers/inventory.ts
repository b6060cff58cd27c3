import type { MethodName } from '#shared/contract/methods.ts';
import { adjust } from '../../inventory/adjust.ts';
import { allocate, allocationPreview } from '../../inventory/allocate.ts';
import { assemble } from '../../inventory/assemble.ts';
import { listCounts } from '../../inventory/count-store.ts';
import { finishCount, getCount, recordCount, startCount } from '../../inventory/counts.ts';
import { editBin, editLocation } from '../../inventory/edit-places.ts';
import { expiry, getItem } from '../../inventory/item-detail.ts';
import { saveKit } from '../../inventory/kits.ts';
import { ledgerOf, listLocations } from '../../inventory/ledger-query.ts';
import { assignLot, changeLot, setTracking } from '../../inventory/lot-commands.ts';
import { makeBin, makeLocation } from '../../inventory/make-places.ts';
import { move } from '../../inventory/move.ts';
import { openingPreview, takeOpening } from '../../inventory/opening.ts';
import { receive } from '../../inventory/receive.ts';
import { rules, setRule } from '../../inventory/rules.ts';
import { openStock, stockRows } from '../../inventory/stock-rows.ts';
import { closeTransfer, transferHistory } from '../../inventory/transfer-detail.ts';
import { transferIn, transferOut, transfers } from '../../inventory/transfers.ts';
import { saveUnit } from '../../inventory/units.ts';
import { verifyLedger } from '../../inventory/verify.ts';
import type { Handlers } from '../handler.ts';

export const inventoryHandlers: Handlers<Extract<MethodName, `inventory.${string}`>> = {
  'inventory.locations': ({ db }, input) => listLocations(db, input),
  'inventory.addLocation': (engine, input, call) => makeLocation(engine, input, call),
  'inventory.addBin': (engine, input, call) => makeBin(engine, input, call),
  'inventory.open': ({ db, bus, ports }, input) => openStock(db, input, bus.rev, ports.clock.now()),
  'inventory.rows': ({ db, ports }, { rids }) => ({ rows: stockRows(db, rids, ports.clock.now()) }),
  'inventory.ledger': ({ db }, input) => ledgerOf(db, input),
  'inventory.receive': (engine, input, call) => receive(engine, input, call),
  'inventory.adjust': (engine, input, call) => adjust(engine, input, call),
  'inventory.move': (engine, input, call) => move(engine, input, call),
  'inventory.transferOut': (engine, input, call) => transferOut(engine, input, call),
  'inventory.transferIn': (engine, input, call) => transferIn(engine, input, call),
  'inventory.transfers': ({ db }) => transfers(db),
  'inventory.transferHistory': ({ db }, input) => transferHistory(db, input),
  'inventory.closeTransfer': (engine, input, call) => closeTransfer(engine, input, call),
  'inventory.editLocation': (engine, input, call) => editLocation(engine, input, call),
  'inventory.editBin': (engine, input, call) => editBin(engine, input, call),
  'inventory.item': ({ db, ports }, input) => getItem(db, input, ports.clock.now()),
  'inventory.saveUnit': (engine, input, call) => saveUnit(engine, input, call),
  'inventory.setTracking': (engine, input, call) => setTracking(engine, input, call),
  'inventory.expiry': ({ db, ports }, input) => expiry(db, input, ports.clock.now()),
  'inventory.changeLot': (engine, input, call) => changeLot(engine, input, call),
  'inventory.assignLot': (engine, input, call) => assignLot(engine, input, call),
  'inventory.saveKit': (engine, input, call) => saveKit(engine, input, call),
  'inventory.assemble': (engine, input, call) => assemble(engine, input, call),
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

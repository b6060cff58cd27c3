import type { MethodName } from '#shared/contract/methods.ts';
import { CsvTarget } from '../../jobs/export/csv-target.ts';
import { editLines } from '../../purchasing/order-lines.ts';
import { orderCsv, orderDocument } from '../../purchasing/order-document.ts';
import { getOrder, listOrders } from '../../purchasing/order-store.ts';
import { createOrder, editOrder, shortClose, stepOrder } from '../../purchasing/orders.ts';
import { receiveOrder } from '../../purchasing/receive-order.ts';
import { alerts, getSupplier } from '../../purchasing/supplier-detail.ts';
import { anySupplier, listSuppliers } from '../../purchasing/supplier-store.ts';
import {
  addSupplierNote,
  removeSupplier,
  removeSupplierItem,
  removeSupplierNote,
  saveSupplier,
  saveSupplierItem,
} from '../../purchasing/suppliers.ts';
import type { Handlers } from '../handler.ts';

export const purchasingHandlers: Handlers<Extract<MethodName, `purchasing.${string}`>> = {
  'purchasing.suppliers': ({ db }, input) => listSuppliers(db, input),
  'purchasing.supplier': ({ db, ports }, input) => getSupplier(db, input, ports.clock.now()),
  'purchasing.saveSupplier': (engine, input, call) => saveSupplier(engine, input, call),
  'purchasing.removeSupplier': (engine, input, call) => removeSupplier(engine, input, call),
  'purchasing.saveItem': (engine, input, call) => saveSupplierItem(engine, input, call),
  'purchasing.removeItem': (engine, input, call) => removeSupplierItem(engine, input, call),
  'purchasing.addNote': (engine, input, call) => addSupplierNote(engine, input, call),
  'purchasing.removeNote': (engine, input, call) => removeSupplierNote(engine, input, call),
  'purchasing.alerts': ({ db, ports }, input) => alerts(db, input, ports.clock.now()),
  'purchasing.orders': ({ db }, input) => listOrders(db, input),
  'purchasing.order': ({ db }, { orderId }) => getOrder(db, orderId),
  'purchasing.createOrder': (engine, input, call) => createOrder(engine, input, call),
  'purchasing.editOrder': (engine, input, call) => editOrder(engine, input, call),
  'purchasing.editLines': (engine, input, call) => editLines(engine, input, call),
  'purchasing.step': (engine, input, call) => stepOrder(engine, input, call),
  'purchasing.shortClose': (engine, input, call) => shortClose(engine, input, call),
  'purchasing.receive': (engine, input, call) => receiveOrder(engine, input, call),
  'purchasing.document': ({ db }, { orderId, locale }) => {
    const detail = getOrder(db, orderId);
    return orderDocument(detail, anySupplier(db, detail.order.supplierId), locale ?? 'en');
  },
  'purchasing.export': async ({ db, ports }, { orderId, file }) => {
    const detail = getOrder(db, orderId);
    const target = await CsvTarget.open(file, ports.newId());
    try {
      await target.write(orderCsv(detail));
      return { file, rows: detail.lines.length, bytes: await target.finish() };
    } catch (error) {
      throw await target.discard(error);
    }
  },
};

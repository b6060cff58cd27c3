import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import type {
  ListingPush,
  ListingRef,
  RemoteOrder,
  RemoteProduct,
  ShipmentPush,
} from '../channels/contract.ts';
import { describeOrderActions } from './order-actions-suite.ts';
import { readOrders, SUITE_FAULTS, type SuiteShop } from './suite-shop.ts';

const MANY = 2_000;

/** What every connector has to keep to, whichever channel it speaks to. */
export function describeConnector(name: string, open: () => Promise<SuiteShop>): void {
  describe(`${name}: the contract of connectors`, () => {
    let shop: SuiteShop;
    beforeEach(async () => {
      shop = await open();
    });
    afterEach(() => shop.close());

    describe('pull', () => {
      it('reads every listing and order once', async () => {
        const products = await readAll(shop, null);
        expect(countListings(products.records)).toBe(shop.listings());
        expect(new Set(products.records.map((product) => product.externalId)).size).toBe(
          products.records.length,
        );
        expect(products.quarantined).toEqual([]);
        const orders = await readOrders(shop);
        expect(new Set(orders.map((order) => order.externalId)).size).toBe(shop.orders());
      });

      it('finds what changed since, and says nothing new after that', async () => {
        const first = await readAll(shop, null);
        const ref = refAt(shop, 0);
        shop.setPrice(ref, 98_700);
        const second = await readAll(shop, first.cursor);
        const found = second.records.find((product) => product.externalId === ref.productExternalId);
        expect(found?.variants.some((variant) => variant.fields.price === 98_700)).toBe(true);
        // The overlap may deliver a few again, never all.
        expect(second.records.length).toBeLessThan(first.records.length);
      });

      it('shows a deletion in the ids that exist', async () => {
        const ref = refAt(shop, 1);
        expect(await readIds(shop)).toContain(ref.productExternalId);
        shop.remove(ref.productExternalId);
        expect(await readIds(shop)).not.toContain(ref.productExternalId);
      });

      it('sets an unreadable record aside with its reason and reads the others', async () => {
        const ref = refAt(shop, 2);
        shop.spoil(ref.productExternalId);
        const { records, quarantined } = await readAll(shop, null);
        expect(quarantined.map((poison) => poison.externalId)).toEqual([ref.productExternalId]);
        expect(quarantined[0]?.reason).not.toBe('');
        expect(quarantined[0]?.raw).not.toBe('');
        expect(records.some((product) => product.externalId === ref.productExternalId)).toBe(false);
        expect(records.length).toBeGreaterThan(3);
      });

      it.each(SUITE_FAULTS)('after %s it says so and goes on where it was', async (fault) => {
        shop.fault(fault, 'read');
        const { records, errors } = await readAll(shop, null);
        const code = fault === 'rate-limit' ? 'CHANNEL_RATE' : 'CHANNEL_TRANSIENT';
        expect(errors.map((error) => [error.code, error.retryable])).toEqual([[code, true]]);
        expect(countListings(records)).toBe(shop.listings());
      });

      it.each(SUITE_FAULTS)('%s in the middle of a page loses and repeats nothing', async (fault) => {
        shop.fault(fault, 'read', { skip: 3, times: 3 });
        const { records } = await readAll(shop, null);
        expect(countListings(records)).toBe(shop.listings());
        expect(new Set(records.map((product) => product.externalId)).size).toBe(records.length);
      });

      it.each(['duplicate-page', 'reordered-page'] as const)('a %s loses nothing', async (how) => {
        shop.scramble(how);
        const { records } = await readAll(shop, null);
        expect(countListings(latest(records))).toBe(shop.listings());
      });
    });

    describe('push', () => {
      it('sends what changed, and reads the same back', async () => {
        const refs = shop.refs().slice(0, 6);
        const results = await shop.connector.pushListings(shop.context, prices(refs, 91_000));
        expect(results.map((result) => result.outcome)).toEqual(refs.map(() => 'accepted'));
        expect(refs.map((ref) => shop.priceOf(ref))).toEqual(refs.map((_ref, index) => 91_000 + index));
        const read = await shop.connector.readListings(shop.context, refs);
        const shown = new Set(read.map((row) => row.fields.price));
        expect(shown).toEqual(new Set(refs.map((_ref, index) => 91_000 + index)));
      });

      it('answers for each op when some of them are refused', async () => {
        const refs = shop.refs().slice(0, 4);
        const bad = refAt(shop, 1);
        const ops = prices(refs, 92_000).map((op) =>
          sameRef(op.ref, bad) ? { ...op, fields: shop.refused(bad) } : op,
        );
        const results = await shop.connector.pushListings(shop.context, ops);
        expect(results.map((result) => result.opId).toSorted()).toEqual(ops.map((op) => op.opId).toSorted());
        for (const result of results) {
          expect(result.outcome).toBe(result.opId === '1' ? 'rejected' : 'accepted');
        }
        expect(shop.priceOf(refAt(shop, 0))).toBe(92_000);
        expect(shop.priceOf(refAt(shop, 3))).toBe(92_003);
      });

      it('says that a listing is gone', async () => {
        const ref = refAt(shop, 1);
        shop.remove(ref.productExternalId);
        const others = shop.refs().filter((other) => other.productExternalId !== ref.productExternalId);
        const ops = prices([ref, ...others.slice(0, 2)], 93_000);
        const results = await shop.connector.pushListings(shop.context, ops);
        const gone = results.find((result) => result.opId === '0');
        expect(gone).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
        expect(await shop.connector.readListings(shop.context, [ref])).toEqual([]);
      });

      it.each(SUITE_FAULTS)('after %s each price arrives and is written once', async (fault) => {
        shop.fault(fault, 'write');
        const refs = shop.refs().slice(0, 5);
        await pushUntilSettled(shop, prices(refs, 94_000));
        expect(refs.map((ref) => shop.priceOf(ref))).toEqual(refs.map((_ref, index) => 94_000 + index));
        expect(refs.map((ref) => shop.writesOf(ref))).toEqual(refs.map(() => 1));
      });
    });

    describe('shipments', () => {
      it.each(['nothing', ...SUITE_FAULTS] as const)('after %s the customer is told once', async (fault) => {
        const order = (await readOrders(shop)).find((candidate) => candidate.disposition === null);
        if (!order) throw new Error('The shop has no order to ship');
        const shipment = shipmentOf(order);
        // Each of the writes of a shipment is hit in turn.
        for (const skip of [0, 1]) if (fault !== 'nothing') shop.fault(fault, 'write', { skip });
        for (let attempt = 0; attempt < 6; attempt += 1) await tryShipment(shop, shipment);
        expect(await shop.connector.verifyShipment(shop.context, shipment)).toMatchObject({
          confirmed: true,
        });
        expect(shop.shipped(order.externalId, shipment.tracking)).toEqual({ done: true, told: 1 });
      });
    });

    describeOrderActions(() => shop);

    it('refused keys are an error of the account', async () => {
      const failure = await codedFailure(shop.connector.probe(shop.strangerContext));
      expect([failure.code, failure.retryable]).toEqual(['CHANNEL_AUTH', false]);
      const read = await codedFailure(shop.connector.pullProducts(shop.strangerContext, null));
      expect(read.code).toBe('CHANNEL_AUTH');
    });

    it('says what the shop is', async () => {
      expect(await shop.connector.probe(shop.context)).toMatchObject({ currency: shop.context.currency });
    });
  });
}

function refAt(shop: SuiteShop, index: number): ListingRef {
  const ref = shop.refs()[index];
  if (!ref) throw new Error(`The shop has no listing ${index}`);
  return ref;
}

function sameRef(a: ListingRef, b: ListingRef): boolean {
  return a.productExternalId === b.productExternalId && a.variantExternalId === b.variantExternalId;
}

function prices(refs: readonly ListingRef[], from: number): ListingPush[] {
  return refs.map((ref, index) => ({
    opId: String(index),
    ref,
    currency: 'EUR',
    fields: { price: from + index },
  }));
}

interface Read {
  readonly records: RemoteProduct[];
  readonly quarantined: { externalId: string | null; reason: string; raw: string }[];
  readonly cursor: string;
  readonly errors: CodedError[];
}

/** Reads to the end; a failed page is asked for again with the cursor that was stored last. */
async function readAll(shop: SuiteShop, from: string | null): Promise<Read> {
  const records: RemoteProduct[] = [];
  const quarantined: Read['quarantined'] = [];
  const errors: CodedError[] = [];
  let cursor = from;
  for (let page = 0; page < MANY; page += 1) {
    try {
      const answer = await shop.connector.pullProducts(shop.context, cursor);
      records.push(...answer.products);
      quarantined.push(...answer.quarantined);
      cursor = answer.cursor;
      if (answer.done) return { records, quarantined, cursor, errors };
    } catch (error) {
      if (!(error instanceof CodedError) || errors.length > 20) throw error;
      errors.push(error);
    }
  }
  throw new Error('Reading does not come to an end');
}

async function readIds(shop: SuiteShop): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MANY; page += 1) {
    const answer = await shop.connector.pullIds(shop.context, cursor);
    ids.push(...answer.products.map((product) => product.externalId));
    if (answer.done) return ids;
    cursor = answer.cursor;
  }
  throw new Error('Reading does not come to an end');
}

function latest(products: readonly RemoteProduct[]): RemoteProduct[] {
  return [...new Map(products.map((product) => [product.externalId, product])).values()];
}

function countListings(products: readonly RemoteProduct[]): number {
  return products.reduce((sum, product) => sum + product.variants.length, 0);
}

/** As the engine does it: what may have been applied is read before it is sent again. */
async function pushUntilSettled(shop: SuiteShop, ops: readonly ListingPush[]): Promise<void> {
  let open = [...ops];
  for (let attempt = 0; attempt < 6 && open.length > 0; attempt += 1) {
    const read = await shop.connector.readListings(
      shop.context,
      open.map((op) => op.ref),
    );
    open = open.filter((op) => {
      const now = read.find((row) => sameRef(row.ref, op.ref));
      return now?.fields.price !== op.fields.price;
    });
    if (open.length === 0) return;
    try {
      const results = await shop.connector.pushListings(shop.context, open);
      expect(results.filter((result) => result.outcome === 'rejected')).toEqual([]);
    } catch (error) {
      if (!(error instanceof CodedError) || !error.retryable) throw error;
    }
  }
  expect(open).toEqual([]);
}

function shipmentOf(order: RemoteOrder): ShipmentPush {
  return {
    opId: 'ship',
    shipmentId: '01a20f00-0000-7000-8000-000000000001',
    orderExternalId: order.externalId,
    carrier: 'DHL',
    tracking: '00340434161094021501',
    shippedAtMs: order.placedAtMs + 3_600_000,
    lines: order.lines.map(({ externalId, quantity }) => ({ externalId, quantity })),
    complete: true,
  };
}

async function tryShipment(shop: SuiteShop, shipment: ShipmentPush): Promise<void> {
  try {
    const result = await shop.connector.pushShipment(shop.context, shipment);
    expect(result.outcome).not.toBe('rejected');
  } catch (error) {
    if (!(error instanceof CodedError) || !error.retryable) throw error;
  }
}

async function codedFailure(work: Promise<unknown>): Promise<CodedError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  throw new Error('The call was expected to fail');
}

import {
  LISTING_FIELD_NAMES,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type {
  ChannelConnector,
  FieldValues,
  ListingPush,
  ListingRef,
  OrderPage,
  PushResult,
  ReadListing,
  RemoteProduct,
  ShipmentPush,
} from '../channels/contract.ts';

/** What goes wrong on the next call of `push` or `read`. */
export type FakeFault =
  | 'rate'
  | 'drop-before'
  | 'drop-after'
  | 'refuse-price'
  | 'coerce'
  | 'partial'
  | 'auth';

interface FakeProduct {
  readonly externalId: string;
  fields: FieldValues;
  modifiedAtMs: number;
}

/** A shop in memory that behaves like a channel without locks: late answers, half successes, silent coercions. */
export class FakeShop implements ChannelConnector {
  readonly platform: ChannelConnector['platform'];
  readonly credentialKeys: readonly string[] = [];
  readonly capabilities = {
    writable: new Set<ListingFieldName>(LISTING_FIELD_NAMES),
    maxBatch: 50,
    maxRead: 50,
    overlapMs: 0,
    limits: [],
  };
  readonly products = new Map<string, FakeProduct>();
  readonly pushFaults: FakeFault[] = [];
  readonly readFaults: FakeFault[] = [];
  /** Every value that was applied, in order. */
  readonly applied: { id: string; field: string; value: StoredValue }[] = [];
  readonly shipments: string[] = [];
  private tick = 1;

  constructor(platform: ChannelConnector['platform'] = 'woocommerce') {
    this.platform = platform;
  }

  add(externalId: string, fields: FieldValues): void {
    this.products.set(externalId, { externalId, fields, modifiedAtMs: this.tick });
    this.tick += 1;
  }

  /** Somebody edits in the shop itself. */
  edit(externalId: string, fields: FieldValues): void {
    const product = this.products.get(externalId);
    if (!product) throw new Error(`No product ${externalId}`);
    product.fields = { ...product.fields, ...fields };
    product.modifiedAtMs = this.tick;
    this.tick += 1;
  }

  value(externalId: string, field: ListingFieldName): StoredValue {
    return this.products.get(externalId)?.fields[field] ?? null;
  }

  async probe(): Promise<{ version: string; currency: string; timeZone: string; canWrite: boolean }> {
    return { version: '1', currency: 'EUR', timeZone: 'UTC', canWrite: true };
  }

  async pullProducts(): Promise<{
    products: RemoteProduct[];
    quarantined: [];
    cursor: string;
    done: boolean;
    total: number;
  }> {
    this.fail(this.readFaults.shift());
    const products = [...this.products.values()].map((product): RemoteProduct => ({
      externalId: product.externalId,
      kind: 'simple',
      url: null,
      fields: product.fields,
      variants: [{ externalId: null, variant: '', fields: product.fields, raw: '{}' }],
      modifiedAtMs: product.modifiedAtMs,
      raw: '{}',
    }));
    return { products, quarantined: [], cursor: String(this.tick), done: true, total: products.length };
  }

  async pullOrders(_context?: unknown, _cursor?: string | null): Promise<OrderPage> {
    return { orders: [], quarantined: [], cursor: String(this.tick), done: true, total: 0 };
  }

  async pullIds(): Promise<{
    products: { externalId: string; variants: string[] }[];
    cursor: string;
    done: boolean;
  }> {
    return {
      products: [...this.products.keys()].map((externalId) => ({ externalId, variants: [] })),
      cursor: '',
      done: true,
    };
  }

  async readListings(_context: unknown, refs: readonly ListingRef[]): Promise<ReadListing[]> {
    this.fail(this.readFaults.shift());
    return refs.flatMap((ref) => {
      const product = this.products.get(ref.productExternalId);
      return product ? [{ ref, fields: { ...product.fields }, modifiedAtMs: product.modifiedAtMs }] : [];
    });
  }

  async pushListings(_context: unknown, ops: readonly ListingPush[]): Promise<PushResult[]> {
    const fault = this.pushFaults.shift();
    if (fault !== 'drop-after') this.fail(fault);
    const results = ops.map((op, index): PushResult => {
      if (fault === 'partial' && index % 2 === 1) {
        return { opId: op.opId, outcome: 'retry', code: 'CHANNEL_TRANSIENT', message: 'busy', field: null };
      }
      if (fault === 'refuse-price' && op.fields.price !== undefined) {
        return {
          opId: op.opId,
          outcome: 'rejected',
          code: 'bad_price',
          message: 'no such price',
          field: 'price',
        };
      }
      for (const [field, value] of Object.entries(op.fields)) {
        const stored = fault === 'coerce' && typeof value === 'number' ? value * 100 : value;
        this.applied.push({ id: op.ref.productExternalId, field, value: stored });
        this.edit(op.ref.productExternalId, { [field]: stored });
      }
      return { opId: op.opId, outcome: 'accepted' };
    });
    if (fault === 'drop-after') this.fail(fault);
    return results;
  }

  async pushShipment(_context: unknown, shipment: ShipmentPush): Promise<PushResult> {
    const fault = this.pushFaults.shift();
    if (fault !== 'drop-after') this.fail(fault);
    if (!this.shipments.includes(shipment.shipmentId)) this.shipments.push(shipment.shipmentId);
    if (fault === 'drop-after') this.fail(fault);
    return { opId: shipment.opId, outcome: 'accepted' };
  }

  async verifyShipment(
    _context: unknown,
    shipment: ShipmentPush,
  ): Promise<{ confirmed: boolean; detail: string }> {
    return { confirmed: this.shipments.includes(shipment.shipmentId), detail: 'looked' };
  }

  private fail(fault: FakeFault | undefined): void {
    const retryable = { retryable: true };
    if (fault === 'rate')
      throw new CodedError('CHANNEL_RATE', 'slow down', { retryAfterMs: 1_000, applied: 'no' }, retryable);
    if (fault === 'drop-before')
      throw new CodedError('CHANNEL_TRANSIENT', 'no connection', { applied: 'no' }, retryable);
    if (fault === 'drop-after')
      throw new CodedError('CHANNEL_TRANSIENT', 'no answer', { applied: 'unknown' }, retryable);
    if (fault === 'auth') throw new CodedError('CHANNEL_AUTH', 'keys refused', { applied: 'no' });
  }
}

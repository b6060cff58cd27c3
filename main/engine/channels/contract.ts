import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import type { BlockedState } from '#shared/domain/order-states.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Clock, Fetch, Logger } from '../ports.ts';
import type { BulkListings } from './bulk-listings.ts';
import type { BucketPlan } from './kit/token-bucket.ts';
import type { ListingCreation } from './creation.ts';
import type { MarketData } from './market-data.ts';
import type { OrderActions } from './order-actions.ts';
import type { ListingTranslations } from './translations.ts';

/**
 * What a sales channel has to offer the sync engine. A connector holds no
 * state: accounts, cursors, queues and retries belong to the engine.
 *
 * Failures of a whole call are thrown as CodedError with a CHANNEL_* code:
 * CHANNEL_AUTH (keys refused: pauses this account only), CHANNEL_RATE and
 * CHANNEL_TRANSIENT (retryable; `details.retryAfterMs` when the channel said
 * so; `details.applied: 'unknown'` when a write may have been applied),
 * CHANNEL_INVALID, CHANNEL_GONE, CHANNEL_UNKNOWN. Codes come from status and
 * error codes, never from message text.
 */
export interface ChannelConnector {
  readonly platform: AccountPlatform;
  readonly capabilities: Capabilities;
  /** Names of the credentials an account needs, all non-empty. */
  readonly credentialKeys: readonly string[];
  /**
   * For platforms whose shops share one address: which shop these credentials
   * are for, null when they do not tell. Absent = the address is the shop.
   */
  shopIdentity?(credentials: Readonly<Record<string, string>>): string | null;
  /** Names of credentials that may be left out. */
  readonly optionalCredentialKeys?: readonly string[];
  /** Checks the keys and reads what the shop says about itself. */
  probe(context: ChannelContext): Promise<ShopInfo>;
  /** One page of products changed since the cursor; `cursor` null starts a full read. */
  pullProducts(context: ChannelContext, cursor: string | null): Promise<ProductPage>;
  /** One page of orders changed since the cursor. */
  pullOrders(context: ChannelContext, cursor: string | null): Promise<OrderPage>;
  /** Ids of all products and variants that exist now, a page at a time: what is missing was deleted. */
  pullIds(context: ChannelContext, cursor: string | null): Promise<IdPage>;
  /** Current values of listings. Missing ones are absent from the answer. Used before a write and to verify after it. */
  readListings(context: ChannelContext, refs: readonly ListingRef[]): Promise<ReadListing[]>;
  /** Sends changed fields. One result per op, in any order; partial success is normal. Never throws for one bad op. */
  pushListings(context: ChannelContext, ops: readonly ListingPush[]): Promise<PushResult[]>;
  /**
   * Confirms a shipment on the channel. Idempotent: it looks first and does
   * only what is missing, so a call after a crash or time-out repeats nothing.
   */
  pushShipment(context: ChannelContext, shipment: ShipmentPush): Promise<PushResult>;
  /**
   * Whether a value read back stands for the value sent, although it is not the
   * same text (the channel escapes, re-hosts an image, tidies HTML). Absent = only equal values do.
   */
  equivalent?(field: ListingFieldName, sent: StoredValue, read: StoredValue): boolean;
  /**
   * When the keys or the sign-in of this account end by themselves and a person
   * has to renew them, epoch ms; null = never, or nobody knows. Looks only at
   * what is stored, calls nobody.
   */
  expiresAt?(context: ChannelContext): Promise<number | null>;
  /**
   * Begins a sign-in in the person's own browser (kit/loopback-oauth.ts). Absent
   * where keys are entered by hand only.
   */
  signIn?(context: ChannelContext, options: SignInRequest): Promise<BrowserSignIn>;
  /** Whether the shipment is on the channel: status, and note with tracking. */
  verifyShipment(context: ChannelContext, shipment: ShipmentPush): Promise<ShipmentProof>;
  /**
   * What the channel would say to these changes, asked without changing anything.
   * Ops that it would take have no finding. Absent = it cannot be asked.
   */
  tryListings?(context: ChannelContext, ops: readonly ListingPush[]): Promise<TryFinding[]>;
  /** For accounts without access to the API; engines take its connector for the addresses it names. */
  readonly byFiles?: ByFiles;
  /** Nothing reaches the channel by itself: a person carries every change there. */
  readonly byHand?: true;
  /** Many changes as one job of the channel. Absent = single calls are all there is. */
  readonly bulk?: BulkListings;
  /** Prices and visits of its market, and its rules for product types. Absent = it tells neither. */
  readonly marketData?: MarketData;
  /** Listings in other languages. Absent = the channel has one language, or no API for others. */
  readonly translations?: ListingTranslations;
  /** Making new products. Absent = products are made on the channel itself, or by its own import of files. */
  readonly creation?: ListingCreation;
  /** Cancelling and refunding. Absent = the API has neither; `capabilities.limits` says so. */
  readonly orderActions?: OrderActions;
}

/** How a shop is worked with by the tables that it lets people download. */
export interface ByFiles {
  applies(baseUrl: string): boolean;
  /** Which download a header is of; null for any other table. */
  kindOf(header: readonly string[]): 'listings' | 'orders' | null;
  readonly connector: ChannelConnector;
}

/** Rows of cells, the header first. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
}

export interface SignInRequest {
  /** Unguessable, made for this one sign-in. */
  readonly state: string;
  /** What the browser shows at the end, plain texts. */
  readonly pages: { readonly done: string; readonly failed: string };
  /** How long a person may take. */
  readonly timeoutMs: number;
}

export interface BrowserSignIn {
  /** To be opened in the person's browser. */
  readonly address: string;
  /**
   * Resolves when tokens are stored. Rejects with CHANNEL_AUTH when it was
   * refused, TIMEOUT when nobody came back, CANCELLED after `close`.
   */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

export interface Capabilities {
  /** Fields that can be pushed. */
  readonly writable: ReadonlySet<ListingFieldName>;
  /** Entities of one push call at most. */
  readonly maxBatch: number;
  /** Refs of one readListings call at most. */
  readonly maxRead: number;
  /** How far a cursor is moved back at the next incremental read, in ms. */
  readonly overlapMs: number;
  /**
   * For channels that accept a write now and show it later: an accepted op is
   * read back every `pollMs` and counts as not taken only after `giveUpMs`.
   * Absent = what was accepted can be read at once.
   */
  readonly settling?: {
    readonly pollMs: number;
    readonly giveUpMs: number;
    /** An issue of a listing that is still there so long after a change was accepted is about the new value. */
    readonly issuesAfterMs?: number;
  };
  /** Limits (by the name of their bucket) that a publish of listings waits for; absent = all of them. */
  readonly publishLimits?: readonly string[];
  /** What the channel cannot do and why; shown instead of the action. */
  readonly limits: readonly { readonly capability: string; readonly reason: string }[];
}

/** Who calls which shop, with what. */
export interface ChannelContext {
  readonly accountId: string;
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Currency of the shop once known; price texts are parsed in it. */
  readonly currency: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Logger;
  /** Paces the calls of this account; every request takes from it before it goes out. */
  readonly limiter: Limiter;
  /** Access and refresh tokens of this account. */
  readonly tokens: TokenStore;
  /** What a person brought in, for accounts by files: the newest listings, and orders while they are read. */
  readonly files?: {
    readonly listings: { readonly table: Table; readonly atMs: number } | null;
    readonly orders: Table | null;
  };
  random(): number;
  readonly signal?: AbortSignal | undefined;
  /** Told about every finished HTTP exchange (redacted), for the per-op trail and the limiter. */
  onExchange?(exchange: Exchange): void;
}

/**
 * Token buckets of one account, one an operation (or group of operations that
 * share a limit), kept over restarts.
 */
export interface Limiter {
  /**
   * Waits for its turn and takes `cost` (default 1). Throws CHANNEL_RATE with
   * `details.retryAfterMs` instead of waiting longer than `maxWaitMs` (default
   * one minute), CANCELLED when the call was stopped.
   */
  take(operation: string, plan: BucketPlan, options?: { cost?: number; maxWaitMs?: number }): Promise<void>;
  /** What the channel says is left wins when it is less than our own count. */
  observe(operation: string, plan: BucketPlan, remaining: number): void;
  /** Gives back what a call did not use of the cost it took; for channels that charge what a call really cost. */
  refund?(operation: string, plan: BucketPlan, cost: number): void;
  /** The channel said "not before". */
  close(operation: string, plan: BucketPlan, retryAfterMs: number): void;
}

/** Secrets that a channel hands out at run time; they live in the vault, never in the database. */
export interface TokenStore {
  /** Empty when there are none yet. */
  read(): Promise<Readonly<Record<string, string>>>;
  /** Resolves when they are stored; a rotated token is used only after that. */
  write(tokens: Readonly<Record<string, string>>): Promise<void>;
}

export interface Exchange {
  readonly method: string;
  /** Path and query without secrets. */
  readonly path: string;
  readonly status: number | null;
  readonly ms: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly error: string | null;
}

export interface ShopInfo {
  readonly version: string | null;
  readonly currency: string | null;
  readonly timeZone: string | null;
  /** null when the channel does not tell without a write. */
  readonly canWrite: boolean | null;
}

/** Stored values by field, only those that the channel has. */
export type FieldValues = Partial<Record<ListingFieldName, StoredValue>>;

export interface RemoteVariant {
  /** Id of the variation; null for a simple product, whose variant is the product itself. */
  readonly externalId: string | null;
  /** "Blue / XL"; '' for a simple product. */
  readonly variant: string;
  readonly fields: FieldValues;
  readonly raw: string;
}

export interface RemoteProduct {
  readonly externalId: string;
  readonly kind: 'simple' | 'variable' | 'grouped' | 'external';
  readonly url: string | null;
  readonly fields: FieldValues;
  /** At least one; a variable product without variations has none and shows no row. */
  readonly variants: readonly RemoteVariant[];
  readonly modifiedAtMs: number;
  /** What the channel finds wrong with it as it is, for channels that tell. */
  readonly issues?: readonly ListingIssue[];
  /** The channel's own record, so that unknown fields are never lost. */
  readonly raw: string;
}

export interface Poison {
  readonly externalId: string | null;
  /** What made it unreadable, in words. */
  readonly reason: string;
  readonly raw: string;
}

export interface ProductPage {
  readonly products: readonly RemoteProduct[];
  /** Products that the channel says were deleted, for channels that tell; others are found by {@link IdPage}. */
  readonly removed?: readonly string[];
  readonly quarantined: readonly Poison[];
  /** Where to go on; stored in the same transaction as the page. */
  readonly cursor: string;
  /** True when nothing newer is left for now. */
  readonly done: boolean;
  /** Products in all, when the channel says so (progress). */
  readonly total: number | null;
}

export interface RemoteOrderLine {
  readonly externalId: string;
  readonly sku: string | null;
  readonly title: string;
  readonly variant: string;
  readonly quantity: number;
  /** Units of them that the channel says have left already; absent when it does not tell by line. */
  readonly fulfilled?: number;
  readonly unitPriceMinor: number;
  readonly productExternalId: string | null;
  readonly variantExternalId: string | null;
  readonly image: string | null;
}

export interface RemoteOrder {
  readonly externalId: string;
  readonly number: string;
  readonly channelStatus: string;
  /** null = may be fulfilled; 'shipped' = the channel says it has left already. */
  readonly disposition: BlockedState | 'shipped' | null;
  /**
   * Tracking numbers that the channel has, from channels that mark a whole order
   * as shipped with its first parcel. While all of them are ours, the lines here
   * say what has left, and not the mark.
   */
  readonly parcels?: readonly string[];
  readonly currency: string;
  readonly totalMinor: number;
  readonly placedAtMs: number;
  readonly modifiedAtMs: number;
  readonly note: string;
  readonly shippingMethod: string;
  readonly shipTo: RemoteAddress;
  readonly lines: readonly RemoteOrderLine[];
  readonly raw: string;
}

export interface RemoteAddress {
  readonly name: string;
  readonly company: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly region: string;
  readonly postcode: string;
  readonly country: string;
  readonly phone: string;
  readonly email: string;
}

export interface OrderPage {
  readonly orders: readonly RemoteOrder[];
  readonly quarantined: readonly Poison[];
  readonly cursor: string;
  readonly done: boolean;
  readonly total: number | null;
}

export interface IdPage {
  readonly products: readonly { readonly externalId: string; readonly variants: readonly string[] }[];
  readonly cursor: string;
  readonly done: boolean;
}

/** Points at a product (variant null: simple product, or product fields only) or at one variation. */
export interface ListingRef {
  readonly productExternalId: string;
  readonly variantExternalId: string | null;
}

export interface ReadListing {
  readonly ref: ListingRef;
  /** Product fields and variant fields together. */
  readonly fields: FieldValues;
  readonly modifiedAtMs: number;
  /** What the channel finds wrong with it as it is, for channels that tell. */
  readonly issues?: readonly ListingIssue[];
}

/** A fault that a channel finds in a listing that it has: a value may show and not count all the same. */
export interface ListingIssue {
  /** Fields that it may be about; empty concerns the listing as a whole. */
  readonly fields: readonly ListingFieldName[];
  /** The channel's own. */
  readonly code: string;
  readonly message: string;
}

/** One entity's changed fields: product fields carry variant null, variant fields of a variation its id. */
export interface ListingPush {
  readonly opId: string;
  readonly ref: ListingRef;
  readonly currency: string;
  readonly fields: FieldValues;
  /**
   * What the channel had when it was decided to send: the values to compare
   * with where the channel can compare and set. Absent = the connector reads them itself.
   */
  readonly seen?: FieldValues;
}

export type PushResult =
  | { readonly opId: string; readonly outcome: 'accepted' }
  | {
      readonly opId: string;
      /** rejected: final, a person has to act. retry: try again. unknown: it may have been applied, look first. */
      readonly outcome: 'rejected' | 'retry' | 'unknown';
      readonly code: string;
      readonly message: string;
      /** The field that the channel refused, when it says so; null concerns the whole op. */
      readonly field: ListingFieldName | null;
    };

export interface TryFinding {
  readonly opId: string;
  /** The field that it is about, when the channel says so; null concerns the whole op. */
  readonly field: ListingFieldName | null;
  /** The channel's own, or ours for what never reached it. */
  readonly code: string;
  /** In the channel's words. */
  readonly message: string;
  /** error: it would refuse the op. warning: it would take it. */
  readonly severity: 'error' | 'warning';
}

export interface ShipmentPush {
  readonly opId: string;
  readonly shipmentId: string;
  readonly orderExternalId: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly shippedAtMs: number;
  readonly lines: readonly { readonly externalId: string; readonly quantity: number }[];
  /** True when with this shipment every line of the order has left. */
  readonly complete: boolean;
}

export interface ShipmentProof {
  readonly confirmed: boolean;
  /** What was seen, or what is missing, in words for the trail. */
  readonly detail: string;
}

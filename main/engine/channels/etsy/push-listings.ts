import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { FieldValues, ListingPush, PushResult } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { runAll } from '../kit/parallel.ts';
import type { EtsyClient } from './client.ts';
import { fieldOfPaths } from './faults.ts';
import { INVENTORY_FIELDS, toForm } from './from-domain.ts';
import { planImages } from './images.ts';
import { mergeInventory } from './inventory-merge.ts';
import { imagesSchema, inventorySchema } from './records.ts';
import { readInventory } from './to-domain.ts';

const PARALLEL = 4;

type Failure = Exclude<PushResult, { outcome: 'accepted' }>;

interface Unit {
  readonly productId: string;
  readonly ops: readonly ListingPush[];
}

/**
 * Sends changed fields and answers for every op: first stock, prices and SKUs
 * (one inventory write a listing, whatever the number of its variants; what is
 * sold out before everything else), then content and pictures. Throws only when nothing was answered and surely nothing applied.
 */
export async function pushListings(client: EtsyClient, ops: readonly ListingPush[]): Promise<PushResult[]> {
  const failures = new Map<string, Failure>();
  const open = (op: ListingPush): boolean => !failures.has(op.opId);
  const run = new PushRun(client, failures);
  const stock = unitsOf(ops.filter(hasInventory));
  // When the day's calls end in between, nothing is sold that is not there any more.
  const soldOut = stock.filter((unit) => unit.ops.some(({ fields }) => fields.quantity === 0));
  for (const units of [soldOut, stock.filter((unit) => !soldOut.includes(unit))])
    await run.all(units, (unit) => run.inventory(unit.productId, unit.ops));
  await run.all(unitsOf(ops.filter((op) => hasContent(op) && open(op))), (unit) =>
    run.content(unit.productId, unit.ops),
  );
  await run.all(unitsOf(ops.filter((op) => 'images' in op.fields && open(op))), (unit) =>
    run.images(unit.productId, unit.ops),
  );
  run.throwIfNothingHappened();
  return ops.map((op) => failures.get(op.opId) ?? { opId: op.opId, outcome: 'accepted' });
}

class PushRun {
  private readonly client: EtsyClient;
  private readonly failures: Map<string, Failure>;
  /** Failures of calls that say nothing about a listing; nothing is sent after the first. */
  private readonly errors: unknown[] = [];
  private answered = false;

  constructor(client: EtsyClient, failures: Map<string, Failure>) {
    this.client = client;
    this.failures = failures;
  }

  async all(units: readonly Unit[], send: (unit: Unit) => Promise<void>): Promise<void> {
    await runAll(units, PARALLEL, async (unit) => {
      if (this.errors.length > 0) {
        this.fail(unit.ops, 'retry', this.errors[0]);
        return;
      }
      try {
        await send(unit);
        this.answered = true;
      } catch (error) {
        this.errors.push(error);
        const unknown = failureOf(error)?.applied === 'unknown' || !(error instanceof CodedError);
        this.fail(unit.ops, unknown ? 'unknown' : 'retry', error);
      }
    });
  }

  throwIfNothingHappened(): void {
    const [first] = this.errors;
    if (first === undefined || this.answered) return;
    if (this.errors.some((error) => failureOf(error)?.applied === 'unknown')) return;
    if ([...this.failures.values()].some((failure) => failure.outcome === 'rejected')) return;
    throw first;
  }

  /** Reads the inventory, merges all changes into it, and writes it back as a whole. */
  async inventory(productId: string, ops: readonly ListingPush[]): Promise<void> {
    const path = `listings/${productId}/inventory`;
    try {
      const raw = await this.client.get(path, {}, inventorySchema, 'now');
      const inventory = readInventory(raw);
      if (!inventory.ok)
        throw new CodedError('CHANNEL_INVALID', inventory.reason, {
          channelCode: 'unreadable',
          applied: 'no',
        });
      const { body, failures } = mergeInventory(inventory.value, ops);
      for (const failure of failures) this.failures.set(failure.opId, failure);
      if (body !== null) await this.client.send({ method: 'PUT', path, body, kind: 'now' });
    } catch (error) {
      const sent = ops.filter((op) => !this.failures.has(op.opId));
      await this.refused(error, sent, INVENTORY_FIELDS, (op) => this.inventory(productId, [op]));
    }
  }

  async content(productId: string, ops: readonly ListingPush[]): Promise<void> {
    const { accountId } = this.client.context;
    const unit = this.client.memory.weightUnits.get(`${accountId} ${productId}`);
    const fields: FieldValues = Object.assign({}, ...ops.map((op) => op.fields)) as FieldValues;
    const written = toForm(fields, unit);
    if (!written.ok) {
      const { field, message } = written;
      const error = new CodedError('CHANNEL_INVALID', message, {
        channelCode: 'refused',
        applied: 'no',
        field,
      });
      await this.refused(error, ops, CONTENT, (op) => this.content(productId, [op]));
      return;
    }
    const path = `${await this.client.shopPath()}/listings/${productId}`;
    try {
      await this.client.send({ method: 'PATCH', path, form: written.form, kind: 'later' });
    } catch (error) {
      await this.refused(error, ops, CONTENT, (op) => this.content(productId, [op]));
    }
  }

  /** Sorts and describes the pictures of a listing; each step is right by itself when it comes twice. */
  async images(productId: string, ops: readonly ListingPush[]): Promise<void> {
    const listing = `${await this.client.shopPath()}/listings/${productId}`;
    try {
      const { results } = await this.client.get(`listings/${productId}/images`, {}, imagesSchema, 'later');
      const now = results
        .toSorted((a, b) => a.rank - b.rank)
        .map((image) => ({ id: image.listing_image_id, src: image.url_fullxfull, alt: image.alt_text }));
      const plan = planImages(ops.at(-1)?.fields.images ?? null, now);
      if (plan.ids) {
        const form = { image_ids: plan.ids.join(',') };
        await this.client.send({ method: 'PATCH', path: listing, form, kind: 'later' });
      }
      for (const { id, rank, alt } of plan.texts) {
        const multipart = { listing_image_id: id, rank: String(rank), overwrite: 'true', alt_text: alt };
        await this.client.send({ method: 'POST', path: `${listing}/images`, multipart, kind: 'later' });
      }
    } catch (error) {
      await this.refused(error, ops, ['images'], (op) => this.images(productId, [op]));
    }
  }

  /** What Etsy refused of several ops is sent one by one, so that one bad op does not hold back the others. */
  private async refused(
    error: unknown,
    ops: readonly ListingPush[],
    part: readonly ListingFieldName[],
    alone: (op: ListingPush) => Promise<void>,
  ): Promise<void> {
    if (!(error instanceof CodedError) || !concernsListing(error)) throw error;
    if (ops.length > 1 && error.code !== 'CHANNEL_GONE') {
      for (const op of ops) await alone(op);
      return;
    }
    const details = failureOf(error);
    for (const op of ops) {
      const said = (details?.['field'] as ListingFieldName | undefined) ?? fieldOfPaths(details?.['paths']);
      const sent = Object.keys(op.fields).filter((name) => part.includes(name as ListingFieldName));
      const field = said ?? (sent.length === 1 ? (sent[0] as ListingFieldName) : null);
      this.failures.set(op.opId, {
        opId: op.opId,
        outcome: error.code === 'CHANNEL_CONFLICT' ? 'retry' : 'rejected',
        code: error.code,
        message: error.message,
        field: error.code === 'CHANNEL_INVALID' && field !== null && field in op.fields ? field : null,
      });
    }
  }

  private fail(ops: readonly ListingPush[], outcome: 'retry' | 'unknown', error: unknown): void {
    const { code, message } = toErrorShape(error);
    for (const op of ops) {
      if (this.failures.has(op.opId)) continue;
      this.failures.set(op.opId, { opId: op.opId, outcome, code, message, field: null });
    }
  }
}

const CONTENT: readonly ListingFieldName[] = [
  'title',
  'description',
  'tags',
  'materials',
  'status',
  'weight',
];

/** Etsy itself said no to this listing, and nothing of it was applied. */
function concernsListing(error: CodedError): boolean {
  const { channelCode, applied } = failureOf(error) ?? {};
  if (channelCode === undefined || applied === 'unknown') return false;
  return ['CHANNEL_INVALID', 'CHANNEL_GONE', 'CHANNEL_CONFLICT'].includes(error.code);
}

function hasInventory(op: ListingPush): boolean {
  return Object.keys(op.fields).some((name) => INVENTORY_FIELDS.includes(name as ListingFieldName));
}

function hasContent(op: ListingPush): boolean {
  return Object.keys(op.fields).some((name) => CONTENT.includes(name as ListingFieldName) || !isKnown(name));
}

/** Anything else goes with the content, where it is refused by its name. */
function isKnown(name: string): boolean {
  return name === 'images' || INVENTORY_FIELDS.includes(name as ListingFieldName);
}

function unitsOf(ops: readonly ListingPush[]): Unit[] {
  return [...Map.groupBy(ops, (op) => op.ref.productExternalId)].map(([productId, group]) => ({
    productId,
    ops: group,
  }));
}

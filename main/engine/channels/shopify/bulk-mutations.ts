import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BulkListings, BulkMessage, BulkPlan, BulkRefusal, BulkState } from '../bulk-listings.ts';
import type { ChannelContext, ListingPush } from '../contract.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import { callText } from '../kit/http.ts';
import { bulkFiles } from './bulk-files.ts';
import { BULK_KINDS, layoutSchema, type BulkKind } from './bulk-layout.ts';
import { refusalsOf } from './bulk-results.ts';
import type { ShopifyClient } from './client.ts';
import {
  ACTIVATE_INVENTORY,
  BULK_OPERATIONS,
  RUN_BULK_MUTATION,
  SET_QUANTITIES,
  UPDATE_PRODUCT,
  UPDATE_VARIANTS,
  type Operation,
} from './documents.ts';
import { stockLocation } from './location.ts';
import { planVariants, sortOps } from './push-listings.ts';
import { rejected } from './push-results.ts';
import { userErrorSchema } from './records.ts';
import { uploadLines } from './staged-upload.ts';
import { textOf } from './user-errors.ts';

/**
 * A plain plan pays for ten products a second by single calls: what takes them
 * longer than a minute is quicker as a job.
 */
const PRODUCTS_A_SECOND = 10;
export const BULK_FROM = PRODUCTS_A_SECOND * 60;
/** Far below the 100 MB that Shopify takes as one file. */
const BULK_MOST = 5_000;
const DAY_MS = 86_400_000;
/** Operations that are looked through for ours. */
const OPERATIONS_SEEN = 100;
const DOWNLOAD_TIMEOUT_MS = 120_000;

const OPERATION: Readonly<Record<BulkKind, Operation>> = {
  products: UPDATE_PRODUCT,
  variants: UPDATE_VARIANTS,
  activations: ACTIVATE_INVENTORY,
  stock: SET_QUANTITIES,
};

const documentSchema = z.object({
  layout: layoutSchema,
  files: z.array(z.object({ kind: z.enum(BULK_KINDS), text: z.string() })),
});
/** What a job's id says, so that nothing else has to be kept. */
const jobSchema = z.object({
  v: z.literal(1),
  /** Part of the names of its operations, by which they are found again. */
  token: z.string().regex(/^[0-9a-f]{16}$/),
  layout: layoutSchema,
  files: z.array(z.object({ kind: z.enum(BULK_KINDS), path: z.string() })),
});
type Job = z.output<typeof jobSchema>;

const operationsSchema = z.object({
  bulkOperations: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        status: z.string(),
        url: z.string().nullish(),
        createdAt: z.string(),
        query: z.string(),
      }),
    ),
  }),
});
type BulkOperation = z.output<typeof operationsSchema>['bulkOperations']['nodes'][number];
const runSchema = z.object({
  bulkOperationRunMutation: z
    .object({
      bulkOperation: z.object({ id: z.string() }).nullable(),
      userErrors: z.array(userErrorSchema),
    })
    .nullable(),
});

/**
 * Mass changes as files of variables that Shopify works off, one mutation a
 * file: products, variants, first quantities, quantities. One of them runs at a
 * time; the next is begun when the one before has ended. Each operation bears
 * the job's token in its name, and Shopify's list shows the name: whatever was
 * begun is found again after a crash, and nothing is begun twice.
 */
export function bulkListings(open: (context: ChannelContext) => ShopifyClient): BulkListings {
  return {
    from: BULK_FROM,
    most: BULK_MOST,
    pollMs: 5_000,
    giveUpMs: DAY_MS,
    listedAfterMs: 30_000,
    prepare: async (context, ops) => prepare(open(context), ops),
    upload: async (context, document) => upload(open(context), document),
    start: async (context, documentId) => {
      const client = open(context);
      const job = openJob(documentId);
      const busy = (await listOperations(client)).some((operation) => isRunning(operation));
      if (busy) throw occupied();
      const [first] = job.files;
      if (first && !(await run(client, job, first))) throw occupied();
      return documentId;
    },
    list: async (context, _fromMs, _toMs, documentId) => {
      if (documentId === undefined) return [];
      const job = openJob(documentId);
      const [first] = job.files;
      const operations = await listOperations(open(context));
      return operations.some(({ query }) => first && query.includes(nameOf(job, first.kind)))
        ? [documentId]
        : [];
    },
    look: async (context, jobId, messages) => look(open(context), openJob(jobId), messages),
  };
}

async function prepare(client: ShopifyClient, ops: readonly ListingPush[]): Promise<BulkPlan> {
  const { products, variants, strange } = sortOps(ops);
  const plan = await planVariants(client, variants);
  const location = plan.stock.length > 0 ? await stockLocation(client) : '';
  const built = bulkFiles(products, plan, location, (content) => client.newKey(content));
  const results = [
    ...strange.map((op) => rejected(op, 'The shop has no such record', null, 'CHANNEL_GONE')),
    ...plan.refused,
    ...built.results,
  ];
  if (built.files.length === 0) return { document: null, messages: [], results };
  const files = built.files.map(({ kind, lines }) => ({
    kind,
    text: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  }));
  const document = Buffer.from(JSON.stringify({ layout: built.layout, files }), 'utf8');
  return { document, messages: built.messages, results };
}

async function upload(client: ShopifyClient, document: Uint8Array): Promise<string> {
  const { layout, files } = documentSchema.parse(JSON.parse(Buffer.from(document).toString('utf8')));
  const key = client.newKey(files.map(({ kind }) => kind).join(' '));
  const token = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const paths = await uploadLines(
    client,
    files.map(({ kind, text }) => ({ name: `${token}-${kind}`, text })),
  );
  const job: Job = {
    v: 1,
    token,
    layout,
    files: files.map(({ kind }, index) => ({ kind, path: paths[index] ?? '' })),
  };
  return JSON.stringify(job);
}

async function look(client: ShopifyClient, job: Job, messages: readonly BulkMessage[]): Promise<BulkState> {
  const operations = await listOperations(client);
  const ended: { kind: BulkKind; url: string }[] = [];
  for (const [index, file] of job.files.entries()) {
    const operation = find(client, operations, job, file.kind);
    if (operation === 'lagging') return { state: 'waiting' };
    if (operation === undefined) {
      if (index === 0) return failed('Shopify’s list does not show it any more');
      await run(client, job, file);
      return { state: 'waiting' };
    }
    if (isRunning(operation)) return { state: 'waiting' };
    if (operation.status !== 'COMPLETED' || !operation.url) return failed(`it is ${operation.status}`);
    ended.push({ kind: file.kind, url: operation.url });
  }
  const refused = new Map<number, BulkRefusal>();
  for (const { kind, url } of ended) {
    const text = await download(client, new URL(url));
    if (text === null) return failed('its answers cannot be had any more');
    // The first refusal counts; what else the message carries is read back anyhow.
    for (const refusal of refusalsOf(kind, job.layout, text, messages)) {
      if (!refused.has(refusal.message)) refused.set(refusal.message, refusal);
    }
  }
  return { state: 'done', refused: [...refused.values()] };
}

/** Begins one file; false when the shop is busy with another one. */
async function run(client: ShopifyClient, job: Job, file: Job['files'][number]): Promise<boolean> {
  const operation = OPERATION[file.kind];
  const mutation = operation.document.replace(operation.name, nameOf(job, file.kind));
  const variables = { mutation, path: file.path };
  const { bulkOperationRunMutation } = await client.send(RUN_BULK_MUTATION, variables, runSchema);
  const started = bulkOperationRunMutation?.bulkOperation;
  if (started) {
    client.memory.bulkMutations.set(memoryKey(client, job, file.kind), started.id);
    return true;
  }
  const [error] = bulkOperationRunMutation?.userErrors ?? [];
  if (['OPERATION_IN_PROGRESS', 'LIMIT_REACHED'].includes(error?.code ?? '')) return false;
  const message = error ? textOf(error) : 'Shopify did not begin the mass change';
  throw callFailed('CHANNEL_TRANSIENT', message, {
    method: 'POST',
    path: RUN_BULK_MUTATION.name,
    applied: error ? 'no' : 'unknown',
  });
}

async function listOperations(client: ShopifyClient): Promise<readonly BulkOperation[]> {
  const variables = { first: client.sized(OPERATIONS_SEEN) };
  const { bulkOperations } = await client.send(BULK_OPERATIONS, variables, operationsSchema);
  return bulkOperations.nodes.filter(({ type }) => type === 'MUTATION');
}

function find(
  client: ShopifyClient,
  operations: readonly BulkOperation[],
  job: Job,
  kind: BulkKind,
): BulkOperation | 'lagging' | undefined {
  const name = nameOf(job, kind);
  const found = operations.find(({ query }) => query.includes(name));
  if (found) return found;
  return client.memory.bulkMutations.has(memoryKey(client, job, kind)) ? 'lagging' : undefined;
}

function isRunning({ status }: BulkOperation): boolean {
  return status === 'CREATED' || status === 'RUNNING' || status === 'CANCELING';
}

/** null: the address has ended. */
async function download(client: ShopifyClient, url: URL): Promise<string | null> {
  try {
    const answer = await callText(client.context, {
      method: 'GET',
      url,
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
      // The token stays here: the file lies with a stranger, its address is the key.
      authorize: (_method, target) => ({ url: target, headers: { accept: '*/*' } }),
    });
    return answer.text;
  } catch (error) {
    const status = failureOf(error)?.status;
    if (status === 403 || status === 404 || status === 410) return null;
    throw error;
  }
}

function openJob(id: string): Job {
  return jobSchema.parse(JSON.parse(id));
}

function nameOf(job: Job, kind: BulkKind): string {
  return `${OPERATION[kind].name}_${job.token}`;
}

function memoryKey(client: ShopifyClient, job: Job, kind: BulkKind): string {
  return `${client.context.accountId} ${nameOf(job, kind)}`;
}

function failed(why: string): BulkState {
  return { state: 'failed', message: `The mass change did not come to its end: ${why}` };
}

function occupied(): Error {
  return callFailed('CHANNEL_RATE', 'The shop is busy with another mass change', {
    method: 'POST',
    path: RUN_BULK_MUTATION.name,
    applied: 'no',
  });
}

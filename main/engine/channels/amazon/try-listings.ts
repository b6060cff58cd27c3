import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ListingPush, PushResult, TryFinding } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { runAll } from '../kit/parallel.ts';
import type { AmazonClient } from './client.ts';
import { fieldOfAttributes } from './attribute-fields.ts';
import { readItems } from './items.ts';
import { groupBySku, planSku, type SkuPlan, type SkuPush } from './push-listings.ts';
import { submissionSchema, type Issue } from './records.ts';

const PARALLEL = 2;

/** Has Amazon check the very patches that a push would send, one request a SKU. Nothing is changed. */
export async function tryListings(client: AmazonClient, ops: readonly ListingPush[]): Promise<TryFinding[]> {
  const pushes = groupBySku(ops);
  const items = await readItems(
    client,
    pushes.map((push) => push.sku),
  );
  const findings: TryFinding[] = [];
  await runAll(pushes, PARALLEL, async (push) => {
    const plan = planSku(client, push, items.get(push.sku));
    if (plan.ok) findings.push(...(await trySku(client, push, plan)));
    else findings.push(...plan.results.flatMap(ownRefusal));
  });
  return findings;
}

/** What is refused before it leaves. Neighbours that would only go again are no finding. */
function ownRefusal(result: PushResult): TryFinding[] {
  if (result.outcome !== 'rejected') return [];
  const { opId, field, code, message } = result;
  return [{ opId, field, code, message, severity: 'error' }];
}

async function trySku(client: AmazonClient, push: SkuPush, plan: SkuPlan): Promise<TryFinding[]> {
  const { productType, patches } = plan;
  try {
    const answer = await client.read(
      {
        operation: 'previewListingsItem',
        method: 'PATCH',
        path: client.itemsPath(push.sku),
        query: {
          marketplaceIds: [client.seller.marketplaceId],
          includedData: ['issues'],
          mode: 'VALIDATION_PREVIEW',
        },
        body: { productType, patches },
        readOnly: true,
      },
      submissionSchema,
    );
    return findingsOf(push, answer.issues);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const content = error.code === 'CHANNEL_GONE' || error.code === 'CHANNEL_INVALID';
    if (!content || failureOf(error)?.reason !== undefined) throw error;
    const { code, message } = error;
    return push.ops.map(({ opId }) => ({ opId, field: null, code, message, severity: 'error' }));
  }
}

/** One finding an issue, at the op that carries the field which it names. Hints are none. */
export function findingsOf(push: SkuPush, issues: readonly Issue[]): TryFinding[] {
  const sent = new Set(Object.keys(push.fields) as ListingFieldName[]);
  return issues.flatMap(({ severity, attributeNames, message, code }) => {
    if (severity !== 'ERROR' && severity !== 'WARNING') return [];
    const field = fieldOfAttributes(attributeNames, sent);
    const op = push.ops.find((candidate) => field !== null && field in candidate.fields) ?? push.ops[0];
    if (!op) return [];
    return [
      {
        opId: op.opId,
        field,
        code,
        message,
        severity: severity === 'ERROR' ? ('error' as const) : ('warning' as const),
      },
    ];
  });
}

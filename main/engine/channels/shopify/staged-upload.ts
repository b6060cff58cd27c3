import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import { callFailed, codeOfStatus, networkFault } from '../kit/failures.ts';
import { assertSafeUrl } from '../kit/safe-url.ts';
import type { ShopifyClient } from './client.ts';
import { STAGE_UPLOADS } from './documents.ts';
import { userErrorSchema } from './records.ts';
import { textOf } from './user-errors.ts';

const UPLOAD_TIMEOUT_MS = 120_000;
const MIME = 'text/jsonl';

const schema = z.object({
  stagedUploadsCreate: z
    .object({
      stagedTargets: z
        .array(
          z.object({
            url: z.string(),
            parameters: z.array(z.object({ name: z.string(), value: z.string() })),
          }),
        )
        .nullish(),
      userErrors: z.array(userErrorSchema),
    })
    .nullable(),
});

/**
 * Hands files of lines to the store that Shopify names. Nothing refers to them
 * yet: a failure left nothing applied. The path of each, in the same order.
 */
export async function uploadLines(
  client: ShopifyClient,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<string[]> {
  const input = files.map(({ name }) => ({
    resource: 'BULK_MUTATION_VARIABLES',
    filename: `${name}.jsonl`,
    mimeType: MIME,
    httpMethod: 'POST',
  }));
  const { stagedUploadsCreate } = await client.send(STAGE_UPLOADS, { input }, schema);
  const targets = stagedUploadsCreate?.stagedTargets ?? [];
  const [error] = stagedUploadsCreate?.userErrors ?? [];
  if (error || targets.length !== files.length) {
    const message = error ? textOf(error) : 'Shopify named no place for the file of changes';
    throw callFailed('CHANNEL_TRANSIENT', message, {
      method: 'POST',
      path: STAGE_UPLOADS.name,
      applied: 'no',
    });
  }
  const paths: string[] = [];
  for (const [index, target] of targets.entries()) {
    await post(client, new URL(target.url), target.parameters, files[index]?.text ?? '');
    paths.push(target.parameters.find(({ name }) => name === 'key')?.value ?? '');
  }
  return paths;
}

/** The token stays here: the fields are the permission, and the file comes behind them. */
async function post(
  client: ShopifyClient,
  url: URL,
  fields: readonly { readonly name: string; readonly value: string }[],
  text: string,
): Promise<void> {
  assertSafeUrl(url);
  const { context } = client;
  const base = { method: 'POST', path: url.pathname, applied: 'no' } as const;
  const form = new FormData();
  for (const { name, value } of fields) form.append(name, value);
  form.append('file', new Blob([text], { type: MIME }), 'lines.jsonl');
  const timer = AbortSignal.timeout(UPLOAD_TIMEOUT_MS);
  const signal = context.signal ? AbortSignal.any([context.signal, timer]) : timer;
  try {
    const response = await context.fetch(url.href, { method: 'POST', body: form, redirect: 'error', signal });
    await response.body?.cancel();
    if (response.ok) return;
    const code = response.status === 403 ? 'CHANNEL_TRANSIENT' : codeOfStatus(response.status);
    const message = `${url.host} did not take the file of changes (HTTP ${response.status})`;
    throw callFailed(code, message, { ...base, status: response.status });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (context.signal?.aborted) throw callFailed('CANCELLED', 'Stopped', base, error);
    const { code, reason } = networkFault(error);
    const message = `The file of changes could not be handed to ${url.host}`;
    throw callFailed(code, message, { ...base, reason: timer.aborted ? 'timeout' : reason }, error);
  }
}

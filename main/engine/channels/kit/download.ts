import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { callFailed, codeOfStatus, networkFault } from './failures.ts';
import { BodyTooLarge } from './read-body.ts';
import { assertSafeUrl } from './safe-url.ts';

export interface Downloaded {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/**
 * Fetches a document from an address that a channel handed out. The address
 * itself is the permission, so no keys go along and only its path is told.
 * Throws INSECURE_URL, CANCELLED, CHANNEL_*.
 */
export async function download(
  context: ChannelContext,
  url: URL,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
): Promise<Downloaded> {
  assertSafeUrl(url);
  const base = { method: 'GET', path: url.pathname };
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), limits.timeoutMs);
  const signal = context.signal ? AbortSignal.any([context.signal, timer.signal]) : timer.signal;
  try {
    const response = await context.fetch(url.href, { method: 'GET', redirect: 'error', signal });
    if (!response.ok) {
      await response.body?.cancel();
      const message = `${url.host} answered with HTTP ${response.status}`;
      // An address that ended is asked for again; it says nothing about the keys.
      const code = response.status === 403 ? 'CHANNEL_TRANSIENT' : codeOfStatus(response.status);
      throw callFailed(code, message, { ...base, status: response.status });
    }
    const bytes = await readBytes(response, limits.maxBytes);
    return { bytes, contentType: response.headers.get('content-type') ?? '' };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (context.signal?.aborted) throw callFailed('CANCELLED', 'Stopped', base, error);
    if (error instanceof BodyTooLarge) {
      throw callFailed(
        'CHANNEL_TRANSIENT',
        `The document of ${url.host} is too large`,
        { ...base, reason: 'too_large' },
        error,
      );
    }
    const fault = networkFault(error);
    const reason = timer.signal.aborted ? 'timeout' : fault.reason;
    const message = `The document of ${url.host} could not be read (${reason})`;
    throw callFailed(
      fault.code,
      message,
      { ...base, reason, ...(fault.network ? { network: true } : {}) },
      error,
    );
  } finally {
    clearTimeout(timeout);
  }
}

async function readBytes(response: Response, maxBytes: number): Promise<Buffer> {
  if (!response.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new BodyTooLarge(maxBytes);
    }
    chunks.push(value);
  }
}

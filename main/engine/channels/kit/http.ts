import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import {
  appliedAfterStatus,
  callFailed,
  codeOfStatus,
  networkFault,
  type Applied,
  type ChannelFault,
  type FailureDetails,
  type FailureReason,
} from './failures.ts';
import { readJsonBody } from './json-body.ts';
import { BodyTooLarge, readBody } from './read-body.ts';
import { parseRetryAfter } from './retry-after.ts';
import { assertSafeUrl, redactedPath } from './safe-url.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** Headers that are shown in the trail; everything else may carry cookies or worse. */
const TOLD_HEADERS = [
  'content-type',
  'retry-after',
  'x-wp-total',
  'x-wp-totalpages',
  'x-request-id',
  'x-amzn-requestid',
  'x-amzn-ratelimit-limit',
  'x-limit-per-day',
  'x-remaining-today',
  'x-remaining-this-second',
  'server',
];

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Complete address, without secrets. */
  readonly url: URL;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent form-encoded instead of a body. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as a form of parts instead of a body; texts only. */
  readonly multipart?: Readonly<Record<string, string>>;
  /** A POST that only asks, such as a query: a failure of it never left anything applied. */
  readonly readOnly?: boolean;
  readonly timeoutMs: number;
  readonly maxBytes?: number;
  /** Adds what proves who we are; asked again for every request that really goes out. */
  authorize(
    method: string,
    url: URL,
  ): { readonly url: URL; readonly headers: Readonly<Record<string, string>> };
  /** Finds the channel's own error in the body of a failed answer. */
  readFault?(body: unknown): ChannelFault | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON document; null for an empty answer without content. */
  readonly body: unknown;
}

/**
 * One JSON call to a channel. Never retries. Throws INSECURE_URL, CANCELLED, or
 * a CHANNEL_* error with {@link FailureDetails}: for a write they always say
 * whether it may have been applied.
 */
export async function callJson(context: ChannelContext, call: HttpCall): Promise<HttpAnswer> {
  let url = call.url;
  for (let hop = 0; ; hop += 1) {
    const raw = await exchange(context, { ...call, url });
    const location = raw.status >= 300 && raw.status < 400 ? raw.headers.get('location') : null;
    if (location === null) return settle(call, raw);
    url = redirectTarget(call, raw, location, hop);
  }
}

export interface TextAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** One answer as text, for files that a channel hands out. Follows no redirect; failures as of {@link callJson}. */
export async function callText(context: ChannelContext, call: HttpCall): Promise<TextAnswer> {
  const raw = await exchange(context, call);
  if (raw.status >= 200 && raw.status < 300) return raw;
  throw refusal(call, raw, null, null);
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly details: FailureDetails;
  readonly retryAfterMs: number | null;
}

async function exchange(context: ChannelContext, call: HttpCall): Promise<RawAnswer> {
  assertSafeUrl(call.url);
  const path = redactedPath(call.url);
  const started = context.clock.now();
  const base = { method: call.method, path };
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), call.timeoutMs);
  const report = (status: number | null, headers: Headers | null, error: string | null): void =>
    context.onExchange?.({
      method: call.method,
      path,
      status,
      ms: Math.max(0, context.clock.now() - started),
      headers: toldHeaders(headers),
      error,
    });
  let response: Response | null = null;
  try {
    response = await context.fetch(...requestOf(call, context.signal, timer.signal));
    const text = await readBody(response, call.maxBytes ?? MOST_BYTES);
    report(response.status, response.headers, response.ok ? null : `HTTP ${response.status}`);
    return {
      status: response.status,
      headers: response.headers,
      text,
      details: { ...base, status: response.status },
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), context.clock.now()),
    };
  } catch (error) {
    const failure = transportFailure(call, base, error, {
      cancelled: context.signal?.aborted ?? false,
      timedOut: timer.signal.aborted,
    });
    report(response?.status ?? null, response?.headers ?? null, failure.code);
    throw failure;
  } finally {
    clearTimeout(timeout);
  }
}

function requestOf(
  call: HttpCall,
  signal: AbortSignal | undefined,
  timer: AbortSignal,
): [string, RequestInit] {
  const { url, headers } = call.authorize(call.method, call.url);
  const body = bodyOf(call);
  return [
    url.href,
    {
      method: call.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'Quayside',
        ...(body ? { 'content-type': body.type } : {}),
        ...headers,
      },
      ...(body ? { body: body.text } : {}),
      // Keys must not follow a redirect to somewhere else; each hop is decided here.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timer]) : timer,
    },
  ];
}

function partsOf(fields: Readonly<Record<string, string>>): { readonly type: string; readonly text: string } {
  let boundary = '----quayside';
  while (Object.values(fields).some((value) => value.includes(boundary))) boundary += '-';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return { type: `multipart/form-data; boundary=${boundary}`, text: `${parts.join('')}--${boundary}--\r\n` };
}

function bodyOf(call: HttpCall): { readonly type: string; readonly text: string } | null {
  if (call.multipart) return partsOf(call.multipart);
  if (call.form) {
    return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(call.form).toString() };
  }
  return call.body === undefined ? null : { type: 'application/json', text: JSON.stringify(call.body) };
}

function transportFailure(
  call: HttpCall,
  base: { method: string; path: string },
  error: unknown,
  ended: { cancelled: boolean; timedOut: boolean },
): CodedError {
  if (error instanceof CodedError) return error;
  const { host } = call.url;
  if (ended.cancelled) {
    return new CodedError(
      'CANCELLED',
      'Stopped',
      { ...base, ...appliedOf(call, 'unknown') },
      { cause: error },
    );
  }
  if (ended.timedOut) {
    const details: FailureDetails = { ...base, reason: 'timeout', ...appliedOf(call, 'unknown') };
    const message = `${host} did not answer within ${Math.round(call.timeoutMs / 1_000)} seconds`;
    return callFailed('CHANNEL_TRANSIENT', message, details, error);
  }
  if (error instanceof BodyTooLarge) {
    const details: FailureDetails = { ...base, reason: 'too_large', ...appliedOf(call, 'unknown') };
    return callFailed('CHANNEL_TRANSIENT', `The answer of ${host} is too large`, details, error);
  }
  const fault = networkFault(error);
  const details: FailureDetails = {
    ...base,
    reason: fault.reason,
    systemCode: fault.systemCode,
    ...(fault.network ? { network: true } : {}),
    ...appliedOf(call, fault.applied),
  };
  return callFailed(fault.code, `${transportText(fault.reason, host)} (${fault.systemCode})`, details, error);
}

function transportText(reason: FailureReason, host: string): string {
  if (reason === 'unreachable') return `${host} cannot be reached`;
  if (reason === 'certificate') return `The certificate of ${host} is not trusted`;
  return `The connection to ${host} broke off`;
}

function settle(call: HttpCall, raw: RawAnswer): HttpAnswer {
  const { status, headers } = raw;
  const body = readJsonBody(raw.text);
  if (status >= 200 && status < 300) {
    if (body.ok) return { status, headers, body: body.value };
    if (body.reason === 'empty' && status === 204) return { status, headers, body: null };
    const details: FailureDetails = { ...raw.details, reason: body.reason, ...appliedOf(call, 'unknown') };
    throw callFailed('CHANNEL_TRANSIENT', `${call.url.host} ${GARBAGE_TEXT[body.reason]}`, details);
  }
  throw refusal(
    call,
    raw,
    body.ok ? (call.readFault?.(body.value) ?? null) : null,
    body.ok ? null : body.reason,
  );
}

const GARBAGE_TEXT: Record<'empty' | 'html' | 'truncated' | 'not_json', string> = {
  empty: 'sent an empty answer',
  html: 'answered with a web page instead of data; a login page, a firewall or maintenance may be in the way',
  truncated: 'sent half an answer',
  not_json: 'answered with something that is not data',
};

function refusal(
  call: HttpCall,
  raw: RawAnswer,
  fault: ChannelFault | null,
  garbage: FailureReason | null,
): CodedError {
  const { status } = raw;
  const { host } = call.url;
  // A firewall in front of the shop answers with a page of its own; the keys are not at fault.
  const blocked = fault === null && garbage !== null && [403, 406, 501].includes(status);
  const details: FailureDetails = {
    ...raw.details,
    ...fault?.details,
    ...(fault ? { channelCode: fault.code } : {}),
    ...(blocked
      ? { reason: 'blocked' }
      : status === 413
        ? { reason: 'too_large' }
        : garbage
          ? { reason: garbage }
          : {}),
    ...(raw.retryAfterMs === null ? {} : { retryAfterMs: raw.retryAfterMs }),
    ...appliedOf(call, appliedAfterStatus(status)),
  };
  if (blocked) {
    const message = `The host of ${host} refused the request (HTTP ${status}); a firewall may block it`;
    return callFailed('CHANNEL_INVALID', message, details);
  }
  if (status === 404 && garbage !== null) {
    // A page that is not there says nothing about the record that was asked for.
    return callFailed(
      'CHANNEL_INVALID',
      `There is no channel at ${raw.details.path} of ${host}; check the address`,
      details,
    );
  }
  const message = fault ? `${fault.message} (HTTP ${status})` : `${host} answered with HTTP ${status}`;
  return callFailed(fault?.kind ?? codeOfStatus(status), message, details);
}

/** Reads follow the same host only; anything else would carry keys to a stranger or turn a write into a read. */
function redirectTarget(call: HttpCall, raw: RawAnswer, location: string, hop: number): URL {
  const target = URL.canParse(location, call.url.href) ? new URL(location, call.url) : null;
  const same = target?.origin === call.url.origin;
  if (target && same && call.method === 'GET' && hop < MOST_REDIRECTS) {
    const clean = new URL(target.pathname, call.url);
    clean.search = call.url.search;
    return clean;
  }
  const details: FailureDetails = {
    ...raw.details,
    reason: 'redirect',
    ...(target ? { location: target.origin } : {}),
    ...appliedOf(call, 'no'),
  };
  const to =
    target && !same
      ? `${call.url.origin} redirects to ${target.origin}; use that address`
      : `${call.url.origin} redirects without an end`;
  throw callFailed('CHANNEL_INVALID', to, details);
}

function appliedOf(call: HttpCall, applied: Applied): { applied?: Applied } {
  return call.method === 'GET' || call.readOnly === true ? {} : { applied };
}

function toldHeaders(headers: Headers | null): Record<string, string> {
  const told: Record<string, string> = {};
  for (const name of TOLD_HEADERS) {
    const value = headers?.get(name);
    if (value !== null && value !== undefined) told[name] = value;
  }
  return told;
}

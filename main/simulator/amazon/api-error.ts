import type { SimAnswer } from '../kit/http-server.ts';

/** An answer in Amazon's form of errors. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: string;

  constructor(status: number, code: string, message: string, details = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const JSON_TYPE = { 'content-type': 'application/json' };

export function json(status: number, body: unknown): SimAnswer {
  return { status, headers: JSON_TYPE, body: JSON.stringify(body) };
}

export function errorAnswer({ status, code, message, details }: ApiError): SimAnswer {
  return json(status, { errors: [{ code, message, details }] });
}

export function invalidInput(details: string): ApiError {
  return new ApiError(400, 'InvalidInput', 'Invalid Input', details);
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'NOT_FOUND', `${what} not found`);
}

/** A comma-separated list of a query. */
export function listOf(query: URLSearchParams, name: string): string[] {
  return (query.get(name) ?? '').split(',').filter((item) => item !== '');
}

export function timeOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const at = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || !Number.isFinite(at))
    throw invalidInput(`${name} is no date-time`);
  return at;
}

/** Tokens name a place in the order of the list: value, id, and how many came before. */
export type Place = readonly [value: number | string, id: string, before: number];

export function writeToken(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

export function readToken(token: string | null): Place | null {
  if (token === null) return null;
  try {
    const place = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown[];
    const [value, id, before] = place;
    const known = typeof value === 'number' || typeof value === 'string';
    if (known && typeof id === 'string' && typeof before === 'number') return [value, id, before];
  } catch {
    // Falls through to the same refusal.
  }
  throw invalidInput('The token is invalid');
}

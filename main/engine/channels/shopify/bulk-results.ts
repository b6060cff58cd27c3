import { z } from 'zod';
import type { BulkMessage, BulkRefusal } from '../bulk-listings.ts';
import type { FieldValues } from '../contract.ts';
import { messagesByLine, type BulkKind, type BulkLayout } from './bulk-layout.ts';
import { fromGid } from './gid.ts';
import { refusalCode as stockCode } from './push-stock.ts';
import { GONE } from './push-variants.ts';
import { userErrorSchema, type UserError } from './records.ts';
import { fieldOf, indexIn, textOf } from './user-errors.ts';

/** The payload of whichever mutation ran. */
const payloadSchema = z
  .object({
    userErrors: z.array(userErrorSchema),
    productVariants: z.array(z.object({ id: z.string() })).nullish(),
  })
  .nullable();
const lineSchema = z.object({
  data: z.record(z.string(), payloadSchema).nullish(),
  __lineNumber: z.number().int(),
});
type Payload = NonNullable<z.output<typeof payloadSchema>>;

/**
 * Reads the answers of one file of a mass change: JSON a line, in any order,
 * each with the number of the line it answers. A line without an answer, or one
 * that cannot be read, is `CHANNEL_UNKNOWN`: whether it was applied shows when
 * the listing is read.
 */
export function refusalsOf(
  kind: BulkKind,
  layout: BulkLayout,
  text: string,
  sent: readonly BulkMessage[],
): BulkRefusal[] {
  const lines = messagesByLine(layout, kind);
  const answers = answersOf(text, lines.length);
  const fields = new Map(sent.map((message) => [message.message, asValues(message)]));
  return lines.flatMap((messages, line) => {
    const answer = answers.get(line);
    return messages.flatMap((message, index): BulkRefusal[] => {
      // Ops of it may have been answered or given up meanwhile.
      const changed = fields.get(message);
      if (!changed) return [];
      if (!answer) return [unanswered(message)];
      return refusalOf(kind, answer, { message, index, of: messages.length, changed });
    });
  });
}

/** Answers by line, counted from 0. */
function answersOf(text: string, lines: number): Map<number, Payload> {
  const answers = new Map<number, Payload>();
  const numbers: number[] = [];
  for (const row of text.split('\n')) {
    const parsed = lineSchema.safeParse(parse(row));
    if (!parsed.success) continue;
    const [payload] = Object.values(parsed.data.data ?? {});
    numbers.push(parsed.data.__lineNumber);
    if (payload) answers.set(parsed.data.__lineNumber, payload);
  }
  // A file whose last number is its length counts from 1.
  const first =
    numbers.length > 0 && Math.max(...numbers.slice(-50_000)) === lines && !numbers.includes(0) ? 1 : 0;
  return first === 0 ? answers : new Map([...answers].map(([line, payload]) => [line - first, payload]));
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return null;
  }
}

interface Place {
  readonly message: number;
  /** Which variant of the line. */
  readonly index: number;
  readonly of: number;
  readonly changed: FieldValues;
}

function refusalOf(kind: BulkKind, answer: Payload, place: Place): BulkRefusal[] {
  const { message, index, changed } = place;
  if (kind === 'variants') {
    const own = answer.userErrors.find((error) => indexIn(error, 'variants') === index);
    const general = answer.userErrors.find((error) => indexIn(error, 'variants') === null);
    const error = own ?? general;
    if (error) return [refusal(message, GONE.has(error.code ?? '') ? 'CHANNEL_GONE' : '', error, changed)];
    const others = answer.userErrors.length > 0;
    return others && !wroteAll(answer, place) ? [unanswered(message)] : [];
  }
  const [error] = answer.userErrors;
  if (!error) return [];
  if (kind === 'products') {
    const gone = (error.field ?? []).at(-1) === 'id';
    return [refusal(message, gone ? 'CHANNEL_GONE' : '', error, changed)];
  }
  const code = kind === 'stock' ? stockCode(error) : 'CHANNEL_INVALID';
  return [{ message, code, text: textOf(error), field: 'quantity' }];
}

/** Partial updates: those without an error were written, as the list of written ones should say. */
function wroteAll(answer: Payload, place: Place): boolean {
  const refused = new Set(answer.userErrors.map((error) => indexIn(error, 'variants'))).size;
  return new Set(answer.productVariants?.map(({ id }) => fromGid(id))).size >= place.of - refused;
}

function refusal(message: number, code: string, error: UserError, changed: FieldValues): BulkRefusal {
  const field = code === '' ? fieldOf(error, changed) : null;
  return { message, code: code || 'CHANNEL_INVALID', text: textOf(error), field };
}

function unanswered(message: number): BulkRefusal {
  return {
    message,
    code: 'CHANNEL_UNKNOWN',
    text: 'Shopify did not answer for this change; it is read and compared',
    field: null,
  };
}

function asValues({ fields }: BulkMessage): FieldValues {
  return Object.fromEntries([...fields].map((field) => [field, null]));
}

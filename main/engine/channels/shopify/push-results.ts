import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { toErrorShape } from '#shared/errors/coded-error.ts';
import type { ListingPush, PushResult } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';

export type Failure = Exclude<PushResult, { outcome: 'accepted' }>;

export const accepted = (op: ListingPush): PushResult => ({ opId: op.opId, outcome: 'accepted' });

export function rejected(
  op: ListingPush,
  message: string,
  field: ListingFieldName | null = null,
  code = 'CHANNEL_INVALID',
): Failure {
  return { opId: op.opId, outcome: 'rejected', code, message, field };
}

export function again(
  op: ListingPush,
  code: string,
  message: string,
  field: ListingFieldName | null = null,
): Failure {
  return { opId: op.opId, outcome: 'retry', code, message, field };
}

export function unknown(op: ListingPush, code: string, message: string): Failure {
  return { opId: op.opId, outcome: 'unknown', code, message, field: null };
}

/** Ops of one request, or of requests that were not sent any more because an earlier one failed. */
export interface FailedRequest {
  readonly ops: readonly ListingPush[];
  /** undefined: it was never sent. */
  readonly error: unknown;
}

/** Collects answers of several requests and what became of those that failed as a whole. */
export class PushTally {
  readonly results: PushResult[] = [];
  readonly failed: FailedRequest[] = [];
  private answered = false;

  /** Sends unless something failed before: a shop in trouble is not asked the same again and again. */
  async attempt(ops: readonly ListingPush[], send: () => Promise<readonly PushResult[]>): Promise<void> {
    if (this.failed.length > 0) {
      this.failed.push({ ops, error: undefined });
      return;
    }
    try {
      this.results.push(...(await send()));
      this.answered = true;
    } catch (error) {
      this.failed.push({ ops, error });
    }
  }

  /**
   * All results. Throws when the call failed as a whole: nothing was answered
   * and nothing can have been applied, or the shop named a time to come back.
   */
  finish(): PushResult[] {
    const first = this.failed.find(({ error }) => error !== undefined);
    if (!first) return this.results;
    if (!this.answered && this.isOfTheWholeCall()) throw first.error;
    return [...this.results, ...this.failed.flatMap((request) => resultsOf(request, first.error))];
  }

  private isOfTheWholeCall(): boolean {
    const errors = this.failed.flatMap(({ error }) => (error === undefined ? [] : [error]));
    return errors.every((error) => failureOf(error)?.applied !== 'unknown');
  }
}

function resultsOf({ ops, error }: FailedRequest, cause: unknown): Failure[] {
  const { code, message } = toErrorShape(error ?? cause);
  const doubtful = error !== undefined && failureOf(error)?.applied === 'unknown';
  return ops.map((op) => (doubtful ? unknown(op, code, message) : again(op, code, message)));
}
